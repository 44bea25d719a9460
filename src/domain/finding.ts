/** One thing found in one place. A finding never holds a secret in clear. */
import { z } from 'zod';
import { Location } from './location.ts';
import type { SealedSecret } from './sealed-secret.ts';
import { SecretEvidence } from './secret-evidence.ts';
import { Confidence, Severity } from './severity.ts';

/** What an analyzer reports on one part: offsets are UTF-16 units in the part's text. */
export interface Match {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What stays the same when lines move: the normalized code, or the keyed hash of a secret. */
  readonly identity: string;
  /** The enclosing definitions, outermost first, joined by `.`; empty at the top. */
  readonly scope: string;
  /** The matched text for people, shortened; secrets are redacted. */
  readonly excerpt: string;
  /** Set when start..end is a secret: nothing that is said of the file may hold it. */
  readonly secret?: SealedSecret;
  readonly evidence?: SecretEvidence;
  /** The text that would replace start..end, where a fix is safe. */
  readonly fix?: string;
  /** The way of tainted data through the same part: its source, the variables that it passed, and the sink at the end. */
  readonly trace?: readonly { readonly start: number; readonly end: number }[];
}

export const Finding = z.object({
  ruleId: z.string(),
  analyzer: z.string(),
  severity: Severity,
  confidence: Confidence,
  message: z.string(),
  location: Location,
  excerpt: z.string(),
  scope: z.string(),
  /** Hex; made of rule, identity, scope and occurrence, for a secret of its keyed hash alone: never of a commit, a path or a line. */
  fingerprint: z.string(),
  fix: z.string().optional(),
  /** From the source to the sink, both included. */
  trace: z.array(Location).optional(),
  /** Set when a secret was found. */
  evidence: SecretEvidence.optional(),
});
export type Finding = z.infer<typeof Finding>;
