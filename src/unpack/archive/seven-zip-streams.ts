/** The part of a header of 7z that tells of its folders: which packed bytes go through which coders, and what files come out. */
import { Buffer } from 'node:buffer';
import { DecodeError } from './output.ts';
import type { SevenZipReader } from './seven-zip-reader.ts';

const END = 0x00;
const PACKED = 0x06;
const UNPACKED = 0x07;
const SUBSTREAMS = 0x08;
const SIZES = 0x09;
const SUMS = 0x0a;
const FOLDERS = 0x0b;
const FOLDER_SIZES = 0x0c;
const COUNTS = 0x0d;
/** Coders of a folder, and streams of a coder. */
const MAX_CODERS = 32;

export interface Coder {
  /** Hex, such as `030101` for LZMA. */
  readonly method: string;
  readonly properties: Uint8Array;
}

export interface Folder {
  /** From what is packed to what is not; null where streams part and meet again. */
  readonly coders: readonly Coder[] | null;
  /** All that are named, in any order. */
  readonly methods: readonly string[];
  readonly packed: Uint8Array;
  /** Of what comes out of each of `coders` (bytes), as stated. */
  readonly sizes: readonly number[];
  /** Of the files in it (bytes), as stated. */
  readonly files: readonly number[];
}

interface Plan {
  readonly coders: Coder[];
  /** For each coder that is fed by another: which one. */
  readonly bound: Map<number, number>;
  readonly simple: boolean;
  readonly inputs: readonly number[];
  readonly outputs: number;
}

export function readStreams(read: SevenZipReader, archive: Uint8Array): Folder[] {
  let from = 0;
  let packedSizes: number[] = [];
  let plans: Plan[] = [];
  let sizes: number[][] = [];
  let summed: boolean[] = [];
  let files: number[][] | null = null;
  for (let id = read.byte(); id !== END; id = read.byte()) {
    if (id === PACKED) {
      from = read.number();
      const count = read.count();
      for (let inner = read.byte(); inner !== END; inner = read.byte()) {
        if (inner === SIZES) packedSizes = Array.from({ length: count }, read.number);
        else if (inner === SUMS) read.sums(count);
        else fail();
      }
    } else if (id === UNPACKED) {
      for (let inner = read.byte(); inner !== END; inner = read.byte()) {
        if (inner === FOLDERS) {
          const count = read.count();
          if (read.byte() !== 0) fail();
          plans = Array.from({ length: count }, () => readPlan(read));
        } else if (inner === FOLDER_SIZES)
          sizes = plans.map(({ outputs }) => Array.from({ length: outputs }, read.number));
        else if (inner === SUMS) summed = read.sums(plans.length);
        else fail();
      }
    } else if (id === SUBSTREAMS) files = readSubstreams(read, plans, sizes, summed);
    else fail();
  }
  let stream = 0;
  let at = from;
  return plans.map((plan, index) => {
    const own = packedSizes.slice(stream, stream + plan.inputs.length);
    stream += plan.inputs.length;
    const start = at;
    at += own.reduce((sum, size) => sum + size, 0);
    const order = plan.simple ? orderOf(plan) : null;
    const stated = sizes[index] ?? fail();
    return {
      coders: order?.map((place) => plan.coders[place]!) ?? null,
      methods: plan.coders.map(({ method }) => method),
      packed: archive.subarray(start, at),
      sizes: (order ?? []).map((place) => stated[place]!),
      files: files?.[index] ?? [outOf(plan, stated)],
    };
  });
}

function readPlan(read: SevenZipReader): Plan {
  const count = read.number();
  if (count < 1 || count > MAX_CODERS) fail();
  let simple = true;
  let ins = 0;
  let outs = 0;
  const coders = Array.from({ length: count }, (): Coder => {
    const flags = read.byte();
    const method = Buffer.from(read.take(flags & 15)).toString('hex');
    const [inputs, outputs] = (flags & 16) === 0 ? [1, 1] : [read.number(), read.number()];
    if (inputs > MAX_CODERS || outputs > MAX_CODERS) fail();
    if (inputs !== 1 || outputs !== 1) simple = false;
    ins += inputs;
    outs += outputs;
    return { method, properties: (flags & 32) === 0 ? new Uint8Array() : read.take(read.number()) };
  });
  const bound = new Map<number, number>();
  for (let pair = 1; pair < outs; pair++) bound.set(read.number(), read.number());
  const free = ins - (outs - 1);
  if (free < 1) fail();
  const inputs = free === 1 ? [0] : Array.from({ length: free }, read.number);
  return { coders, bound, simple: simple && free === 1, inputs, outputs: outs };
}

/** Coders from the one that nothing feeds to the one that feeds nothing. */
function orderOf({ coders, bound }: Plan): number[] {
  const feeds = new Map([...bound].map(([fed, feeder]) => [feeder, fed]));
  const order: number[] = [];
  let next = coders.findIndex((_, index) => !bound.has(index));
  for (; next !== -1 && order.length < coders.length; next = feeds.get(next) ?? -1) order.push(next);
  return order.length === coders.length ? order : fail();
}

/** The size of what no other coder takes. */
function outOf({ bound }: Plan, sizes: readonly number[]): number {
  const taken = new Set(bound.values());
  return sizes.find((_, index) => !taken.has(index)) ?? fail();
}

function readSubstreams(
  read: SevenZipReader,
  plans: readonly Plan[],
  sizes: readonly number[][],
  summed: readonly boolean[],
): number[][] {
  const totals = plans.map((plan, index) => outOf(plan, sizes[index] ?? fail()));
  let counts = plans.map(() => 1);
  let id = read.byte();
  if (id === COUNTS) {
    counts = plans.map(() => read.count());
    id = read.byte();
  }
  // All but the last of a folder are told; the last is what is left.
  const told = id === SIZES;
  const files = counts.map((count, index) => {
    if (count === 0) return [];
    const own = told ? Array.from({ length: count - 1 }, read.number) : [];
    if (own.length < count - 1) fail();
    return [...own, Math.max(0, totals[index]! - own.reduce((sum, size) => sum + size, 0))];
  });
  if (told) id = read.byte();
  for (; id !== END; id = read.byte()) {
    if (id !== SUMS) fail();
    // The sum of a folder is that of its only file.
    read.sums(files.reduce((sum, own, index) => sum + (own.length === 1 && summed[index] ? 0 : own.length), 0));
  }
  return files;
}

function fail(): never {
  throw new DecodeError('damaged');
}
