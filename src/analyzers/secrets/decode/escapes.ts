/** Percent escapes, and the escapes of JSON and of program text, each one a segment of its own or a run of bytes. */
import { Buffer, isUtf8 } from 'node:buffer';
import { isHexDigit } from './runs.ts';
import type { Segment } from './segment.ts';

export function findPercent(text: string, found: (segment: Segment) => void): void {
  for (let at = text.indexOf('%'); at !== -1; at = text.indexOf('%', at)) {
    const bytes: number[] = [];
    let end = at;
    while (text[end] === '%' && isHex(text, end + 1, 2)) {
      bytes.push(Number.parseInt(text.slice(end + 1, end + 3), 16));
      end += 3;
    }
    const clear = bytes.length === 0 ? null : toText(bytes);
    if (clear !== null) found({ start: at, end, text: clear, encoding: 'percent' });
    at = Math.max(end, at + 1);
  }
}

export function findEscapes(text: string, found: (segment: Segment) => void): void {
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', at)) {
    const segment = readBytes(text, at) ?? readEscape(text, at);
    if (segment !== null) found(segment);
    at = segment?.end ?? at + 2;
  }
}

/** `\x68\x69` and `\150\151`: bytes, of which several may make one character. */
function readBytes(text: string, start: number): Segment | null {
  const bytes: number[] = [];
  let end = start;
  for (; text[end] === '\\'; end += 4) {
    const digits = text.slice(end + 1, end + 4);
    if (digits[0] === 'x' && isHex(digits, 1, 2)) bytes.push(Number.parseInt(digits.slice(1), 16));
    else if (/^[0-3][0-7]{2}$/.test(digits)) bytes.push(Number.parseInt(digits, 8));
    else break;
  }
  const clear = bytes.length === 0 ? null : toText(bytes);
  return clear === null ? null : { start, end, text: clear, encoding: 'escapes' };
}

function readEscape(text: string, start: number): Segment | null {
  const letter = text[start + 1] ?? '';
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) return readRepeated(text, start, letter, simple);
  const braced = letter === 'u' && text[start + 2] === '{';
  const from = start + (braced ? 3 : 2);
  // Eight digits at most, so that no more is looked at.
  const close = braced ? from + text.slice(from, from + 9).indexOf('}') : -1;
  const length = braced ? close - from : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  if (length < 1 || length > 8 || !isHex(text, from, length)) return null;
  const code = Number.parseInt(text.slice(from, from + length), 16);
  if (code > 0x10ffff || isControl(code)) return null;
  return { start, end: from + length + (braced ? 1 : 0), text: String.fromCodePoint(code), encoding: 'escapes' };
}

/** A megabyte of `\\\\` or `\\n` is one segment, not half a million. */
function readRepeated(text: string, start: number, letter: string, clear: string): Segment {
  let end = start + 2;
  while (text[end] === '\\' && text[end + 1] === letter) end += 2;
  return { start, end, text: clear.repeat((end - start) / 2), encoding: 'escapes' };
}

const SIMPLE = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ["'", "'"],
  ['/', '/'],
  ['\\', '\\'],
  // Markdown and LaTeX write hf\_abc.
  ['_', '_'],
]);

function toText(bytes: readonly number[]): string | null {
  if (bytes.some(isControl)) return null;
  const buffer = Buffer.from(bytes);
  return buffer.toString(isUtf8(buffer) ? 'utf8' : 'latin1');
}

function isControl(code: number): boolean {
  return (code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127;
}

function isHex(text: string, from: number, length: number): boolean {
  if (from + length > text.length) return false;
  for (let at = from; at < from + length; at++) if (!isHexDigit(text.charCodeAt(at))) return false;
  return true;
}
