/** The words that wake a shipped rule: whatever the rule could match holds one of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BUILT_IN_RULES, listRuleFiles } from '#analyzers/rulebook.ts';
import { loadLanguages } from '#analyzers/sast/language/languages.ts';
import { DEFAULT_OPTIONS } from '#analyzers/sast/options.ts';
import { isMet, wordsOfNeed } from '#analyzers/sast/rule/formula.ts';
import { hintOf } from '#analyzers/sast/rule/hint.ts';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { NO_LIMIT, pythonPart, ruleText } from './find.ts';

const isMetBy = (rule: Record<string, unknown>, ...words: string[]) =>
  isMet(hintOf(rule), (word) => words.includes(word));

describe('a hint', () => {
  it('asks for a name of the pattern', () => {
    expect(isMetBy({ pattern: 'torch.load($PATH, ...)' }, 'load')).toBe(true);
    expect(isMetBy({ pattern: 'torch.load($PATH, ...)' }, 'PATH', 'print')).toBe(false);
  });

  it('asks for nothing where the pattern has no name', () => {
    expect(isMetBy({ pattern: '$X == $X' })).toBe(true);
    expect(isMetBy({ pattern: 'if $X:\n  return True' })).toBe(true);
    expect(isMetBy({ pattern: '{"role": "system", ...}' })).toBe(true);
    expect(isMetBy({ 'pattern-regex': 'eval' })).toBe(true);
    expect(isMetBy({ match: 'eval(...)' })).toBe(true);
  });

  it('asks of each part of the rule what that part needs', () => {
    const either = { 'pattern-either': [{ pattern: 'eval(...)' }, { pattern: 'exec(...)' }] };
    expect(isMetBy(either, 'exec')).toBe(true);
    const both = { patterns: [either, { 'pattern-inside': 'def run(): ...' }, { 'pattern-not': 'eval(0)' }] };
    expect(isMetBy(both, 'exec')).toBe(false);
    expect(isMetBy(both, 'exec', 'run')).toBe(true);
    const taint = { mode: 'taint', 'pattern-sources': [{ pattern: 'input()' }], 'pattern-sinks': [{ pattern: 'f()' }] };
    expect(isMetBy(taint, 'input')).toBe(false);
    expect(isMetBy(taint, 'input', 'f')).toBe(true);
  });
});

it('of every shipped pattern that needs a word, one such word is in the hint', async () => {
  const python = (await loadLanguages()).get('python')!;
  const patterns = new Set<string>();
  const collect = (value: unknown, key: string): void => {
    if (typeof value === 'string' && /^pattern(?!-regex)/.test(key)) patterns.add(value);
    if (Array.isArray(value)) for (const item of value) collect(item, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) collect(item, name);
  };
  for (const name of listRuleFiles(BUILT_IN_RULES).filter((file) => /\.ya?ml$/.test(file)))
    collect(parse(readFileSync(join(BUILT_IN_RULES, name), 'utf8')), '');
  expect(patterns.size).toBeGreaterThan(1_000);
  for (const pattern of patterns) {
    const hint = wordsOfNeed(hintOf({ pattern }));
    const read = python.readPattern(pattern, DEFAULT_OPTIONS);
    if (hint.length === 0 || 'line' in read) continue;
    const needed = read.pattern.words.map((word) => word.replace('(', ''));
    expect(
      needed.some((word) => hint.includes(word)),
      pattern,
    ).toBe(true);
  }
});

describe('a shipped rule', () => {
  const analyzerFor = (text: string) => createSastAnalyzer([{ path: 'rules/r.yaml', text, shipped: true }]);

  it('finds what it finds, in the text that wakes it and in later ones', async () => {
    const analyzer = await analyzerFor(ruleText('pattern: eval($X)'));
    const found = (text: string) => analyzer.analyze(pythonPart(text), NO_LIMIT).matches.length;
    expect([found('print(1)'), found('eval(a)'), found('x = eval(b)\neval(c)')]).toEqual([0, 1, 2]);
  });

  it('says where it is wrong, loudly, when it is woken', async () => {
    const analyzer = await analyzerFor(ruleText('pattern: eval(('));
    expect(analyzer.problems).toEqual([]);
    expect(() => analyzer.analyze(pythonPart('eval(a)'), NO_LIMIT)).toThrow(
      /^rules\/r\.yaml:\d+:\d+: .*not valid Python/,
    );
  });
});
