/** No text hangs or crashes the languages without Python's parser: depth, length, repetition, aliases that multiply. */
import { describe, expect, it } from 'vitest';
import type { Language } from '#domain/part.ts';
import { analyzerFor, ruleText } from './find.ts';
import { textPart, within } from './text-part.ts';

const DEPTH = 100_000;
const nest = (open: string, close: string, inner = 'x') => open.repeat(DEPTH) + inner + close.repeat(DEPTH);
const indented = (line: string) => Array.from({ length: 3_000 }, (_, i) => ' '.repeat(i) + line).join('\n');

const rule = (id: string, language: string, body: string) => ruleText(`id: ${id}\nlanguages: [${language}]\n${body}`);
const analyzer = analyzerFor(
  rule('gaps', 'generic', 'pattern: "$X ... a ... $X ... b"'),
  rule('blocks', 'generic', 'pattern: |\n  a\n    ...\n  b'),
  rule('brackets', 'generic', 'options: {generic_engine: aliengrep}\npattern: f($...X) ... $X'),
  rule('expression', 'regex', 'pattern-regex: (a|b)+c'),
  rule('yaml-entries', 'yaml', 'pattern: |\n  a: $X\n  ...\n  b: $X'),
  rule('yaml-items', 'yaml', 'pattern: |\n  - ...\n  - $X\n  - ...\n  - $X\n  - ...'),
  rule('yaml-anything', 'yaml', 'pattern: $X'),
  rule('json-entries', 'json', `pattern: '{..., "a": <... 1 ...>, ...}'`),
  rule('json-anything', 'json', 'pattern: $X'),
  rule('bash-commands', 'bash', 'pattern: |\n  $D=<... curl ...>\n  ...\n  eval <... $D ...>'),
  rule('bash-pipes', 'bash', 'pattern: curl ... | sh'),
);

describe('texts', () => {
  it.each<[string, string, Language]>([
    ['100,000 brackets', nest('(', ')'), null],
    ['100,000 open brackets', 'f'.padEnd(DEPTH, '('), null],
    ['100,000 brackets on lines', nest('(\n', ')\n'), null],
    ['3,000 blocks', indented('a b'), null],
    ['a word again and again', 'a '.repeat(DEPTH), null],
    ['a line again and again', 'f(x a y)\n'.repeat(50_000), null],
    ['one word of 2 MB', 'a'.repeat(2_000_000), null],
    ['100,000 sequences', nest('[', ']'), 'yaml'],
    ['100,000 open sequences', '['.repeat(DEPTH), 'yaml'],
    ['100,000 mappings', nest('{a: ', '}'), 'yaml'],
    ['100,000 items in items', `${'- '.repeat(DEPTH)}a`, 'yaml'],
    ['3,000 levels of indentation', indented('a:'), 'yaml'],
    ['an alias of itself', 'a: &x\n  a: *x\n  b: *x\n', 'yaml'],
    [
      'aliases that multiply',
      `a0: &a0 [x]\n${Array.from({ length: 200 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]\n`).join('')}`,
      'yaml',
    ],
    ['20,000 anchors of one name', 'a: &a [*a, *a]\n'.repeat(20_000), 'yaml'],
    ['a scalar of 1 MB', `a: ${'x '.repeat(500_000)}`, 'yaml'],
    ['signs of YAML in no order', '\0:{[&*!|>\'"%@`\n'.repeat(10_000), 'yaml'],
    ['100,000 arrays', nest('[', ']', '1'), 'json'],
    ['100,000 objects', nest('{"a":', '}', '1'), 'json'],
    ['100,000 open arrays', '['.repeat(DEPTH), 'json'],
    ['50,000 last commas', `[${'1,]'.repeat(50_000)}`, 'json'],
    ['100,000 openings of a comment', `[1,${'/*'.repeat(DEPTH)}`, 'json'],
    ['20,000 substitutions', '$(curl '.repeat(20_000), 'bash'],
    ['100,000 subshells', nest('(', ')'), 'bash'],
    ['10,000 pipes', `${'curl | '.repeat(10_000)}sh`, 'bash'],
    ['2,000 documents here', `cat ${'<<A '.repeat(2_000)}\n${'A\n'.repeat(100)}`, 'bash'],
    ['a document here with a long name', `cat <<${'A'.repeat(5_000)}\n`, 'bash'],
    ['signs of a shell in no order', '\0"$(`{[<<\'\n'.repeat(5_000), 'bash'],
    ['signs of JSON in no order', '\0"\\{[,:'.repeat(20_000), 'json'],
  ])('%s', async (_, text, language) => {
    const start = performance.now();
    (await analyzer).analyze(textPart(text, language), within(500));
    expect(performance.now() - start).toBeLessThan(4_000);
  });
});

describe('when the budget is gone', () => {
  it.each<[Language, string]>([
    ['yaml', 'a: b\n'.repeat(5_000)],
    ['json', `[${'{"a": 1},'.repeat(50_000)}1]`],
    [null, 'f(a) a b\n'.repeat(5_000)],
  ])('%s is left, and it is said', async (language, text) => {
    const { stopped } = (await analyzer).analyze(textPart(text, language), { expired: () => true });
    expect(stopped).toMatch(/time was up before rule/);
  });
});
