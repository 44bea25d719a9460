/** A person's word, written in the code, that a finding is accepted: with a reason and a last day. */
import { z } from 'zod';
import { Location } from './location.ts';

/** `refused`: it is sound, but the policy does not let a change bring its own. */
export const SUPPRESSION_PROBLEMS = ['no-reason', 'no-date', 'bad-date', 'expired', 'refused'] as const;

/**
 * `trusted-pickle` speaks of every rule for deserialization, `nosemgrep` of the rules for code that it names or of all,
 * `gitleaks:allow` of every secret on its line, an entry of `.gitleaksignore` of one place, one of the policy's `waivers` of
 * a secret that has been rotated.
 * Source: https://semgrep.dev/docs/ignoring-files-folders-code
 */
export const MARKERS = ['trusted-pickle', 'nosemgrep', 'gitleaks:allow', '.gitleaksignore', 'waivers'] as const;

export const Suppression = z.object({
  /** As the comment names them; empty for all that its marker speaks of. */
  ruleIds: z.array(z.string()),
  /** Whose syntax it is, where not Assay's own. */
  marker: z.enum(MARKERS).optional(),
  reason: z.string(),
  /** The last day on which it counts, YYYY-MM-DD in UTC; empty when it was not given. */
  until: z.string(),
  location: Location,
  /** The lines that it covers of the stored file, or of the archive's entry that `location` is in. */
  coversFrom: z.number().int(),
  coversTo: z.number().int(),
  /** In a notebook also the columns, since all its cells may share one line: the first one covered, and the first one after. */
  coversFromColumn: z.number().int().optional(),
  coversToColumn: z.number().int().optional(),
  /** Why it does not count, or null when it does. */
  problem: z.enum(SUPPRESSION_PROBLEMS).nullable(),
});
export type Suppression = z.infer<typeof Suppression>;
