/** Base64 that goes on over several lines, each as long as the first but for the last: no line is decoded again and again. */
import { Buffer } from 'node:buffer';
import { hasControl, isData, printable } from './printable.ts';
import { isBase64Digit } from './runs.ts';
import type { Segment } from './segment.ts';

/** Lines that are shorter are not wrapped base64 but words in a column (UTF-16 units). */
const MIN_WRAPPED = 32;
/** Spaces and tabs before a wrapped line that are passed over. */
const MAX_INDENT = 64;
/** The first byte of every gzip stream: one that could not be read is not tried again from each of its lines. */
const GZIP = 0x1f;

/** Null for what it does not know; where it stands may be a block's whole. */
type Read = (text: string, start: number, end: number) => Segment | null;

/** Takes runs of base64 in their order; null where no block begins with one, or none that is a text or that `readData` knows. */
export function createWrappedReader(text: string, readData: Read): (start: number, end: number) => Segment | null {
  let block = { width: 0, close: 0 };
  /** What begins before this place goes on into a line that is no text. */
  let refused = 0;

  return (start, end) => {
    const width = end - start;
    if (start < refused || width < MIN_WRAPPED || width % 4 !== 0) return null;
    if (start >= block.close || width !== block.width) block = { width, close: wrappedEnd(text, start, end) };
    const { close } = block;
    if (close === end) return null;
    const data = readData(text, start, close);
    if (data !== null) return data;
    const head = Buffer.from(text.slice(start, end), 'base64');
    if (isData(head)) {
      if (head[0] === GZIP) refused = close;
      return null;
    }
    const wide = head[1] === 0 ? printable(Buffer.from(text.slice(start, close), 'base64')) : null;
    const clear = wide ?? readLines(text, start, close);
    if (typeof clear === 'string' && clear.trim() !== '') {
      return { start, end: withPadding(text, close), text: clear, encoding: 'base64' };
    }
    refused = typeof clear === 'number' ? clear : close;
    return null;
  };
}

/** The end of the first line that is no printable UTF-8, where there is one. */
function readLines(text: string, start: number, close: number): string | number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const read: string[] = [];
  for (let from = start; from < close; ) {
    const lineEnd = text.indexOf('\n', from) + 1;
    const to = lineEnd === 0 || lineEnd > close ? close : lineEnd;
    const clear = decodeNext(decoder, Buffer.from(text.slice(from, to), 'base64'), to < close);
    if (clear === null || hasControl(clear)) return to;
    read.push(clear);
    from = to;
  }
  return read.join('');
}

function decodeNext(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer, stream: boolean): string | null {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    return null;
  }
}

export function withPadding(text: string, end: number): number {
  let close = end;
  while (close < end + 2 && text[close] === '=') close++;
  return close;
}

/** Where the digits of a block's last line end; `end` for a line that stands alone. */
function wrappedEnd(text: string, start: number, end: number): number {
  const width = end - start;
  let close = end;
  for (;;) {
    const next = nextLine(text, close);
    if (next === null) return close;
    let to = next;
    while (to < text.length && to - next <= width && isBase64Digit(text.charCodeAt(to))) to++;
    if (to === next || to - next > width) return close;
    const after = text.charCodeAt(to);
    const whole =
      to === text.length || text[to] === '=' || after === LINE_FEED || after === RETURN || QUOTE.test(text[to]!);
    if (!whole) return close;
    close = to;
    if (to - next < width) return close;
  }
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
