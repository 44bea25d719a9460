/** What a vendor said when it was asked about a secret: evidence beside other evidence, and no verdict. */
import { z } from 'zod';

/**
 * Why nothing is known. `not-asked`: there were more secrets, or less time, than a review may ask about; `not-sent`: it does
 * not look like the vendor's; `no-answer`: none that was in time and about the secret; `unclear`: one that says neither;
 * `refused`: one that a secret which works elsewhere gets as well; `says-yes-to-anything`: the vendor calls made-up secrets
 * active, too.
 */
export const UNKNOWN_REASONS = [
  'not-asked',
  'not-sent',
  'no-answer',
  'unclear',
  'refused',
  'says-yes-to-anything',
] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** `inactive` says that it did not work then, which proves nothing. `reason` is set exactly for `unknown`. */
export const VendorAnswer = z.object({
  answer: z.enum(['active', 'inactive', 'unknown']),
  reason: z.enum(UNKNOWN_REASONS).optional(),
});
export type VendorAnswer = z.infer<typeof VendorAnswer>;

/** `vendor` is its name for people, `on` the day (UTC) of the review that asked. */
export const Verified = VendorAnswer.extend({ vendor: z.string(), on: z.iso.date() });
export type Verified = z.infer<typeof Verified>;

/** A secret of a file that a vendor is asked about, as a finding names it. */
export interface AskedSecret {
  readonly fingerprint: string;
  readonly ruleId: string;
}
