/** What a review did not read, arranged for people: by reason, every file once. */
import { isGap, SKIP_REASONS, type Skipped, type SkipReason } from '#domain/skipped.ts';

/** In the order of SKIP_REASONS; within a reason by path. A file that several analyzers or both sides skipped counts once. */
export function skippedByReason(skipped: readonly Skipped[]): { reason: SkipReason; files: Skipped[] }[] {
  return SKIP_REASONS.flatMap((reason) => {
    const files = new Map<string, Skipped>();
    for (const one of skipped) {
      if (one.reason !== reason) continue;
      const seen = files.get(one.path);
      if (seen === undefined || (seen.side === 'base' && one.side === 'head')) files.set(one.path, one);
    }
    const inOrder = [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
    return inOrder.length === 0 ? [] : [{ reason, files: inOrder }];
  });
}

/** How many files of the change should have been read and were not. */
export function gapCount(skipped: readonly Skipped[]): number {
  return new Set(skipped.filter((one) => one.side === 'head' && isGap(one)).map(({ path }) => path)).size;
}
