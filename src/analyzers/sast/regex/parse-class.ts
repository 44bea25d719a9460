/** Reads a character class: `[a-z\d[:punct:]]`. */
import { foldCase } from './case-folding.ts';
import { posixClass } from './char-classes.ts';
import { type CharSet, charSet, complement, singleton, union } from './char-set.ts';
import { parseCharEscape } from './parse-escape.ts';
import { eat, eatMatch, invalid, next, type Reader } from './reader.ts';
import type { Node } from './syntax-tree.ts';

/** The class that opened just before this place. */
export function parseClass(reader: Reader): Node {
  const open = reader.at - 1;
  if (eat(reader, '[:<:]]')) return { kind: 'assert', at: 'word-start' };
  if (eat(reader, '[:>:]]')) return { kind: 'assert', at: 'word-end' };
  const negative = eat(reader, '^');
  const chars: number[] = [];
  const classes: CharSet[] = [];
  for (let isFirst = true; ; isFirst = false) {
    if (reader.at >= reader.source.length) invalid(reader, 'a character class has no end', open);
    if (!isFirst && eat(reader, ']')) break;
    const low = parseMember(reader);
    if (low === null) continue;
    const high = parseRangeEnd(reader, low);
    if (typeof low !== 'number') classes.push(low);
    else chars.push(low, high ?? low);
  }
  const literal = charSet(chars);
  const set = union(reader.flags.i ? foldCase(literal) : literal, ...classes);
  return { kind: 'set', set: negative ? complement(set) : set };
}

/** One character or class; null for what stands for nothing. */
function parseMember(reader: Reader): number | CharSet | null {
  if (reader.flags.xx && eatMatch(reader, /[ \t]+/y) !== null) return null;
  if (eat(reader, '\\E')) return null;
  if (eat(reader, '\\Q')) return parseQuoted(reader);
  if (eat(reader, '\\')) return parseCharEscape(reader, true);
  const posix = eatMatch(reader, /\[([:.=])(\^?)([A-Za-z]*)\1\]/y);
  if (posix === null) return next(reader);
  const start = reader.at - posix[0].length;
  if (posix[1] !== ':') invalid(reader, 'POSIX collating elements do not exist in PCRE', start);
  const set = posixClass(posix[3]!, reader.flags.i, reader.unicode);
  if (set === null) invalid(reader, `there is no POSIX class \`${posix[3]}\``, start);
  return posix[2] === '' ? set : complement(set);
}

/** The characters of `\Q…\E`, as a class; the last may begin no range. */
function parseQuoted(reader: Reader): CharSet | null {
  const end = reader.source.indexOf('\\E', reader.at);
  const text = reader.source.slice(reader.at, end < 0 ? reader.source.length : end);
  reader.at = end < 0 ? reader.source.length : end + 2;
  if (text === '') return null;
  const set = charSet(Array.from(text).flatMap((char) => singleton(char.codePointAt(0)!)));
  return reader.flags.i ? foldCase(set) : set;
}

/** The upper end where a range follows; null where the hyphen is itself, or missing. */
function parseRangeEnd(reader: Reader, low: number | CharSet): number | null {
  const { source, at } = reader;
  if (source[at] !== '-' || source[at + 1] === ']' || source[at + 1] === undefined) return null;
  reader.at++;
  if (reader.flags.xx) eatMatch(reader, /[ \t]+/y);
  const high = parseMember(reader);
  if (high === null) {
    reader.at = at;
    return null;
  }
  if (typeof low !== 'number' || typeof high !== 'number') invalid(reader, 'a range ends at a class of characters', at);
  if (high < low) invalid(reader, 'a range of characters is out of order', at);
  return high;
}
