/** Takes from the list of known differences what is no difference any more. */
import type { Comparison } from './compare.ts';
import { readKnownDifferences, writeKnownDifferences } from './known-differences.ts';

export function pruneKnownDifferences(comparisons: readonly Comparison[]): void {
  const healed = new Map(comparisons.map(({ name, healed }) => [name, healed]));
  const left = [...readKnownDifferences().values()].flatMap((entry) => {
    const gone = healed.get(entry.case) ?? [];
    if (entry.lines === undefined) return gone.length > 0 ? [] : [entry];
    const lines = entry.lines.filter((line) => !gone.includes(line));
    return lines.length === 0 ? [] : [{ ...entry, lines }];
  });
  writeKnownDifferences(left);
}
