/** Proofs of rules that were not put to the proof, whichever kind of rule they are. */
import type { RuleFile, RuleProblem } from '#domain/rule.ts';
import type { RuleProof } from '#domain/rule-proof.ts';

export function fromProblem(file: RuleFile, { path, line, column, ruleId, kind, message }: RuleProblem): RuleProof {
  const status = kind === 'invalid' ? 'failed' : 'skipped';
  const notes = [`${path}:${line}:${column}: ${kind}: ${message}`];
  return { rule_id: ruleId ?? '', file: file.path, target: null, status, missing: [], unexpected: [], notes };
}

export function skippedProof(file: RuleFile, ruleId: string, why: string, target: string | null = null): RuleProof {
  return { rule_id: ruleId, file: file.path, target, status: 'skipped', missing: [], unexpected: [], notes: [why] };
}
