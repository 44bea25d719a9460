/** Several detectors, one secret: keeps the one that knows most about it. */
import { isGeneric } from '#domain/rule.ts';
import { CONFIDENCES } from '#domain/severity.ts';
import type { Candidate } from './detect.ts';
import type { Range } from './excerpt.ts';

/** No two of the answer overlap; sorted by start. */
export function mostSpecific(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates.toSorted(bySpecificity)) {
    const index = firstEndingAfter(kept, candidate.start);
    const neighbour = kept[index];
    if (neighbour === undefined || neighbour.start >= candidate.end) kept.splice(index, 0, candidate);
  }
  return kept;
}

/** A `generic` rule, as Gitleaks names them, gives way to every other; then confidence decides, then the context that was asked for. */
function bySpecificity(a: Candidate, b: Candidate): number {
  return (
    compareKnowledge(a, b) || b.context - a.context || a.start - b.start || (a.rule.info.id < b.rule.info.id ? -1 : 1)
  );
}

/** True where `a` is about a vendor and `b` is not, or is the more certain: what stands in clear need not give way to its equal. */
export function knowsMore(a: Candidate, b: Candidate): boolean {
  return compareKnowledge(a, b) < 0;
}

function compareKnowledge(a: Candidate, b: Candidate): number {
  return (
    Number(isGeneric(a.rule.info.id)) - Number(isGeneric(b.rule.info.id)) ||
    CONFIDENCES.indexOf(a.rule.info.confidence) - CONFIDENCES.indexOf(b.rule.info.confidence)
  );
}

/** Those of a list without overlaps, such as the answer of `mostSpecific`, that share a character with the range. */
export function overlapping<One extends Range>(sorted: readonly One[], range: Range): One[] {
  const found: One[] = [];
  for (let index = firstEndingAfter(sorted, range.start); index < sorted.length; index++) {
    if (sorted[index]!.start >= range.end) break;
    found.push(sorted[index]!);
  }
  return found;
}

/** `sorted` has no overlaps, so that its ends are in order too. */
function firstEndingAfter(sorted: readonly Range[], offset: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
