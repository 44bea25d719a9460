/** Judged findings, suppressions and rules for the tests of what comes after the baseline. */
import type { RuleInfo } from '#domain/rule.ts';
import type { Skipped, SkipReason } from '#domain/skipped.ts';
import type { Suppression } from '#domain/suppression.ts';
import type { JudgedFinding } from '#domain/verdict.ts';

type Change = Partial<Omit<JudgedFinding, 'location'>> & { location?: Partial<JudgedFinding['location']> };

export function finding(change: Change = {}): JudgedFinding {
  return {
    ruleId: 'torch-load-untrusted',
    analyzer: 'sast',
    severity: 'high',
    confidence: 'high',
    message:
      '`torch.load` unpickles the file, and a pickle can run any code on this machine. Pass `weights_only=True`, or store the weights as safetensors.',
    excerpt: 'torch.load(path)',
    scope: 'train',
    fingerprint: '5f1d0c3a9b7e4d2f8a6c',
    state: 'new',
    blocking: false,
    ...change,
    location: { path: 'train.py', startLine: 14, startColumn: 9, endLine: 14, endColumn: 25, ...change.location },
  };
}

export function suppression(change: Partial<Suppression> = {}): Suppression {
  return {
    ruleIds: ['torch-load-untrusted'],
    reason: 'weights come from our own bucket',
    until: '2027-01-31',
    location: { path: 'train.py', startLine: 13, startColumn: 1, endLine: 13, endColumn: 60 },
    coversFrom: 13,
    coversTo: 14,
    problem: null,
    ...change,
  };
}

export function rule(id: string, change: Partial<RuleInfo> = {}): RuleInfo {
  return {
    id,
    analyzer: 'sast',
    severity: 'high',
    confidence: 'high',
    message: `What \`${id}\` does is dangerous. Do something else.`,
    cwe: ['CWE-502: Deserialization of Untrusted Data'],
    references: ['https://docs.python.org/3/library/pickle.html'],
    source: `rules/python/${id}.yaml`,
    ...change,
  };
}

export function skipped(path: string, reason: SkipReason, detail = '', change: Partial<Skipped> = {}): Skipped {
  return { path, side: 'head', analyzer: null, reason, detail, ...change };
}
