/** What speaks for a found text being a secret, and what to do about it; nothing of the secret itself. */
import { z } from 'zod';
import { Verified } from './verification.ts';

export const SecretEvidence = z.object({
  /** Bits per character (Shannon), to one decimal. */
  entropy: z.number(),
  /** What was undone before the secret could be read, the outermost first: `base64`, `hex` … */
  decoders: z.array(z.string()),
  /** Other rules that found the same secret, and gave way to the most specific one. */
  alsoFoundBy: z.array(z.string()).optional(),
  /** Set where what the rules matched begins or ends on other lines than the secret in it: its first and last line. */
  matchLines: z.object({ from: z.number().int().positive(), to: z.number().int().positive() }).optional(),
  /** Set when it stands in the name of the file. */
  inFileName: z.literal(true).optional(),
  /** The page on which its vendor revokes it. */
  revoke: z.url().optional(),
  /** Set where its vendor was to be asked about it. */
  verified: Verified.optional(),
});
export type SecretEvidence = z.infer<typeof SecretEvidence>;
