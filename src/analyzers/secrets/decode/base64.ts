/** Base64 and hex in a text: standard and url-safe, with and without padding, in one run or in wrapped lines. */
import { Buffer } from 'node:buffer';
import { isData, printable } from './printable.ts';
import { eachBase64Run, isBase64Digit, isHexDigit, MIN_BASE64, MIN_HEX } from './runs.ts';
import type { Segment } from './segment.ts';

/** Lines that are shorter are not wrapped base64 but words in a column (UTF-16 units). */
const MIN_WRAPPED = 32;
/** Base64 digits that the first look at a run decodes. */
const PROBE = 16;
/** Spaces and tabs before a wrapped line that are passed over. */
const MAX_INDENT = 64;

export function findBase64AndHex(text: string, found: (segment: Segment) => void): void {
  eachBase64Run(text, (start, end) => {
    const close = wrappedEnd(text, start, end) ?? end;
    const segment = readHex(text, start, end) ?? readBase64(text, start, close) ?? readBase64(text, start, end);
    if (segment === null) return findHexWithin(text, start, end, found);
    found(segment);
    return segment.end;
  });
}

function readBase64(text: string, start: number, end: number): Segment | null {
  if (isData(Buffer.from(text.slice(start, start + PROBE), 'base64'))) return null;
  const encoded = text.slice(start, end);
  const clear = printable(Buffer.from(encoded, 'base64'));
  if (clear === null || clear.trim() === '') return null;
  let close = end;
  while (close < end + 2 && text[close] === '=') close++;
  return { start, end: close, text: clear, encoding: 'base64' };
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

/** Where a run that goes on in the next lines ends: all its lines are equally long, but for the last. Null for one line. */
function wrappedEnd(text: string, start: number, end: number): number | null {
  const width = end - start;
  if (width < MIN_WRAPPED || width % 4 !== 0) return null;
  let close = end;
  for (;;) {
    const next = nextLine(text, close);
    if (next === null) break;
    let to = next;
    while (to < text.length && isBase64Digit(text.charCodeAt(to))) to++;
    if (to === next || to - next > width) break;
    const after = text.charCodeAt(to);
    const whole =
      to === text.length || text[to] === '=' || after === LINE_FEED || after === RETURN || QUOTE.test(text[to]!);
    if (!whole) break;
    close = to;
    if (to - next < width) break;
  }
  return close === end || close - start < MIN_BASE64 ? null : close;
}

/** Where the text of the next line begins; null where the line does not end at `at`. */
function nextLine(text: string, at: number): number | null {
  let next = text.charCodeAt(at) === RETURN ? at + 1 : at;
  if (text.charCodeAt(next) !== LINE_FEED) return null;
  next++;
  const limit = next + MAX_INDENT;
  while (next < limit && (text.charCodeAt(next) === SPACE || text.charCodeAt(next) === TAB)) next++;
  return next;
}

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = /["'`]/;
