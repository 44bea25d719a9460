/** Unpacks bzip2: blocks of Huffman codes, move-to-front, a Burrows-Wheeler transform, and runs at both ends. */
import { DecodeError, type Output } from './output.ts';

const BLOCK = 0x314159265359;
const END = 0x177245385090;
/** For each level (bytes). */
const BLOCK_SIZE = 100_000;
const GROUP = 50;
const MAX_CODE = 20;
/** Codes of up to so many bits are looked up at once. */
const PROBE = 11;

/** @throws DecodeError, after what came out before it. */
export function unpackBzip2(bytes: Uint8Array, output: Output): void {
  const read = createBitReader(bytes);
  let block = new Uint32Array();
  while (!read.atEnd()) {
    if (read.bits(24) !== 0x425a68) {
      // What follows a whole stream and is none itself is padding.
      if (output.length > 0) return;
      throw new DecodeError('damaged');
    }
    const level = read.bits(8) - 48;
    if (level < 1 || level > 9) throw new DecodeError('damaged');
    for (;;) {
      const magic = read.bits(24) * 2 ** 24 + read.bits(24);
      read.bits(16);
      read.bits(16);
      if (magic === END) break;
      if (magic !== BLOCK) throw new DecodeError('damaged');
      output.ask();
      if (block.length !== level * BLOCK_SIZE) block = new Uint32Array(level * BLOCK_SIZE);
      unpackBlock(read, block, output);
    }
    read.align();
  }
}

type BitReader = ReturnType<typeof createBitReader>;

function createBitReader(bytes: Uint8Array) {
  let at = 0;
  let held = 0;
  let count = 0;
  return {
    /** At most 24 bits, the highest first. */
    bits(wanted: number): number {
      while (count < wanted) {
        if (at >= bytes.length) throw new DecodeError('damaged');
        held = ((held & 0xffffff) << 8) | bytes[at++]!;
        count += 8;
      }
      count -= wanted;
      return (held >>> count) & ((1 << wanted) - 1);
    },
    /** The next PROBE bits, or -1 where there are fewer; they stay. */
    probe(): number {
      while (count < PROBE) {
        if (at >= bytes.length) return -1;
        held = ((held & 0xffffff) << 8) | bytes[at++]!;
        count += 8;
      }
      return (held >>> (count - PROBE)) & (2 ** PROBE - 1);
    },
    skip(wanted: number): void {
      count -= wanted;
    },
    align(): void {
      count -= count % 8;
    },
    atEnd: () => at >= bytes.length && count < 8,
  };
}

function unpackBlock(read: BitReader, block: Uint32Array, output: Output): void {
  // Blocks that were randomised on the way are of before 1997.
  if (read.bits(1) === 1) throw new DecodeError('damaged');
  const origin = read.bits(24);
  const symbols = readSymbols(read);
  const tables = readTables(read, symbols.length + 2);
  const size = readBlock(read, symbols, tables, block);
  if (origin >= size) throw new DecodeError('damaged');
  putBlock(block, size, origin, output);
}

/** The bytes that occur, in order. */
function readSymbols(read: BitReader): number[] {
  const ranges = read.bits(16);
  const symbols: number[] = [];
  for (let range = 0; range < 16; range++) {
    if (((ranges >> (15 - range)) & 1) === 0) continue;
    const used = read.bits(16);
    for (let low = 0; low < 16; low++) if (((used >> (15 - low)) & 1) === 1) symbols.push(range * 16 + low);
  }
  if (symbols.length === 0) throw new DecodeError('damaged');
  return symbols;
}

/** A canonical Huffman code: for each length the largest code, and what to take from a code to get its place in `order`. */
interface Code {
  readonly limit: Int32Array;
  readonly shift: Int32Array;
  readonly order: Uint16Array;
  readonly shortest: number;
  /** By the next PROBE bits: the symbol above its length; 0 for a longer code. */
  readonly quick: Uint16Array;
}

function readTables(read: BitReader, alphabet: number): { codes: Code[]; selectors: Uint8Array } {
  const groups = read.bits(3);
  const count = read.bits(15);
  if (groups < 2 || groups > 6 || count < 1) throw new DecodeError('damaged');
  const recent = [0, 1, 2, 3, 4, 5];
  const selectors = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    let depth = 0;
    while (read.bits(1) === 1) if (++depth >= groups) throw new DecodeError('damaged');
    const [selector] = recent.splice(depth, 1);
    recent.unshift(selector!);
    selectors[index] = selector!;
  }
  const codes = Array.from({ length: groups }, () => {
    const lengths = new Uint8Array(alphabet);
    let length = read.bits(5);
    for (let symbol = 0; symbol < alphabet; symbol++) {
      for (;;) {
        if (length < 1 || length > MAX_CODE) throw new DecodeError('damaged');
        if (read.bits(1) === 0) break;
        length += read.bits(1) === 0 ? 1 : -1;
      }
      lengths[symbol] = length;
    }
    return buildCode(lengths);
  });
  return { codes, selectors };
}

