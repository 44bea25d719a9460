/** Holds a rule file against the proof beside it: an annotated target for code, templates for secrets. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { checkAnnotations, readAnnotations } from '#analyzers/sast/rule-test.ts';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { checkSamples, parseSamples } from '#analyzers/secrets/samples.ts';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import type { Analyzer } from '#domain/analyzer.ts';
import type { RuleFile, RuleProblem } from '#domain/rule.ts';
import type { RuleProof } from '#domain/rule-proof.ts';
import { unpack } from '#unpack/unpack.ts';

/** `path` is where the file stands on disk. */
export function proveRuleFile(path: string): Promise<RuleProof[]> {
  const file = { path, text: readFileSync(path, 'utf8') };
  return path.endsWith('.toml') ? proveSecrets(file) : proveCode(file);
}

async function proveCode(file: RuleFile): Promise<RuleProof[]> {
  const analyzer = await createSastAnalyzer([file]);
  const left = analyzer.problems.map((problem) => fromProblem(file, problem));
  const target = findTargets(file.path)[0];
  const ruleIds = analyzer.rules.map(({ id }) => id);
  if (target === undefined) return [...left, ...ruleIds.map((id) => skipped(file, id, 'no target beside it'))];
  const bytes = readFileSync(target);
  const { annotations, ignored } = readAnnotations(bytes.toString('utf8'));
  const findings = findLines(analyzer, target, bytes);
  const checks = checkAnnotations({ ruleIds, annotations, findings, ignored });
  return [
    ...left,
    ...checks.map(({ ruleId, passed, positives, negatives, missing, unexpected }): RuleProof => {
      const status = passed ? (positives + negatives === 0 ? 'skipped' : 'passed') : 'failed';
      const notes = status === 'skipped' ? ['its target has no annotation for it'] : [];
      return { rule_id: ruleId, file: file.path, target, status, missing, unexpected, notes };
    }),
  ];
}

/** Files of the same name with another ending: `rule.py` or `rule.test.py` beside `rule.yaml`. */
function findTargets(path: string): string[] {
  const stem = basename(path, extname(path));
  const names = readdirSync(dirname(path)).filter((name) => {
    const ending = name.slice(stem.length);
    return name.startsWith(`${stem}.`) && /^(?:\.test)?\.(?:py|pyi|ipynb)$/.test(ending);
  });
  return names.sort().map((name) => join(dirname(path), name));
}

function findLines(analyzer: Analyzer, target: string, bytes: Uint8Array): { ruleId: string; line: number }[] {
  const budget = { expired: () => false };
  return unpack(target, bytes)
    .parts.filter((part) => analyzer.accepts(part))
    .flatMap((part) =>
      analyzer.analyze(part, budget).matches.map(({ ruleId, start }) => ({ ruleId, line: part.locate(start).line })),
    );
}

async function proveSecrets(file: RuleFile): Promise<RuleProof[]> {
  const analyzer = await createSecretsAnalyzer([file], { fingerprintKey: '' });
  const left = analyzer.problems.map((problem) => fromProblem(file, problem));
  const target = file.path.replace(/\.toml$/, '.samples.yaml');
  const ruleIds = analyzer.rules.map(({ id }) => id);
  if (!existsSync(target)) return [...left, ...ruleIds.map((id) => skipped(file, id, 'no samples beside it'))];
  const { samples, problems } = parseSamples({ path: target, text: readFileSync(target, 'utf8') });
  const results = checkSamples(analyzer, samples);
  return [
    ...left,
    ...problems.map((problem) => fromProblem(file, problem)),
    ...ruleIds.map((id): RuleProof => {
      const own = results.filter(({ sample }) => sample.ruleId === id);
      if (own.length === 0) return skipped(file, id, 'no samples for it');
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

function fromProblem(file: RuleFile, { path, line, column, ruleId, kind, message }: RuleProblem): RuleProof {
  const status = kind === 'invalid' ? 'failed' : 'skipped';
  const notes = [`${path}:${line}:${column}: ${kind}: ${message}`];
  return { rule_id: ruleId ?? '', file: file.path, target: null, status, missing: [], unexpected: [], notes };
}

function skipped(file: RuleFile, ruleId: string, why: string): RuleProof {
  return {
    rule_id: ruleId,
    file: file.path,
    target: null,
    status: 'skipped',
    missing: [],
    unexpected: [],
    notes: [why],
  };
}
