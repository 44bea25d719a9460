/** The coder that LZMA, LZMA2, xz and 7z have in common: a range coder over adaptive bits, and matches of what came before. */
import { DecodeError, type Output } from './output.ts';

const HALF = 1024;
/** Bytes after which the output is asked for room, and with it the clock. */
const STRIDE = 1024 * 1024;
/** The distance that ends a stream. */
const END_MARK = -1;

/** `maxContext` bounds lc + lp: LZMA2 allows 4, LZMA 12. */
export function createLzmaDecoder(bytes: Uint8Array, output: Output, maxContext: number) {
  let [lc, lp, pb] = [0, 0, 0];
  let known = false;
  let state = 0;
  // 32-bit numbers with a sign, here and in the range coder: those without one would each be an object on the heap.
  let [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];
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
  const lengths = [...Object.values(matchLengths), ...Object.values(repLengths)];
  const models = [isMatch, isRep, isRep0, isRep1, isRep2, isRep0Long, slots, special, align, ...lengths];

  let at = 0;
  let end = 0;
  let range = 0;
  let code = 0;

  function bit(probabilities: Uint16Array, index: number): number {
    const probability = probabilities[index]!;
    const bound = Math.imul(range >>> 11, probability);
    let result = 0;
    if (code >>> 0 < bound >>> 0) {
      range = bound;
      probabilities[index] = probability + ((2048 - probability) >>> 5);
    } else {
      range = (range - bound) | 0;
      code = (code - bound) | 0;
      probabilities[index] = probability - (probability >>> 5);
      result = 1;
    }
    if (range >>> 24 === 0) normalize();
    return result;
  }
  function normalize(): void {
    if (at >= end) fail();
    range <<= 8;
    code = (code << 8) | bytes[at++]!;
  }
  function direct(count: number): number {
    let result = 0;
    for (let left = count; left > 0; left--) {
      range >>>= 1;
      const one = code >>> 0 >= range;
      if (one) code = (code - range) | 0;
      range |= 0;
      result = (result << 1) | Number(one);
      if (range >>> 24 === 0) normalize();
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
    const base = (2 | (slot & 1)) << bits;
    if (slot < 14) return base + reverse(special, base - slot, bits);
    return (base + (direct(bits - 4) << 4) + reverse(align, 0, 4)) | 0;
  }
  function literal(position: number, begin: number, out: Uint8Array): void {
    const previous = position > begin ? out[position - 1]! : 0;
    const context = (((position - begin) & ((1 << lp) - 1)) << lc) + (previous >> (8 - lc));
    const base = context * 0x300;
    let symbol = 1;
    if (state >= 7) {
      let matched = out[position - rep0 - 1] ?? fail();
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
  /** The length of a match whose distance is then the first; 1 for a single byte. */
  function match(posState: number): number {
    if (bit(isRep, state) === 0) {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      const size = length(matchLengths, posState);
      rep0 = distance(size);
      state = state < 7 ? 7 : 10;
      return size;
    }
    if (bit(isRep0, state) === 0) {
      if (bit(isRep0Long, state * 16 + posState) === 0) {
        state = state < 7 ? 9 : 11;
        return 1;
      }
    } else if (bit(isRep1, state) === 0) [rep0, rep1] = [rep1, rep0];
    else if (bit(isRep2, state) === 0) [rep0, rep1, rep2] = [rep2, rep0, rep1];
    else [rep0, rep1, rep2, rep3] = [rep3, rep0, rep1, rep2];
    const size = length(repLengths, posState);
    state = state < 7 ? 8 : 11;
    return size;
  }
  function reset(): void {
    if (!known) fail();
    state = 0;
    [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];
    literals = model(0x300 << (lc + lp));
    for (const each of models) each.fill(HALF);
  }

  return {
    reset,
    setProperties(value: number): void {
      if (value > 224) fail();
      lc = value % 9;
      lp = Math.floor(value / 9) % 5;
      pb = Math.floor(value / 45);
      if (lc + lp > maxContext) fail();
      known = true;
      reset();
    },
    /** Up to `size` bytes or the mark at the end; `begin` is the output's place that distances cannot go behind. */
    run(from: number, to: number, size: number, begin: number): void {
      if (!known || to > bytes.length || to - from < 5) fail();
      [at, end, range, code] = [from + 1, to, -1, 0];
      for (let count = 0; count < 4; count++) code = (code << 8) | bytes[at++]!;
      const stop = output.length + size;
      let position = output.length;
      let room = position;
      let out = output.buffer();
      const makeRoom = (count: number): void => {
        output.length = position;
        output.reserve(count);
        out = output.buffer();
        room = Math.min(out.length, position + STRIDE);
      };
      try {
        while (position < stop) {
          const posState = (position - begin) & ((1 << pb) - 1);
          if (position >= room) makeRoom(1);
          if (bit(isMatch, state * 16 + posState) === 0) literal(position++, begin, out);
          else {
            const count = match(posState);
            if (rep0 === END_MARK) return;
            const source = position - rep0 - 1;
            if (rep0 < 0 || source < begin || position + count > stop) fail();
            if (position + count > room) makeRoom(count);
            // Byte by byte, since what is copied may be what was just put there.
            for (let index = 0; index < count; index++) out[position + index] = out[source + index]!;
            position += count;
          }
        }
      } finally {
        output.length = position;
      }
    },
  };
}

function createLengths(model: (size: number) => Uint16Array) {
  return { choice: model(2), low: model(128), mid: model(128), high: model(256) };
}

function fail(): never {
  throw new DecodeError('damaged');
}
