/** All who found a secret, not only the rule that has the word about it: a team may know it by the id and the lines of any. */
import type { Candidate } from './detect.ts';
import type { Range } from './excerpt.ts';
import { overlapping } from './most-specific.ts';

/** `start` and `end` reach over all their matches. */
export interface Finders extends Range {
  /** Of the other rules, in the order of the alphabet. */
  readonly others: readonly string[];
}

/** For each of `secrets` that was found in the text as it stands. */
export function findersOf<Secret extends Range & Pick<Candidate, 'rule'>>(
  secrets: readonly Secret[],
  candidates: readonly Candidate[],
  text: string,
): Map<Secret, Finders> {
  const sorted = secrets.toSorted((a, b) => a.start - b.start);
  const finders = new Map<Secret, Finders>();
  for (const candidate of candidates) {
    const { rule, foundAt, matchStart, context } = candidate;
    // A line begins with the break before it.
    const match = { start: text[foundAt] === '\n' ? foundAt + 1 : foundAt, end: matchStart + context };
    for (const secret of overlapping(sorted, candidate)) {
      const { others, start, end } = finders.get(secret) ?? { others: [], ...match };
      const known = secret.rule === rule || others.includes(rule.info.id);
      finders.set(secret, {
        others: known ? others : [...others, rule.info.id].sort(),
        start: Math.min(start, match.start),
        end: Math.max(end, match.end),
      });
    }
  }
  return finders;
}
