/** Unpacks xz: streams of blocks of LZMA2, and filters before it. Checksums are passed over: whoever changed a byte may have changed them too. */
import { Buffer } from 'node:buffer';
import { unpackLzma2 } from './lzma2.ts';
import { DecodeError, type Output } from './output.ts';
import { undoDelta, undoX86 } from './program-filters.ts';

const MAGIC = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
const DELTA = 0x03;
const X86 = 0x04;
const LAST_FILTER = 0x0b;
const LZMA2 = 0x21;
/** The bytes of a check, by the three parts of its id: https://tukaani.org/xz/xz-file-format.txt */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** @throws DecodeError, after what came out before it. */
export function unpackXz(bytes: Uint8Array, output: Output): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = file.indexOf(MAGIC); at !== -1; at = file.indexOf(MAGIC, at)) {
    const check = CHECK_BYTES[file[at + 7]! & 15] ?? fail();
    at += 12;
    while ((file[at] ?? fail()) !== 0) {
      const header = at + (file[at]! + 1) * 4;
      const undo = readFilters(file, at, header);
      const begin = output.length;
      const end = unpackLzma2(file, header, output);
      for (const each of undo) each(output.buffer().subarray(begin, output.length));
      at = end + ((4 - ((end - header) % 4)) % 4) + check;
    }
  }
}

type Filter = (bytes: Uint8Array) => void;

/** What is to be undone after LZMA2, in that order. Filters for other programs than those for x86 say nothing about texts. */
function readFilters(file: Buffer, start: number, end: number): Filter[] {
  let at = start + 2;
  const flags = file[start + 1]!;
  const number = (): number => {
    let value = 0;
    for (let shift = 1; at < end; shift *= 128) {
      const byte = file[at++]!;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
    return fail();
  };
  if ((flags & 0x40) !== 0) number();
  if ((flags & 0x80) !== 0) number();
  const undo: Filter[] = [];
  for (let left = flags & 3; left > 0; left--) {
    const id = number();
    const size = number();
    const distance = file[at]! + 1;
    at += size;
    if (id === DELTA) undo.unshift((bytes) => undoDelta(bytes, distance));
    else if (id === X86) undo.unshift(undoX86);
    else if (id < X86 || id > LAST_FILTER) fail();
  }
  return number() === LZMA2 ? undo : fail();
}

function fail(): never {
  throw new DecodeError('damaged');
}
