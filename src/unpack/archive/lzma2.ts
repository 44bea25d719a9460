/** Unpacks LZMA2, what xz files are made of: chunks that are stored, or coded by a range coder over adaptive bits. */
import { DecodeError, type Output } from './output.ts';

const HALF = 1024;
const TOP = 2 ** 24;

/** Reads chunks from `at` to their end mark, and answers where that ends. What was put out before `begin` is not of this block. */
export function unpackLzma2(bytes: Uint8Array, at: number, output: Output): number {
  const decoder = createDecoder(bytes, output);
  let begin = output.length;
  let next = at;
  const byte = (): number => bytes[next++] ?? fail();
  for (;;) {
    const control = byte();
    output.ask();
    if (control === 0) return next;
    if (control < 0x80) {
      if (control > 2) fail();
      if (control === 1) begin = output.length;
      const size = byte() * 256 + byte() + 1;
      if (next + size > bytes.length) fail();
      output.reserve(size);
      output.buffer().set(bytes.subarray(next, next + size), output.length);
      output.length += size;
      next += size;
      continue;
    }
    const size = (control & 0x1f) * 65_536 + byte() * 256 + byte() + 1;
    const packed = byte() * 256 + byte() + 1;
    const reset = (control >> 5) & 3;
    if (reset === 3) begin = output.length;
    if (reset >= 2) decoder.setProperties(byte());
    else if (reset === 1) decoder.reset();
    decoder.run(next, next + packed, size, begin);
    next += packed;
  }
}

function fail(): never {
  throw new DecodeError('damaged');
}

function createDecoder(bytes: Uint8Array, output: Output) {
  let [lc, lp, pb] = [0, 0, 0];
  let known = false;
  let state = 0;
  const distances = [0, 0, 0, 0];
  const model = (size: number) => new Uint16Array(size).fill(HALF);
  const isMatch = model(192);
  const isRep = model(12);
  const isRep0 = model(12);
  const isRep1 = model(12);
  const isRep2 = model(12);
  const isRep0Long = model(192);
  const slots = model(256);
  const special = model(128);
  const align = model(16);
  const matchLengths = createLengths(model);
  const repLengths = createLengths(model);
  let literals = model(0x300);
  const models = [isMatch, isRep, isRep0, isRep1, isRep2, isRep0Long, slots, special, align];

  let at = 0;
  let end = 0;
  let range = 0;
  let code = 0;

  function bit(probabilities: Uint16Array, index: number): number {
    const probability = probabilities[index]!;
    const bound = (range >>> 11) * probability;
    let result = 0;
    if (code < bound) {
      range = bound;
      probabilities[index] = probability + ((2048 - probability) >>> 5);
    } else {
      range -= bound;
      code -= bound;
      probabilities[index] = probability - (probability >>> 5);
      result = 1;
    }
    if (range < TOP) normalize();
    return result;
  }
  function normalize(): void {
    if (at >= end) fail();
    range = (range << 8) >>> 0;
    code = ((code << 8) | bytes[at++]!) >>> 0;
  }
  function direct(count: number): number {
    let result = 0;
    for (let left = count; left > 0; left--) {
      range >>>= 1;
      const one = code >= range;
      if (one) code -= range;
      result = (result << 1) | Number(one);
      if (range < TOP) normalize();
    }
    return result;
  }
  function tree(probabilities: Uint16Array, base: number, bits: number): number {
    let index = 1;
    for (let left = bits; left > 0; left--) index = (index << 1) | bit(probabilities, base + index);
    return index - (1 << bits);
  }
  function reverse(probabilities: Uint16Array, base: number, bits: number): number {
    let index = 1;
    let result = 0;
    for (let place = 0; place < bits; place++) {
      const one = bit(probabilities, base + index);
      index = (index << 1) | one;
      result |= one << place;
    }
    return result;
  }
  function length({ choice, low, mid, high }: ReturnType<typeof createLengths>, posState: number): number {
    if (bit(choice, 0) === 0) return tree(low, posState * 8, 3) + 2;
    if (bit(choice, 1) === 0) return tree(mid, posState * 8, 3) + 10;
    return tree(high, 0, 8) + 18;
  }
  function distance(size: number): number {
    const slot = tree(slots, Math.min(size - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < 14) return base + reverse(special, base - slot, bits);
    return base + direct(bits - 4) * 16 + reverse(align, 0, 4);
  }
  function literal(position: number, begin: number, out: Uint8Array): void {
    const previous = position > begin ? out[position - 1]! : 0;
    const context = (((position - begin) & ((1 << lp) - 1)) << lc) + (previous >> (8 - lc));
    const base = context * 0x300;
    let symbol = 1;
    if (state >= 7) {
      let matched = out[position - distances[0]! - 1] ?? fail();
      do {
        const expected = (matched >> 7) & 1;
        matched <<= 1;
        const one = bit(literals, base + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | one;
        if (one !== expected) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = (symbol << 1) | bit(literals, base + symbol);
    out[position] = symbol & 0xff;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }
  /** The length of a match whose distance then stands in `distances`; 1 for a single byte. */
  function match(posState: number): number {
    if (bit(isRep, state) === 0) {
      distances.pop();
      const size = length(matchLengths, posState);
      distances.unshift(distance(size));
      state = state < 7 ? 7 : 10;
      return size;
    }
    if (bit(isRep0, state) === 0) {
      if (bit(isRep0Long, state * 16 + posState) === 0) {
        state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      const which = bit(isRep1, state) === 0 ? 1 : bit(isRep2, state) === 0 ? 2 : 3;
      distances.unshift(distances.splice(which, 1)[0]!);
    }
    const size = length(repLengths, posState);
    state = state < 7 ? 8 : 11;
    return size;
  }
  function reset(): void {
    if (!known) fail();
    state = 0;
    distances.fill(0);
    literals = model(0x300 << (lc + lp));
    for (const each of models) each.fill(HALF);
    for (const lengths of [matchLengths, repLengths]) for (const each of Object.values(lengths)) each.fill(HALF);
  }

  return {
    reset,
    setProperties(value: number): void {
      if (value > 224) fail();
      lc = value % 9;
      lp = Math.floor(value / 9) % 5;
      pb = Math.floor(value / 45);
      if (lc + lp > 4) fail();
      known = true;
      reset();
    },
    /** `begin` is the output's place that distances cannot go behind. */
    run(from: number, to: number, size: number, begin: number): void {
      if (!known || to > bytes.length || to - from < 5) fail();
      [at, end, range, code] = [from + 1, to, 0xffffffff, 0];
      for (let count = 0; count < 4; count++) code = ((code << 8) | bytes[at++]!) >>> 0;
      output.reserve(size);
      const out = output.buffer();
      const stop = output.length + size;
      let position = output.length;
      while (position < stop) {
        const posState = (position - begin) & ((1 << pb) - 1);
        if (bit(isMatch, state * 16 + posState) === 0) literal(position++, begin, out);
        else {
          const count = match(posState);
          const source = position - distances[0]! - 1;
          if (source < begin || position + count > stop) fail();
          copy(out, source, position, count);
          position += count;
        }
      }
      output.length = stop;
    },
  };
}

/** Byte by byte, since what is copied may be what was just put there. */
function copy(out: Uint8Array, from: number, to: number, count: number): void {
  for (let index = 0; index < count; index++) out[to + index] = out[from + index]!;
}

function createLengths(model: (size: number) => Uint16Array) {
  return { choice: model(2), low: model(128), mid: model(128), high: model(256) };
}
