/** How a rule fares against the proof beside it: an annotated target for code, templates for secrets. */

export interface RuleProof {
  readonly rule_id: string;
  readonly file: string;
  /** The proof; null where there is none. */
  readonly target: string | null;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Lines of the target where a finding was promised and there is none. */
  readonly missing: readonly number[];
  /** Lines of the target where there is a finding that nothing promised. */
  readonly unexpected: readonly number[];
  /** What else is to be said: why it was skipped, which sample failed. */
  readonly notes: readonly string[];
}
