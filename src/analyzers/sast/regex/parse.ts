/** Reads an expression of PCRE2 as Semgrep 1.x runs it: in UTF mode, with LF as the newline. */
import { foldCase } from './case-folding.ts';
import { NOT_NEWLINE } from './char-classes.ts';
import { EVERYTHING, singleton } from './char-set.ts';
import { parseClass } from './parse-class.ts';
import { parseCharEscape, parseNodeEscape } from './parse-escape.ts';
import { parseGroup, readStartOptions } from './parse-group.ts';
import { createReader, eat, eatMatch, type Flags, invalid, next, type Reader } from './reader.ts';
import { either, type Node, type ParsedExpression, type RepeatMode, sequence } from './syntax-tree.ts';

/** PCRE2's bound of a counted repeat. */
const MAX_REPEAT = 65_535;

/** What PCRE2 compiles has to fit into 64 KiB: a longer source never does. */
export const MAX_SOURCE = 65_535;

const QUANTIFIER = /([*+?])|\{(\d+)(,?)(\d*)\}/y;
const EXTENDED_SPACE = /(?:[ \t\n\v\f\r\x85\u200e\u200f\u2028\u2029]|#[^\n]*(?:\n|$))+/y;

/** Throws an ExpressionSyntaxError. */
export function parseExpression(source: string, flags: Flags): ParsedExpression {
  const reader = createReader(source, flags);
  if (source.length > MAX_SOURCE) invalid(reader, `it has more than ${MAX_SOURCE} characters`, MAX_SOURCE);
  readStartOptions(reader);
  const root = either(parseAlternatives(reader, false));
  if (reader.at < source.length) invalid(reader, 'a closing parenthesis has no opening one');
  for (const check of reader.checks) check();
  const { groupCount, names, groups, refersToGroups, usesVerbs, unicode } = reader;
  return { root, groupCount, names, groups, refersToGroups, usesVerbs, unicodeWords: unicode };
}

/** Up to the end or a closing parenthesis; with `reset`, each alternative numbers its groups from the same. */
function parseAlternatives(reader: Reader, reset: boolean): Node[] {
  const first = reader.groupCount;
  let last = first;
  const options = [parseSequence(reader)];
  while (eat(reader, '|')) {
    last = Math.max(last, reader.groupCount);
    if (reset) reader.groupCount = first;
    options.push(parseSequence(reader));
  }
  reader.groupCount = Math.max(last, reader.groupCount);
  return options;
}

function parseSequence(reader: Reader): Node {
  const items: Node[] = [];
  let repeatable = false;
  for (;;) {
    if (reader.flags.x) eatMatch(reader, EXTENDED_SPACE);
    const char = reader.source[reader.at];
    if (char === undefined || char === '|' || char === ')') break;
    const quantifier = eatMatch(reader, QUANTIFIER);
    if (quantifier !== null) {
      if (!repeatable) invalid(reader, 'there is nothing to repeat', reader.at - quantifier[0].length);
      items.push(quantify(reader, items.pop()!, quantifier));
      repeatable = false;
    } else if (eat(reader, '\\E') || eatMatch(reader, /\(\?#[^)]*\)/y) !== null) {
    } else if (eat(reader, '\\Q')) {
      const quoted = parseQuoted(reader);
      items.push(...quoted);
      repeatable ||= quoted.length > 0;
    } else {
      const item = parseItem(reader);
      if (item !== null) items.push(item);
      repeatable = item !== null && (char === '(' ? item.kind !== 'verb' : isRepeatable(item));
    }
  }
  return sequence(items);
}

/** One item; null for what only changes options. */
function parseItem(reader: Reader): Node | null {
  const { flags } = reader;
  if (eat(reader, '(')) return parseGroup(reader, parseAlternatives);
  if (eat(reader, '[')) return parseClass(reader);
  if (eat(reader, '.')) return { kind: 'set', set: flags.s ? EVERYTHING : NOT_NEWLINE };
  if (eat(reader, '^')) return { kind: 'assert', at: flags.m ? 'line-start' : 'text-start' };
  if (eat(reader, '$')) return { kind: 'assert', at: flags.m ? 'line-end' : 'last-line-end' };
  if (!eat(reader, '\\')) return literal(reader, next(reader));
  const escaped = parseCharEscape(reader, false);
  if (escaped === null) return parseNodeEscape(reader);
  return typeof escaped === 'number' ? literal(reader, escaped) : { kind: 'set', set: escaped };
}

function literal(reader: Reader, code: number): Node {
  return { kind: 'set', set: reader.flags.i ? foldCase(singleton(code)) : singleton(code) };
}

/** The characters up to `\E`. */
function parseQuoted(reader: Reader): Node[] {
  const end = reader.source.indexOf('\\E', reader.at);
  const text = reader.source.slice(reader.at, end < 0 ? reader.source.length : end);
  reader.at = end < 0 ? reader.source.length : end + 2;
  return Array.from(text, (char) => literal(reader, char.codePointAt(0)!));
}

function isRepeatable(item: Node): boolean {
  return item.kind !== 'assert' && item.kind !== 'keep';
}

function quantify(reader: Reader, body: Node, [text, sign, low, comma, high]: RegExpExecArray): Node {
  const start = reader.at - text.length;
  const min = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
  const open = sign === undefined ? comma !== '' && high === '' : sign !== '?';
  const max = open ? Number.POSITIVE_INFINITY : sign === '?' ? 1 : comma === '' ? min : Number(high);
  if (min > MAX_REPEAT || (!open && max > MAX_REPEAT)) {
    invalid(reader, `a repeat count is larger than ${MAX_REPEAT}`, start);
  }
  if (max < min) invalid(reader, 'the counts of a repeat are out of order', start);
  const mode: RepeatMode = eat(reader, '+') ? 'possessive' : eat(reader, '?') !== reader.flags.U ? 'lazy' : 'greedy';
  if (min === 1 && max === 1) return mode === 'possessive' ? { kind: 'atomic', body } : body;
  if (body.kind === 'look') return { kind: 'repeat', body, min: Math.min(min, 1), max: 1, mode };
  return { kind: 'repeat', body, min, max, mode };
}
