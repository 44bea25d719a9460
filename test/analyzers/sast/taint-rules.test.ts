/** What a taint rule may say, what a finding of one carries, and that no input makes it hang. */
import { describe, expect, it } from 'vitest';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { readRequirement } from '#analyzers/sast/taint/requirement.ts';
import { inspect } from '#inspection/inspect.ts';
import { notebook } from '#test/support/ml-files.ts';
import { analyze, analyzerFor, lineAt, NO_LIMIT, pythonPart, ruleText } from './find.ts';

const RULE = `mode: taint
pattern-sources:
  - pattern: source(...)
pattern-sinks:
  - pattern: sink(...)`;

describe('a finding of a taint rule', () => {
  it('carries the way from the source over the variables to the sink', async () => {
    const text = 'def f():\n    a = source()\n    b.c = foo(a)\n    sink(1, b)\n';
    const { matches } = await analyze(RULE, text);
    const [way] = matches.map(({ trace }) => trace!.map(({ start, end }) => text.slice(start, end)));
    expect(way).toEqual(['source()', 'a', 'b.c', 'sink(1, b)']);
  });

  it('has one way for each source that reaches it', async () => {
    const { matches } = await analyze(
      `message: from $X\n${RULE.replace('source(...)', 'source($X)')}`,
      'sink(source(1), source(2))\n',
    );
    expect(matches.map(({ message }) => message)).toEqual(['from 1', 'from 2']);
  });

  it('keeps a way of any length short', async () => {
    const steps = Array.from({ length: 500 }, (_, i) => `x${i + 1} = x${i}\n`).join('');
    const { matches } = await analyze(RULE, `x0 = source()\n${steps}sink(x500)\n`);
    expect(matches[0]!.trace!.length).toBeLessThan(30);
  });

  it('places its way in a notebook', async () => {
    const text = notebook([{ code: 'x = source()' }, { code: 'y = 1\nsink(x)', execution: 4 }]);
    const task = { path: 'n.ipynb', side: 'head' as const, bytes: Buffer.from(text), now: 0 };
    const { findings } = inspect(task, [await analyzerFor(ruleText(RULE))], 1_000);
    expect(findings[0]!.trace!.map(({ cell }) => [cell!.number, cell!.line])).toEqual([
      [1, 1],
      [1, 1],
      [2, 2],
    ]);
  });
});

describe('a taint rule that is wrong', () => {
  const problemOf = async (body: string) => {
    const { problems } = await createSastAnalyzer([{ path: 'r.yaml', text: ruleText(body) }]);
    return problems.map(({ line, message }) => `${line}: ${message}`);
  };

  it.each([
    ['mode: taint\npattern-sinks:\n  - pattern: a', /`pattern-sources` must list at least one/],
    [
      'mode: taint\npattern-sources: []\npattern-sinks:\n  - pattern: a',
      /^7: `pattern-sources` must list at least one/,
    ],
    [`${RULE}\npattern-propagators:\n  - {pattern: "$A.b($C)", from: $C}`, /^12: `from` and `to` must name/],
    [RULE.replace('sink(...)', 'sink(...)\n    requires: A and'), /^11: not a condition on labels: A and/],
    [RULE.replace('sink(...)', 'sink(...)\n    exact: perhaps'), /^11: `exact` is true or false/],
    [RULE.replace('sink(...)', 'sink(\n'), /./],
  ])('says where: %s', async (body, expected) => {
    const problems = await problemOf(body);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });
});

describe('a condition on labels', () => {
  it.each([
    ['A', 'A', true],
    ['A and B', 'A', false],
    ['A or B', 'B', true],
    ['A and not B', 'A', true],
    ['not (A or B)', 'B', false],
    ['A or B and C', 'A', true],
    ['(A or B) and C', 'A', false],
    ['True', '', true],
  ])('%s holds for %s: %s', (text, labels, expected) => {
    expect(readRequirement(text)!((label) => labels.includes(label))).toBe(expected);
  });

  it.each(['', 'A B', '(A', 'and', 'A &', `${'('.repeat(10_000)}A`, 'not '.repeat(10_000)])('is none: %s', (text) => {
    expect(readRequirement(text)).toBeNull();
  });
});

describe('code that is deep, long or repeats', () => {
  const DEPTH = 10_000;
  const indented = (heads: number, head: (i: number) => string, last: string) =>
    `${Array.from({ length: heads }, (_, i) => ' '.repeat(i) + head(i)).join('\n')}\n${' '.repeat(heads)}${last}\n`;

  it.each<[string, string]>([
    ['10,000 terms', `sink(${'a + '.repeat(DEPTH)}source())`],
    ['10,000 calls', `sink(${'f('.repeat(DEPTH)}source()${')'.repeat(DEPTH)})`],
    ['10,000 brackets', `x = ${'['.repeat(DEPTH)}source()${']'.repeat(DEPTH)}\nsink(x)`],
    ['10,000 attributes', `x = source()\nsink(x${'.a'.repeat(DEPTH)})`],
    ['10,000 conditions', `x = source()\nsink(${'a if b else '.repeat(DEPTH)}x)`],
    ['10,000 branches', `if a:\n  x = source()\n${'elif b:\n  y = 1\n'.repeat(DEPTH)}sink(x)`],
    ['10,000 targets', `${'a = '.repeat(DEPTH)}source()\nsink(a)`],
    ['2,000 lambdas', `x = source()\n${'lambda a: '.repeat(2_000)}sink(x)`],
    ['a lambda that calls itself', 'x = source(); f = lambda: [f(), sink(x)]; f()'],
    ['90 loops in one another', indented(90, (i) => `while v${i + 1}:`, 'v0 = source(); sink(v0)')],
  ])('%s', async (_, text) => {
    const { matches } = await analyze(RULE, text);
    expect(matches.map(({ start }) => lineAt(text, start))).toEqual([text.trimEnd().split('\n').length]);
  });

  it.each<[string, string]>([
    [
      '10,000 attributes that are assigned',
      `x${'.a'.repeat(DEPTH)} = source()\nx${'[0]'.repeat(DEPTH)} = source()\nsink(x)`,
    ],
    ['everything is a source and a sink', `${'x = f(x)\n'.repeat(200)}${'['.repeat(DEPTH)}x${']'.repeat(DEPTH)}`],
  ])('ends: %s', async (_, text) => {
    const analyzer = await analyzerFor(
      ruleText(RULE),
      ruleText('id: all\nmode: taint\npattern-sources: [{pattern: $X}]\npattern-sinks: [{pattern: $Y, exact: false}]'),
    );
    expect(analyzer.analyze(pythonPart(text), NO_LIMIT).syntaxError).toBeUndefined();
  });
});
