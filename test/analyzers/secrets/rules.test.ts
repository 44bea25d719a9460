/** The shipped rules against their samples: each rule file is its own proof, and the whole pack agrees on who reports what. */
import { describe, expect, test } from 'vitest';
import { checkSamples, parseSamples } from '#analyzers/secrets/samples.ts';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import { createShippedAnalyzer, FINGERPRINT_KEY, listRuleFiles } from './support.ts';

const pack = await createShippedAnalyzer();

describe.each(listRuleFiles())('$vendor', ({ rules, samples }) => {
  const proof = parseSamples(samples);

  test('holds for every sample', async () => {
    const analyzer = await createSecretsAnalyzer([rules], { fingerprintKey: FINGERPRINT_KEY });
    expect(analyzer.problems).toEqual([]);
    expect(proof.problems).toEqual([]);
    const failed = checkSamples(analyzer, proof.samples).filter((result) => !result.passed);
    expect(failed.map(({ sample, message }) => `${proof.path}:${sample.line}: ${message}`)).toEqual([]);
  });

  test('is the one to report its samples among all rules', () => {
    const positives = proof.samples.filter((sample) => sample.expected === 'match');
    const failed = checkSamples(pack, positives).filter((result) => !result.passed);
    expect(failed.map(({ sample, message }) => `${proof.path}:${sample.line}: ${message}`)).toEqual([]);
  });

  test('has two samples that match and three near misses for each rule', async () => {
    const analyzer = await createSecretsAnalyzer([rules], { fingerprintKey: FINGERPRINT_KEY });
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
  for (const { rules, samples } of listRuleFiles()) {
    for (const file of [rules, samples]) {
      const { matches } = pack.analyze(
        { path: 'x', kind: 'source', language: null, text: file.text, locate: () => ({ line: 1, column: 1 }) },
        { expired: () => false },
      );
      expect(matches.map((match) => [file.path, match.ruleId, match.excerpt])).toEqual([]);
    }
  }
});
