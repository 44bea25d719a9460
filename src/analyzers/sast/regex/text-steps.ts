/** The steps of a match over the text: characters are code points, offsets are UTF-16 units. */
import { sameLetter } from './case-folding.ts';
import { has } from './char-set.ts';
import type { CharTable } from './program.ts';
import type { Place } from './syntax-tree.ts';

/** No grapheme that matters is longer (code units). */
const MAX_GRAPHEME = 64;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Code units of the character at the offset if the table has it, otherwise 0; the offset is within the text. */
export function widthOf(table: CharTable, text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 256) return table.low[unit]!;
  if (unit < 0xd800 || unit > 0xdbff) return has(table.set, unit) ? 1 : 0;
  const code = text.codePointAt(at)!;
  return has(table.set, code) ? (code > 0xffff ? 2 : 1) : 0;
}

/** Where a run of the table's characters ends; `most` is -1 for no bound. */
export function runEnd(table: CharTable, text: string, start: number, most: number): number {
  const end = text.length;
  if (most < 0 && table.onlyMissing !== null) {
    const stop = table.onlyMissing === '' ? end : text.indexOf(table.onlyMissing, start);
    return stop < 0 ? end : stop;
  }
  const { low } = table;
  let at = start;
  for (let left = most; at < end && left !== 0; left--) {
    const unit = text.charCodeAt(at);
    const width = unit < 256 ? low[unit]! : widthOf(table, text, at);
    if (width === 0) break;
    at += width;
  }
  return at;
}

/** The end of exactly so many of the table's characters, or -1. */
export function exactEnd(table: CharTable, text: string, start: number, count: number): number {
  let at = start;
  for (let left = count; left > 0; left--) {
    const width = at < text.length ? widthOf(table, text, at) : 0;
    if (width === 0) return -1;
    at += width;
  }
  return at;
}

/** The offset so many characters before, or -1. */
export function stepBack(text: string, from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0; left--) {
    if (--at < 0) return -1;
    if (isInside(text, at)) at--;
  }
  return at;
}

/** True between the two halves of a character. */
export function isInside(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0xdc00 || unit > 0xdfff || at === 0) return false;
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}

export function holds(place: Place, text: string, at: number, searchStart: number, word: CharTable): boolean {
  const end = text.length;
  switch (place) {
    case 'line-start':
      return at === 0 || (at < end && text.charCodeAt(at - 1) === 0x0a);
    case 'line-end':
      return at === end || text.charCodeAt(at) === 0x0a;
    case 'text-start':
      return at === 0;
    case 'text-end':
      return at === end;
    case 'last-line-end':
      return at === end || (at === end - 1 && text.charCodeAt(at) === 0x0a);
    case 'search-start':
      return at === searchStart;
  }
  const before = at > 0 && widthOf(word, text, isInside(text, at - 1) ? at - 2 : at - 1) > 0;
  const after = at < end && widthOf(word, text, at) > 0;
  if (place === 'word-boundary') return before !== after;
  if (place === 'not-word-boundary') return before === after;
  return place === 'word-start' ? !before && after : before && !after;
}

/** The end of the same text once more, or -1. */
export function repeatedEnd(text: string, from: number, to: number, start: number, ignoreCase: boolean): number {
  const length = to - from;
  if (!ignoreCase) return text.startsWith(text.slice(from, to), start) ? start + length : -1;
  let at = start;
  for (let i = from; i < to; ) {
    const [wanted, found] = [text.codePointAt(i)!, text.codePointAt(at)];
    if (found === undefined || !sameLetter(wanted, found)) return -1;
    i += wanted > 0xffff ? 2 : 1;
    at += found > 0xffff ? 2 : 1;
  }
  return at;
}

/** The end of the grapheme at the offset, which is within the text. */
export function graphemeEnd(text: string, at: number): number {
  const [first] = graphemes.segment(text.slice(at, at + MAX_GRAPHEME));
  return at + first!.segment.length;
}
