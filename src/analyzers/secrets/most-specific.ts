/** Several detectors, one secret: keeps the one that knows most about it. */
import { CONFIDENCES } from '#domain/severity.ts';
import type { Candidate } from './detect.ts';

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
    Number(isGeneric(a)) - Number(isGeneric(b)) ||
    CONFIDENCES.indexOf(a.rule.info.confidence) - CONFIDENCES.indexOf(b.rule.info.confidence) ||
    b.context - a.context ||
    a.start - b.start ||
    (a.rule.info.id < b.rule.info.id ? -1 : 1)
  );
}

function isGeneric({ rule }: Candidate): boolean {
  return rule.info.id.startsWith('generic');
}

/** `sorted` has no overlaps, so that its ends are in order too. */
function firstEndingAfter(sorted: readonly Candidate[], offset: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
