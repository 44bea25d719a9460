/** Why a detector takes a text for a secret, and where it is revoked: what a finding says besides its place. */
import type { SecretEvidence } from '#domain/secret-evidence.ts';
import { shannonEntropy } from './entropy.ts';
import type { SecretRule } from './rule.ts';

/** `decoders` were undone before the secret could be read, the outermost first. */
export function evidenceOf(
  rule: SecretRule,
  secret: string,
  decoders: readonly string[] = [],
  alsoFoundBy: readonly string[] = [],
): SecretEvidence {
  const { revoke } = rule.info;
  return {
    // Rounded, since the exact number is one more thing that a guess could be held against.
    entropy: Math.round(shannonEntropy(secret) * 10) / 10,
    decoders: [...decoders],
    ...(alsoFoundBy.length === 0 ? {} : { alsoFoundBy: [...alsoFoundBy] }),
    ...(revoke === undefined ? {} : { revoke }),
  };
}
