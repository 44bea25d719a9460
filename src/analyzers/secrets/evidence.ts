/** Why a detector takes a text for a secret, and where it is revoked: what a finding says besides its place. */
import type { Part } from '#domain/part.ts';
import type { SecretEvidence } from '#domain/secret-evidence.ts';
import type { Finders } from './also-found.ts';
import type { FoundSecret } from './decode/find-secrets.ts';
import { shannonEntropy } from './entropy.ts';
import type { Range } from './excerpt.ts';

/** `finders` is missing where only what was decoded shows the secret. */
export function evidenceOf(found: FoundSecret, finders: Finders | undefined, part: Part): SecretEvidence {
  const { rule, clear, encodings } = found;
  const { revoke } = rule.info;
  const others = finders?.others ?? [];
  const [secretLines, matchLines] = [linesOf(part, found), linesOf(part, finders ?? found)];
  const isWider = matchLines.from < secretLines.from || matchLines.to > secretLines.to;
  return {
    // Rounded, since the exact number is one more thing that a guess could be held against.
    entropy: Math.round(shannonEntropy(clear) * 10) / 10,
    decoders: [...encodings],
    ...(others.length === 0 ? {} : { alsoFoundBy: [...others] }),
    ...(isWider ? { matchLines } : {}),
    ...(revoke === undefined ? {} : { revoke }),
  };
}

function linesOf(part: Part, { start, end }: Range): { from: number; to: number } {
  const [first, last] = [part.locate(start), part.locate(end)];
  return { from: (first.entry ?? first).line, to: (last.entry ?? last).line };
}
