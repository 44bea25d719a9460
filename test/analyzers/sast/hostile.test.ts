/** No input hangs or crashes the analyzer: depth, length, repetition, and rules that multiply. */
import { describe, expect, it } from 'vitest';
import { BUILT_IN_RULES, readRulebook } from '#analyzers/rulebook.ts';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { analyzerFor, NO_LIMIT, pythonPart, ruleText } from './find.ts';

const DEPTH = 100_000;
const nest = (open: string, close: string, depth = DEPTH, inner = 'x') =>
  open.repeat(depth) + inner + close.repeat(depth);
const indented = (line: string, depth: number, last: string) =>
  [...Array.from({ length: depth }, (_, i) => ' '.repeat(i) + line), ' '.repeat(depth) + last].join('\n');

const builtIn = createSastAnalyzer(readRulebook({ paths: [BUILT_IN_RULES] }).code);

/** The same numbers in every run. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 0x7fffffff;
    return state;
  };
}

/** A budget that ends after so many milliseconds. */
function within(ms: number) {
  const end = performance.now() + ms;
  return { expired: () => performance.now() > end };
}

describe('deep and long code', () => {
  it.each<[string, string]>([
    ['100,000 open parentheses', `eval(a)\n${'('.repeat(DEPTH)}`],
    ['100,000 closed ones', `eval(${nest('(', ')')})`],
    ['100,000 brackets', `eval(${nest('[', ']')})`],
    ['100,000 calls', `eval(${nest('f(', ')')})`],
    ['100,000 terms', `eval(${'a + '.repeat(DEPTH)}b)`],
    ['100,000 strings to fold', `x = ${'"a" + '.repeat(DEPTH)}b\neval(x)`],
    ['100,000 attributes', `eval(x${'.a'.repeat(DEPTH)})`],
    ['100,000 negations', `eval(${'not '.repeat(DEPTH)}x)`],
    ['20,000 lambdas', `eval(${'lambda a: '.repeat(20_000)}a)`],
    ['10,000 comprehensions', `eval(${nest('[x for x in ', ']', 10_000)})`],
    ['20,000 branches', `if a: eval(x)\n${'elif b: f()\n'.repeat(20_000)}`],
    ['20,000 targets', `${'a = '.repeat(20_000)}eval(x)`],
    ['1,000 blocks', indented('if a:', 1_000, 'eval(x)')],
    ['500 functions', indented('def f(a):', 500, 'eval(a)')],
    ['2,000 star imports', `${'from a import *\n'.repeat(2_000)}eval(x)\n`],
  ])('%s', async (_, text) => {
    const { matches } = (await builtIn).analyze(pythonPart(text), NO_LIMIT);
    expect(matches.filter(({ ruleId }) => ruleId === 'eval-exec-dynamic')).toHaveLength(1);
  });

  it('2 MB of code', async () => {
    const unit = 'def f(a, b=1):\n    x = torch.load(a, map_location="cpu")\n    return x + eval(b)\n';
    const text = `import torch\n${unit.repeat(Math.ceil(2_000_000 / unit.length))}`;
    const { matches } = (await builtIn).analyze(pythonPart(text), NO_LIMIT);
    expect(matches.length).toBeGreaterThan(5_000);
  });

  it('a line of 2 MB', async () => {
    const { matches } = (await builtIn).analyze(pythonPart(`x = eval("${'a'.repeat(2_000_000)}" + y)`), NO_LIMIT);
    expect(matches).toHaveLength(1);
    expect(matches[0]!.identity.length).toBeLessThan(100_000);
  });

  it('bytes that are no Python at all', async () => {
    const signs = [
      'eval',
      '(',
      ')',
      ']',
      '}',
      ':',
      ',',
      '=',
      'def ',
      'class ',
      "'",
      '"',
      '\\',
      '\n',
      '\t',
      '\0',
      'ä',
      '\ud800',
    ];
    const random = lehmer(7);
    const text = Array.from({ length: 200_000 }, () => signs[random() % signs.length]);
    const { syntaxError } = (await builtIn).analyze(pythonPart(text.join('')), within(5_000));
    expect(syntaxError).toMatch(/^syntax error at line \d+$/);
  });
});

describe('rules that could multiply', () => {
  it.each<[string, string, string]>([
    ['many ellipses', `f(${'..., a, '.repeat(12)}..., b)`, `f(${'a, '.repeat(2_000)}c)`],
    ['many ellipses in a list', `[${'..., $X, '.repeat(6)}...]`, `[${'a, b, '.repeat(300)}c]`],
    ['keywords of any name', 'f(..., $A=$B, ..., $C=$D, ..., $E=$F, ...)', `f(${'a=1, '.repeat(300)}b=2)`],
    ['entries in any order', '{$A: $B, $C: $D, $E: $F, ...}', `{${Array.from({ length: 300 }, (_, i) => `${i}: 1`)}}`],
    ['deep in deep', 'f(<... g(<... $X == $X ...>) ...>)', `f(${nest('g(', ')', 2_000, 'a == b')})`],
    ['a chain with gaps', '$X. ... .a. ... .b', `x${'.a()'.repeat(5_000)}.c`],
  ])('%s', async (_, pattern, text) => {
    const analyzer = await analyzerFor(ruleText(`pattern: '${pattern}'`));
    const start = performance.now();
    analyzer.analyze(pythonPart(text), within(3_000));
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('a call of 150,000 arguments', async () => {
    const text = `f(${'a,'.repeat(150_000)}trust_remote_code=True)`;
    const { matches } = (await builtIn).analyze(pythonPart(text), within(5_000));
    expect(matches.map(({ ruleId }) => ruleId)).toEqual(['trust-remote-code']);
  });

  it('statements with gaps stop when the budget ends', async () => {
    const body = 'pattern: |\n  $X = f()\n  ...\n  $Y = g()\n  ...\n  h($X, $Y)\n  ...\n  h($Y, $X)';
    const analyzer = await analyzerFor(ruleText(body));
    const start = performance.now();
    analyzer.analyze(pythonPart('x = f()\ny = g()\nh(x, y)\n'.repeat(5_000)), within(500));
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('an expression that would take for ever elsewhere', async () => {
    const analyzer = await analyzerFor(ruleText('pattern: f("=~/^(a+)+$/")'));
    const { matches } = analyzer.analyze(pythonPart(`f("${'a'.repeat(20_000)}!")\nf("aaa")\n`), NO_LIMIT);
    expect(matches).toHaveLength(1);
  });

  it('a parse stops when the budget is gone', async () => {
    const { matches } = (await builtIn).analyze(pythonPart('eval(x)\n'.repeat(200_000)), { expired: () => true });
    expect(matches).toEqual([]);
    expect((await builtIn).analyze(pythonPart('eval(x)\n'), NO_LIMIT).matches).toHaveLength(1);
  });
});
