/** Reads the numbers and lists that a header of 7z is made of. */
import { DecodeError } from './output.ts';

export type SevenZipReader = ReturnType<typeof createSevenZipReader>;

export function createSevenZipReader(bytes: Uint8Array) {
  let at = 0;
  const byte = (): number => bytes[at++] ?? fail();
  /** The first byte says by its ones how many follow, and with what is left of it how they begin. */
  const number = (): number => {
    const first = byte();
    let value = 0;
    let scale = 1;
    for (let mask = 0x80; mask > 0; mask >>= 1) {
      if ((first & mask) === 0) return value + (first & (mask - 1)) * scale;
      value += byte() * scale;
      scale *= 256;
    }
    return value;
  };
  return {
    byte,
    number,
    /** A number of things that take at least one byte each. */
    count(): number {
      const value = number();
      return value <= bytes.length ? value : fail();
    },
    skip(count: number): void {
      at += count;
      if (at > bytes.length) fail();
    },
    take(count: number): Uint8Array {
      if (at + count > bytes.length) fail();
      at += count;
      return bytes.subarray(at - count, at);
    },
    bits(count: number): boolean[] {
      const packed = this.take(Math.ceil(count / 8));
      return Array.from({ length: count }, (_, index) => ((packed[index >> 3]! >> (7 - (index & 7))) & 1) === 1);
    },
    /** Passes over checksums of some of `count` streams, and answers of which. */
    sums(count: number): boolean[] {
      const defined = byte() === 0 ? this.bits(count) : Array.from({ length: count }, () => true);
      this.skip(defined.filter(Boolean).length * 4);
      return defined;
    },
  };
}

function fail(): never {
  throw new DecodeError('damaged');
}
