/** Unpacks bzip2: blocks of Huffman codes, move-to-front, a Burrows-Wheeler transform, and runs at both ends. */
import { DecodeError, type Output } from './output.ts';

const BLOCK = 0x314159265359;
const END = 0x177245385090;
/** For each level (bytes). */
const BLOCK_SIZE = 100_000;
const GROUP = 50;
const MAX_CODE = 20;

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
  let code = 0;
  let place = 0;
  for (let length = 1; length <= MAX_CODE; length++) {
    let count = 0;
    while (place + count < order.length && lengths[order[place + count]!] === length) count++;
    shift[length] = code - place;
    code += count;
    place += count;
    limit[length] = code - 1;
    code <<= 1;
  }
  return { limit, shift, order, shortest: lengths[order[0]!]! };
}

function readSymbol(read: BitReader, { limit, shift, order, shortest }: Code): number {
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
  const recent = [...symbols];
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
      const [byte] = recent.splice(symbol - 1, 1);
      recent.unshift(byte ?? fail());
      if (size >= block.length) fail();
      block[size++] = byte!;
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
  for (let at = 0; at < size; at++) {
    const entry = block[next]!;
    const byte = entry & 0xff;
    next = entry >>> 8;
    if (equal === 4) {
      output.reserve(byte);
      output.buffer().fill(last, output.length, output.length + byte);
      output.length += byte;
      equal = 0;
      last = -1;
      continue;
    }
    equal = byte === last ? equal + 1 : 1;
    last = byte;
    output.reserve(1);
    output.buffer()[output.length++] = byte;
  }
}
