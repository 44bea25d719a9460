/** The rules that found a secret besides the one that has the word about it: a team may know it by the id of any. */
import type { Candidate } from './detect.ts';
import type { Range } from './excerpt.ts';
import { overlapping } from './most-specific.ts';

/** Ids in the order of the alphabet, for each of `secrets` that another rule found too. */
export function alsoFound<Secret extends Range & Pick<Candidate, 'rule'>>(
  secrets: readonly Secret[],
  candidates: readonly Candidate[],
): Map<Secret, string[]> {
  const sorted = secrets.toSorted((a, b) => a.start - b.start);
  const others = new Map<Secret, Set<string>>();
  for (const candidate of candidates) {
    for (const secret of overlapping(sorted, candidate)) {
      if (secret.rule === candidate.rule) continue;
      others.set(secret, (others.get(secret) ?? new Set()).add(candidate.rule.info.id));
    }
  }
  return new Map([...others].map(([secret, ids]) => [secret, [...ids].sort()]));
}