function buildCode(lengths: Uint8Array): Code {
  const order = Uint16Array.from(lengths.keys()).sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const limit = new Int32Array(MAX_CODE + 1).fill(-1);
  const shift = new Int32Array(MAX_CODE + 1);
  const quick = new Uint16Array(2 ** PROBE);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= MAX_CODE; length++) {
    let count = 0;
    while (place + count < order.length && lengths[order[place + count]!] === length) count++;
    shift[length] = code - place;
    for (let index = 0; length <= PROBE && index < count; index++) {
      const from = (code + index) << (PROBE - length);
      quick.fill((order[place + index]! << 4) | length, from, from + (1 << (PROBE - length)));
    }
    code += count;
    place += count;
    limit[length] = code - 1;
    code <<= 1;
  }
  return { limit, shift, order, shortest: lengths[order[0]!]!, quick };
}

function readSymbol(read: BitReader, code: Code): number {
  const known = code.quick[read.probe()] ?? 0;
  if (known === 0) return readLongSymbol(read, code);
  read.skip(known & 15);
  return known >> 4;
}

function readLongSymbol(read: BitReader, { limit, shift, order, shortest }: Code): number {
  let code = read.bits(shortest);
  for (let length = shortest; length <= MAX_CODE; length++) {
    if (code <= limit[length]!) return order[code - shift[length]!] ?? fail();
    code = (code << 1) | read.bits(1);
  }
  return fail();
}

function fail(): never {
  throw new DecodeError('damaged');
}

/** The last column of the transform, in the low eight bits of `block`. */
function readBlock(
  read: BitReader,
  symbols: number[],
  { codes, selectors }: { codes: readonly Code[]; selectors: Uint8Array },
  block: Uint32Array,
): number {
  const recent = Uint8Array.from(symbols);
  const end = symbols.length + 1;
  let size = 0;
  let run = 0;
  let weight = 1;
  for (let group = 0; ; group++) {
    const code = codes[selectors[group] ?? 6] ?? fail();
    for (let index = 0; index < GROUP; index++) {
      const symbol = readSymbol(read, code);
      if (symbol < 2) {
        run += weight << symbol;
        weight <<= 1;
        if (run > block.length) fail();
        continue;
      }
      if (run > 0) {
        if (size + run > block.length) fail();
        block.fill(recent[0]!, size, size + run);
        size += run;
        run = 0;
        weight = 1;
      }
      if (symbol === end) return size;
      const byte = recent[symbol - 1] ?? fail();
      for (let index = symbol - 1; index > 0; index--) recent[index] = recent[index - 1]!;
      recent[0] = byte;
      if (size >= block.length) fail();
      block[size++] = byte;
    }
  }
}

/** Walks the transform from `origin`; four equal bytes are followed by how many more there are. */
function putBlock(block: Uint32Array, size: number, origin: number, output: Output): void {
  const starts = new Uint32Array(257);
  for (let at = 0; at < size; at++) starts[(block[at]! & 0xff) + 1]!++;
  for (let byte = 0; byte < 256; byte++) starts[byte + 1]! += starts[byte]!;
  for (let at = 0; at < size; at++) {
    const byte = block[at]! & 0xff;
    block[starts[byte]!++]! |= at << 8;
  }
  let next = block[origin]! >>> 8;
  let last = -1;
  let equal = 0;
  let position = output.length;
  let out = output.buffer();
  const makeRoom = (count: number): void => {
    output.length = position;
    output.reserve(count);
    out = output.buffer();
  };
  for (let at = 0; at < size; at++) {
    const entry = block[next]!;
    const byte = entry & 0xff;
    next = entry >>> 8;
    if (equal === 4) {
      if (position + byte > out.length) makeRoom(byte);
      out.fill(last, position, position + byte);
      position += byte;
      equal = 0;
      last = -1;
      continue;
    }
    equal = byte === last ? equal + 1 : 1;
    last = byte;
    if (position >= out.length) makeRoom(1);
    out[position++] = byte;
  }
  output.length = position;
}
