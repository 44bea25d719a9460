/** What rules share, and what a rule asks early, changes nothing of what is found. */
import { describe, expect, it } from 'vitest';
import { analyzerFor, lineAt, linesFound, NO_LIMIT, pythonPart, ruleText } from './find.ts';

async function foundBy(rules: readonly (readonly [id: string, body: string])[], text: string): Promise<string[]> {
  const analyzer = await analyzerFor(...rules.map(([id, body]) => ruleText(body, { id })));
  const { matches } = analyzer.analyze(pythonPart(text), NO_LIMIT);
  return matches.map(({ ruleId, start }) => `${ruleId} ${lineAt(text, start)}`).sort();
}

describe('rules with the same pattern', () => {
  const text = 'load(a)\nx = "b"\nload(x)\nload("b")\n';

  it('are found each by itself', async () => {
    const narrowed = 'patterns:\n  - pattern: load($X)\n  - pattern-not: load("b")';
    const rules = [
      ['all', 'pattern: load($X)'],
      ['again', 'pattern: load($X)'],
      ['few', narrowed],
    ] as const;
    const all = ['1', '3', '4'];
    expect(await foundBy(rules, text)).toEqual([
      ...all.map((line) => `again ${line}`),
      ...all.map((line) => `all ${line}`),
      'few 1',
    ]);
  });

  it('are matched in the ways of their own options', async () => {
    const rules = [
      ['with', 'pattern: load("b")'],
      ['without', 'pattern: load("b")\noptions: {constant_propagation: false}'],
    ] as const;
    expect(await foundBy(rules, text)).toEqual(['with 3', 'with 4', 'without 4']);
  });
});

describe('conditions on a pattern of several statements', () => {
  const sequence = ['patterns:', '  - pattern: |', '      $X = $LOAD($P)', '      ...', '      $CHECK($P)'];
  const where = (...conditions: readonly string[]) => [...sequence, ...conditions].join('\n');
  const text =
    'import torch as t\n' +
    'def f(p):\n    a = t.load(p)\n    show(p)\n    verify(p)\n' +
    'def g(p):\n    a = open(p)\n    verify(p)\n';

  it('choose among the statements', async () => {
    const named = '  - metavariable-regex: {metavariable: $CHECK, regex: ^verify$}';
    expect(await linesFound(where(named), text)).toEqual([3, 7]);
  });

  it('look into what was bound', async () => {
    const loads = '  - metavariable-pattern: {metavariable: $LOAD, pattern: torch.load}';
    expect(await linesFound(where(loads), text)).toEqual([3]);
  });

  it('see what another metavariable stands for', async () => {
    const same = '  - metavariable-pattern: {metavariable: $LOAD, pattern: $M.load}';
    expect(await linesFound(where(same), text)).toEqual([3]);
  });
});

it('a metavariable is looked into wherever it stands', async () => {
  const body =
    'patterns:\n  - pattern: run($X)\n  - metavariable-pattern: {metavariable: $X, pattern: <... input(...) ...>}';
  expect(await linesFound(body, 'run(a)\nrun([(input())])\ninput()\nrun(lambda: f(input()))\n')).toEqual([2, 4]);
});

it('a file without the words of an inner pattern has nothing', async () => {
  const body = 'patterns:\n  - pattern: $F($X)\n  - metavariable-pattern: {metavariable: $X, pattern: secret.key}';
  expect(await linesFound(body, 'f(secret.key)\n')).toEqual([1]);
  expect(await linesFound(body, 'f(public.key)\n')).toEqual([]);
  expect(await linesFound(body, 'from secret import key as k\nf(k)\n')).toEqual([2]);
});
