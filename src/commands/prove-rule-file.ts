/** Holds a rule file against the proof beside it: an annotated target for code, templates for secrets. */
import { existsSync, readFileSync } from 'node:fs';
import { checkSamples, parseSamples } from '#analyzers/secrets/samples/samples.ts';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import type { RuleFile } from '#domain/rule.ts';
import type { RuleProof } from '#domain/rule-proof.ts';
import { fromProblem, skippedProof } from './proof.ts';
import { proveCodeRules } from './prove-code-rules.ts';

/** `path` is where the file stands on disk. */
export function proveRuleFile(path: string): Promise<RuleProof[]> {
  const file = { path, text: readFileSync(path, 'utf8') };
  return path.endsWith('.toml') ? proveSecrets(file) : proveCodeRules(file);
}

async function proveSecrets(file: RuleFile): Promise<RuleProof[]> {
  const analyzer = await createSecretsAnalyzer([file], { fingerprintKey: '' });
  const left = analyzer.problems.map((problem) => fromProblem(file, problem));
  const target = file.path.replace(/\.toml$/, '.samples.yaml');
  const ruleIds = analyzer.rules.map(({ id }) => id);
  if (!existsSync(target)) return [...left, ...ruleIds.map((id) => skippedProof(file, id, 'no samples beside it'))];
  const { samples, problems } = parseSamples({ path: target, text: readFileSync(target, 'utf8') });
  const results = checkSamples(analyzer, samples);
  return [
    ...left,
    ...problems.map((problem) => fromProblem(file, problem)),
    ...ruleIds.map((id): RuleProof => {
      const own = results.filter(({ sample }) => sample.ruleId === id);
      if (own.length === 0) return skippedProof(file, id, 'no samples for it');
      const failed = own.filter(({ passed }) => !passed);
      const missing = failed.filter(({ sample }) => sample.expected === 'match').map(({ sample }) => sample.line);
      const unexpected = failed.filter(({ sample }) => sample.expected !== 'match').map(({ sample }) => sample.line);
      const status = failed.length === 0 ? 'passed' : 'failed';
      return {
        rule_id: id,
        file: file.path,
        target,
        status,
        missing,
        unexpected,
        notes: failed.map(({ message }) => message),
      };
    }),
  ];
}
