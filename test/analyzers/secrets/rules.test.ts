/** The shipped rules against their samples: each rule file is its own proof, and the whole pack agrees on who reports what. */
import { describe, expect, test } from 'vitest';
import { checkSamples, parseSamples, type Sample } from '#analyzers/secrets/samples/samples.ts';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import type { Analyzer } from '#domain/analyzer.ts';
import { FINGERPRINT_KEY, find, listRuleFiles } from './support.ts';

const files = listRuleFiles();
// Read like a team's, so that what does not compile is a problem at once.
const pack = await createSecretsAnalyzer(
  files.map(({ rules }) => rules),
  { fingerprintKey: FINGERPRINT_KEY },
);

describe.each(files)('$vendor', async ({ rules, samples }) => {
  const proof = parseSamples(samples);
  const analyzer = await createSecretsAnalyzer([rules], { fingerprintKey: FINGERPRINT_KEY });

  function failures(of: Analyzer, expected: Sample['expected'], seeds?: readonly number[]): string[] {
    const samples = proof.samples.filter((sample) => sample.expected === expected);
    const failed = checkSamples(of, samples, seeds).filter((result) => !result.passed);
    return failed.map(({ sample, message }) => `${proof.path}:${sample.line}: ${message}`);
  }

  test('is the one to report its samples among all rules', () => {
    expect(failures(pack, 'match', [1, 2, 3])).toEqual([]);
  });

  // By itself: among all rules a more specific one could hide that it matches.
  test('reports no near miss', () => {
    expect(analyzer.problems).toEqual([]);
    expect(proof.problems).toEqual([]);
    expect(failures(analyzer, 'no-match')).toEqual([]);
  });

  test('has two samples that match and three near misses for each rule', () => {
    for (const { id } of analyzer.rules) {
      const count = (expected: string) =>
        proof.samples.filter((sample) => sample.ruleId === id && sample.expected === expected).length;
      expect(count('match'), `${id}: must-match`).toBeGreaterThanOrEqual(2);
      expect(count('no-match'), `${id}: must-not-match`).toBeGreaterThanOrEqual(3);
    }
  });
});

test('every message says what to do, and every rule of a vendor names the page where the secret is revoked', () => {
  expect(pack.problems).toEqual([]);
  for (const { id, message } of pack.rules) {
    expect(message, id).toMatch(/[Rr]evoke|[Dd]elete|[Dd]eactivate|Replace|Sign out/);
    if (!/private-key|generic|installation|wandb-netrc|slack-token/.test(id)) expect(message, id).toMatch(/https:\/\//);
  }
});

test('ids are unique, and no file holds something that looks like a token itself', async () => {
  const ids = pack.rules.map((rule) => rule.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { rules, samples } of files) {
    for (const file of [rules, samples]) {
      const found = find(pack, file.text, { path: 'x' });
      expect(found.map((match) => [file.path, match.ruleId, match.excerpt])).toEqual([]);
    }
  }
});
