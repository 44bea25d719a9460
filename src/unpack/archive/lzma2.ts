/** Unpacks LZMA2, what xz files and most 7z are made of: chunks that are stored, or coded by LZMA. */
import { createLzmaDecoder } from './lzma-decoder.ts';
import { DecodeError, type Output } from './output.ts';

/** Reads chunks from `at` to their end mark, and answers where that ends. What was put out before is not of this block. */
export function unpackLzma2(bytes: Uint8Array, at: number, output: Output): number {
  const decoder = createLzmaDecoder(bytes, output, 4);
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
