/** Makes texts that nobody would write from texts that somebody wrote: pieces are dropped, doubled, moved, nested and spoilt. */
import type { Random } from './random.ts';

/** UTF-16 units; a mutant does not grow beyond this. */
const MAX_LENGTH = 400_000;

/** Signs of the languages, of patterns and of rules, and what breaks texts anywhere. */
const PIECES = [
  ...['(', ')', '[', ']', '{', '}', ':', ',', '.', ';', '\\', '"', "'", '"""', '`', '#', '\n', '\t', '\r', '\0'],
  ...[
    '...',
    '<... ',
    ' ...>',
    '$X',
    '$...X',
    '$_',
    '"$X"',
    '"=~/(a+)+/"',
    '($X: str)',
    '${',
    '$(',
    '@',
    '->',
    ':=',
    '**',
  ],
  ...[
    'lambda x: ',
    'f"{',
    'async ',
    'await ',
    'not ',
    'elif x:',
    'def f():',
    'class C:',
    'import ',
    'from . import *',
    'match x:',
  ],
  ...[
    '&a ',
    '*a',
    '<<: *a',
    '- ',
    '? ',
    '| ',
    '>- ',
    '!!python/object:',
    '---',
    'null',
    'true',
    '1e999',
    '0x',
    '-0',
    '9'.repeat(50),
  ],
  ...[
    'pattern: ',
    'patterns:',
    'pattern-either:',
    'pattern-not: ',
    'metavariable-regex:',
    'regex: ',
    '(?<a>',
    '(?R)',
    '\\K',
    '(a|a)*',
  ],
  ...['ä', '\u2028', '\ud800', '\ufeff', '\u202e', '𝒳', '<<EOF', '/*', '<!--'],
];

type Mutation = (text: string, random: Random, other: string) => string;

const MUTATIONS: readonly Mutation[] = [
  (text, random) => replaceAt(text, random.below(text.length), 0, random.pick(PIECES)),
  (text, random) => replaceAt(text, random.below(text.length), random.below(20), ''),
  (text, random) => replaceAt(text, random.below(text.length), 1, random.pick(PIECES)),
  (text, random) => onLines(text, (lines) => lines.splice(random.below(lines.length), 1)),
  (text, random) => onLines(text, (lines) => doubled(lines, random)),
  (text, random) => onLines(text, (lines) => swapped(lines, random)),
  (text, random) => onLines(text, (lines) => indented(lines, random)),
  (text, random) => repeated(text, random),
  (text, random) => nested(text, random),
  (text, random) => text.slice(0, random.below(text.length)),
  (text, random, other) => text.slice(0, random.below(text.length)) + other.slice(random.below(other.length)),
  (text, random) => words(text, random),
];

/** A few mutations, one after the other; `other` is a second text to cross with. */
export function mutate(text: string, random: Random, other: string): string {
  let mutant = text;
  for (let left = 1 + random.below(6); left > 0; left--)
    mutant = random.pick(MUTATIONS)(mutant, random, other).slice(0, MAX_LENGTH);
  return mutant;
}

function replaceAt(text: string, at: number, length: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at + length);
}

function onLines(text: string, change: (lines: string[]) => void): string {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
}

function doubled(lines: string[], random: Random): void {
  const at = random.below(lines.length);
  const part = lines.slice(at, at + 1 + random.below(10));
  const times = random.percent(10) ? random.below(2_000) : random.below(4);
  lines.splice(at, 0, ...Array.from({ length: times }, () => part).flat());
}

function swapped(lines: string[], random: Random): void {
  const [a, b] = [random.below(lines.length), random.below(lines.length)];
  [lines[a], lines[b]] = [lines[b]!, lines[a]!];
}

function indented(lines: string[], random: Random): void {
  const from = random.below(lines.length);
  const to = from + random.below(30);
  const by = random.pick([' ', '  ', '    ', '\t']);
  for (let at = from; at < to && at < lines.length; at++)
    lines[at] = random.percent(80) ? by + lines[at]! : lines[at]!.trimStart();
}

/** A piece of the text again and again. */
function repeated(text: string, random: Random): string {
  const at = random.below(text.length);
  const piece = random.percent(50) ? random.pick(PIECES) : text.slice(at, at + 1 + random.below(60));
  return replaceAt(text, at, 0, piece.repeat(random.percent(10) ? random.below(10_000) : random.below(50)));
}

const PAIRS = [
  ...[
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
    ['f(', ')'],
    ['f"{', '}"'],
    ['lambda: ', ''],
    ['not ', ''],
    ['a if ', ' else b'],
  ],
  ...[
    ['{"a": ', '}'],
    ['<... ', ' ...>'],
    ['$(', ')'],
    ['a[', ']'],
    ['', '.a()'],
    ['', ' + x'],
    ['[x for x in ', ']'],
  ],
] as const;

/** A piece of a line within many brackets. */
function nested(text: string, random: Random): string {
  const at = random.below(text.length);
  const piece = text.slice(at, at + 1 + random.below(30));
  const [open, close] = random.pick(PAIRS);
  const depth = random.percent(10) ? random.below(10_000) : random.below(60);
  return replaceAt(text, at, piece.length, open.repeat(depth) + piece + close.repeat(depth));
}

/** One word for another one of the text, everywhere. */
function words(text: string, random: Random): string {
  const all = text.match(/[\w$.-]+/g) ?? ['x'];
  return text.replaceAll(random.pick(all), random.percent(20) ? random.pick(PIECES) : random.pick(all));
}
