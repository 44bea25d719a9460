/** What the review concludes, and everything that a publisher may show. */
import { z } from 'zod';
import { Finding } from './finding.ts';
import { Location } from './location.ts';
import { RuleInfo } from './rule.ts';
import { Skipped } from './skipped.ts';
import { Suppression } from './suppression.ts';

/** `history`: a secret that a commit of the change brought, and that neither its base nor its head has. */
export const FINDING_STATES = ['new', 'known', 'fixed', 'suppressed', 'history'] as const;

/** `blocking` is only ever true for a new finding, and for one in the history. `suppression` is set when the state is `suppressed`. */
export const JudgedFinding = Finding.extend({
  state: z.enum(FINDING_STATES),
  blocking: z.boolean(),
  suppression: Suppression.optional(),
  /** Where the same secret stands besides, in the same state. */
  locations: z.array(Location).optional(),
  /** Where a new place's secret stood before this change, and still stands. */
  knownAt: z.array(Location).optional(),
});
export type JudgedFinding = z.infer<typeof JudgedFinding>;

export const Coverage = z.object({
  /** Changed files of which at least one analyzer read the head side. */
  analysed: z.number().int(),
  changed: z.number().int(),
  skipped: z.array(Skipped),
});
export type Coverage = z.infer<typeof Coverage>;

export const CONCLUSIONS = ['success', 'failure', 'neutral'] as const;

export const Verdict = z.object({
  conclusion: z.enum(CONCLUSIONS),
  blocking: z.array(JudgedFinding),
  advisory: z.array(JudgedFinding),
  known: z.array(JudgedFinding),
  fixed: z.array(JudgedFinding),
  suppressed: z.array(JudgedFinding),
  /** Suppressions that this change adds, whether they count or not. */
  addedSuppressions: z.array(Suppression),
  coverage: Coverage,
  /** True when something that should have been read was not, or the policy file is broken. */
  incomplete: z.boolean(),
  /** Sentences that a reader must see: a broken policy, a dropped weakening, a policy that this change edits. */
  notes: z.array(z.string()),
  rules: z.array(RuleInfo),
});
export type Verdict = z.infer<typeof Verdict>;
