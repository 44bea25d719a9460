/** Base64 and hex in a text: standard and url-safe, with and without padding, in one run or in wrapped lines. */
import { Buffer } from 'node:buffer';
import { GZIP_IN_BASE64, gunzip } from './gzip.ts';
import { isData, printable } from './printable.ts';
import { eachBase64Run, isHexDigit, MIN_HEX } from './runs.ts';
import type { Segment } from './segment.ts';
import { createWrappedReader, withPadding } from './wrapped.ts';

/** Base64 digits that the first look at a run decodes. */
const PROBE = 16;

export function findBase64AndHex(text: string, found: (segment: Segment) => void): void {
  const readWrapped = createWrappedReader(text, readGzip);
  eachBase64Run(text, (start, end) => {
    const segment = readHex(text, start, end) ?? readWrapped(start, end) ?? readBase64(text, start, end);
    if (segment === null) return findHexWithin(text, start, end, found);
    found(segment);
    return segment.end;
  });
}

function readBase64(text: string, start: number, end: number): Segment | null {
  const zipped = readGzip(text, start, end);
  if (zipped !== null) return zipped;
  if (isData(Buffer.from(text.slice(start, start + PROBE), 'base64'))) return null;
  const encoded = text.slice(start, end);
  const clear = printable(Buffer.from(encoded, 'base64'));
  if (clear === null || clear.trim() === '') return null;
  return { start, end: withPadding(text, end), text: clear, encoding: 'base64' };
}

function readGzip(text: string, start: number, end: number): Segment | null {
  if (!text.startsWith(GZIP_IN_BASE64, start)) return null;
  const bytes = gunzip(Buffer.from(text.slice(start, end), 'base64'));
  const place = { start, end: withPadding(text, end), encoding: 'gzip' } as const;
  if (bytes === 'too-large') return { ...place, text: '', tooLarge: true };
  const clear = bytes === null ? null : printable(bytes);
  return clear === null ? null : { ...place, text: clear };
}

function readHex(text: string, start: number, end: number): Segment | null {
  const from = text[start] === '0' && /[xX]/.test(text[start + 1]!) ? start + 2 : start;
  if (end - from < MIN_HEX || (end - from) % 2 !== 0) return null;
  for (let at = from; at < end; at++) if (!isHexDigit(text.charCodeAt(at))) return null;
  if (isData(Buffer.from(text.slice(from, from + PROBE), 'hex'))) return null;
  const clear = printable(Buffer.from(text.slice(from, end), 'hex'));
  return clear === null ? null : { start, end, text: clear, encoding: 'hex' };
}

/** Hex may stand next to other characters of base64: `id-6865…`, `key_6865…`. */
function findHexWithin(text: string, start: number, end: number, found: (segment: Segment) => void): number {
  if (end - start <= MIN_HEX) return end;
  for (let from = start; from + MIN_HEX <= end; ) {
    let to = from;
    while (to < end && isHexDigit(text.charCodeAt(to))) to++;
    const segment = to - from < end - start ? readHex(text, from, to) : null;
    if (segment !== null) found(segment);
    from = to + 1;
  }
  return end;
}
