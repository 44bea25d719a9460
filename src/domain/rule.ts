/** What a rule says about itself: shown in reviews, in SARIF and by `assay rules`. */
import { z } from 'zod';
import { Confidence, Severity } from './severity.ts';

/** A package of the repository's environment, and the versions of it that a rule is about. */
export const VersionCondition = z.object({
  package: z.string(),
  /** PEP 440, such as `<2.6`. */
  version: z.string(),
  /** Whether a finding stands where nothing tells the version: a rule about a certain old version says no. */
  unknown: z.enum(['report', 'skip']),
});
export type VersionCondition = z.infer<typeof VersionCondition>;

export const RuleInfo = z.object({
  id: z.string(),
  analyzer: z.string(),
  severity: Severity,
  confidence: Confidence,
  /** What, why, and what to do instead; may hold the rule's metavariables. */
  message: z.string(),
  cwe: z.array(z.string()),
  references: z.array(z.string()),
  /** The page on which a secret of this kind is revoked. */
  revoke: z.url().optional(),
  /** Set when findings count only under certain versions of a package. */
  requires: VersionCondition.optional(),
  /** Rules that say less of the same line: where this one finds something, they are not heard. */
  insteadOf: z.array(z.string()).optional(),
  /** The file that the rule stands in. */
  source: z.string(),
});
export type RuleInfo = z.infer<typeof RuleInfo>;

/** True for a rule that knows a secret by its looks alone, as Gitleaks names them: it gives way to a vendor's own. */
export function isGeneric(ruleId: string): boolean {
  return /generic/i.test(ruleId);
}

/** A rule file as text. `path` is for messages and need not exist. */
export interface RuleFile {
  readonly path: string;
  readonly text: string;
  /** True for the files that Assay ships: tests hold them right, so that their parts need not be compiled before they are asked for. */
  readonly shipped?: boolean;
}

/** A place in a rule file that cannot be used; the other rules run. Line and column count from 1. */
export interface RuleProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly ruleId: string | null;
  /** `invalid` is the author's mistake; `unsupported` is valid in its language, and not known here; `doubtful` runs, and is hardly what was meant. */
  readonly kind: 'invalid' | 'unsupported' | 'doubtful';
  readonly message: string;
}

/** What became of a set of rule files. */
export interface RulesReport {
  readonly rules: readonly RuleInfo[];
  readonly problems: readonly RuleProblem[];
}
