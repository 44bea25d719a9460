/** What `assay test` prints: each rule that failed or was left out, with the lines, and the totals. */
import type { RuleProof } from '#domain/rule-proof.ts';
import { visible } from './escape.ts';

/** Lines with their ends; none for a rule that passed. */
export function proofLines({ rule_id, file, target, status, missing, unexpected, notes }: RuleProof): string[] {
  if (status === 'passed') return [];
  const place = visible(target ?? file);
  const details = [
    ...missing.map((line) => `${place}:${line}: not found`),
    ...unexpected.map((line) => `${place}:${line}: found, and not expected`),
    ...notes.map(visible),
  ];
  return [`${status}  ${visible(rule_id || file)}\n`, ...details.map((detail) => `        ${detail}\n`)];
}

export function proofTotals({ passed, failed, skipped }: { passed: number; failed: number; skipped: number }): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
