/** The quick reader of shipped rules: it says what the parser of all YAML says, or that it does not know. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { BUILT_IN_RULES, listRuleFiles } from '#analyzers/rulebook.ts';
import { readPlainYaml } from '#analyzers/sast/rule/plain-yaml.ts';

const texts = listRuleFiles(BUILT_IN_RULES)
  .filter((name) => /\.ya?ml$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(BUILT_IN_RULES, name), 'utf8') }));

const parse = (text: string): unknown => parseDocument(text).toJS();

it('reads the shipped rules, hardly any of which is not plain, as the parser does', () => {
  const read = texts.map(({ name, text }) => ({ name, text, plain: readPlainYaml(text) }));
  for (const { name, text, plain } of read) if (plain !== undefined) expect(plain.value, name).toEqual(parse(text));
  expect(read.filter(({ plain }) => plain === undefined).length).toBeLessThan(texts.length / 20);
});

describe('reads', () => {
  it.each([
    'a: 1\nb: true\nc: text with:colon-like\nd: x',
    'a: "q\\n\\"x\\""\nb: \'it\'\'s\'\nc: []\nd: {}\ne: [a b, "c, d", 3]\nf: {k: [v, w], l: {m: n}}',
    'a: |\n  one\n\n    two\n  three\nb: >-\n  one\n  two\n\n  three\nc: |-\n  x\n\n\nd: >\n  e\n',
    '# comment\nlist:\n- a: 1\n  b:\n    - c\n    -   d: e\n        f: g\n- |\n  text # no comment\n- last\n',
    'a:   spaced   \nb: (x|y)\nc: ^[a-z]+$\nd: .*\ne: <... $X ...>\nf: $A\n',
  ])('%j', (text) => {
    expect(readPlainYaml(text)).toEqual({ value: parse(text) });
  });
});

describe('leaves to the parser', () => {
  it.each([
    ...['a: &x 1', 'a: *x', 'a: !tag x', 'a: b: c', 'a: 1.5', 'a: 0x1f', 'a: 012', 'a: null', 'a: ~', 'a: .inf', '? a'],
    ...[
      'a: one\n  two',
      'a: "one\n  two"',
      'a: [b,\n  c]',
      'a: {b: c',
      'a: b\na: c',
      '<<: x',
      'a: >-\n  b\n    c\n  d',
    ],
    ...['a: |2\n   b', 'a: |+\n  b\n\n', '---\na: b', 'a:\tb', 'a: "\\x41"', 'a: b\n c: d', '- a\nb: c', 'a: @b', ''],
    ...[
      'a: %b',
      'a: yes',
      'a: [b c: d]',
      'a: {b: c, b: d}',
      'a: |\n\n  b',
      'a:\n',
      'a: "b" c',
      'a: b # c',
      'a: b\r\nc: d\r\n',
    ],
  ])('%j', (text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });
});

it('never says anything else of a rule with a mistake in it', () => {
  const signs = ['\n', ' ', ':', '- ', '"', "'", '#', '[', '}', '|', '&', '\t', ',', 'x'];
  for (const [i, { text }] of texts.slice(0, 40).entries()) {
    for (let round = 0; round < 10; round++) {
      const at = (i * 7_919 + round * 104_729) % text.length;
      const broken = text.slice(0, at) + signs[(i + round) % signs.length] + text.slice(at + (round % 2));
      const read = readPlainYaml(broken);
      const document = parseDocument(broken);
      if (read !== undefined && document.errors.length === 0) expect(read.value, broken).toEqual(document.toJS());
    }
  }
});
