/** A bounded part of `npm run fuzz`: deep code for each analysis, and the same mutants of code and rules in every run. */
import { afterAll, describe, expect, it } from 'vitest';
import { ANALYSES, analysisRules } from '#scripts/fuzz/analyses.ts';
import { makeCase } from '#scripts/fuzz/cases.ts';
import { CONSTRUCTS } from '#scripts/fuzz/constructs.ts';
import { readCorpus } from '#scripts/fuzz/corpus.ts';
import { createRunner } from '#scripts/fuzz/runner.ts';
import { analyzerFor, NO_LIMIT, pythonPart, ruleText } from './find.ts';
import { within } from './text-part.ts';

const runner = createRunner();
afterAll(() => runner.close());

const RULES = analysisRules();
/** Milliseconds: short, so that the clock is looked at. */
const BUDGET_MS = 250;

it('every analysis has a rule that runs', async () => {
  const analyzer = await analyzerFor(RULES);
  expect(analyzer.rules.map(({ id }) => id)).toEqual(Object.keys(ANALYSES));
});

describe('constructs within themselves, for all analyses', () => {
  it.each(CONSTRUCTS.map((construct) => [construct.name, construct] as const))('%s', async (name, construct) => {
    const text = construct.write(construct.depth / 10);
    const { wrong } = await runner.run({ name, rules: RULES, language: 'python', text, budgetMs: BUDGET_MS });
    expect(wrong).toBeNull();
  });
});

describe('mutants', () => {
  const corpus = readCorpus(['rules/python', 'test/analyzers/sast']);
  it.each(Array.from({ length: 25 }, (_, number) => number))('case %i', async (number) => {
    const { wrong } = await runner.run({ ...makeCase(1, number, corpus), budgetMs: BUDGET_MS });
    expect(wrong).toBeNull();
  });
});

describe('what was found before time was up', () => {
  it('is told, and so is that there was more', async () => {
    const analyzer = await analyzerFor(ruleText('pattern: eval(...)'));
    const { matches, cut } = analyzer.analyze(pythonPart('eval(x)\n'.repeat(20_000)), NO_LIMIT);
    expect(matches).toHaveLength(5_000);
    expect(cut).toBe('only the first 5000 findings of probe');
  });

  it('is told where the budget ends in the midst of a rule', async () => {
    const analyzer = await analyzerFor(ruleText('pattern: <... eval($X) ...>'));
    const text = `eval(x)\ny = ${'f('.repeat(10_000)}1${')'.repeat(10_000)}\n`;
    const { matches, stopped } = analyzer.analyze(pythonPart(text), within(400));
    expect(matches.length).toBeGreaterThan(0);
    expect(stopped).toMatch(/stopped in rule probe/);
  });

  it('a message and a suggestion are no longer than people read', async () => {
    const analyzer = await analyzerFor(ruleText('pattern: f($X)\nmessage: found $X\nfix: g($X)'));
    const { matches } = analyzer.analyze(pythonPart(`f("${'a'.repeat(100_000)}")\nf(1)\n`), NO_LIMIT);
    expect(matches.map(({ message }) => message.length)).toEqual([2_007, 7]);
    expect(matches.map(({ fix }) => fix)).toEqual([undefined, 'g(1)']);
  });
});
