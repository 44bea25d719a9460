/** Where a decoder puts what comes out: grows as it is filled, and ends the decoder at a bound or when time is up. */

export type OutputFault = 'damaged' | 'too-large' | 'out-of-time';

/** Thrown within the decoders of this folder, and caught where they are called. */
export class DecodeError extends Error {
  readonly fault: OutputFault;

  constructor(fault: OutputFault) {
    super(fault);
    this.fault = fault;
  }
}

export interface Output {
  /** The buffer changes when it has grown: ask again after `reserve`. */
  buffer(): Uint8Array;
  length: number;
  /** Makes room for so many more bytes. @throws DecodeError where that is over the bound, or late. */
  reserve(bytes: number): void;
  /** For blocks that may be empty. @throws DecodeError when time is up. */
  ask(): void;
}

/** Bytes after which the clock is asked. */
const STRIDE = 1024 * 1024;

export function createOutput(limit: number, expired: () => boolean): Output {
  let buffer = new Uint8Array(Math.min(limit, 64 * 1024));
  let asked = 0;
  return {
    length: 0,
    buffer: () => buffer,
    ask() {
      if (expired()) throw new DecodeError('out-of-time');
    },
    reserve(bytes) {
      const needed = this.length + bytes;
      if (needed > limit) throw new DecodeError('too-large');
      if (needed > asked) {
        this.ask();
        asked = needed + STRIDE;
      }
      if (needed <= buffer.length) return;
      const grown = new Uint8Array(Math.min(limit, Math.max(needed, buffer.length * 2)));
      grown.set(buffer.subarray(0, this.length));
      buffer = grown;
    },
  };
}
