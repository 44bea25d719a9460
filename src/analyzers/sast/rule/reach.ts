/** Which nodes are worth asking, where only ranges at or around others count: a rare pattern makes a common one cheap. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { lowerBound } from './ranges.ts';
import type { Range } from './scope.ts';

/** False where no match that begins at the node can count. */
export type Reach = (node: SyntaxNode) => boolean;

/** Only what begins where one of the ranges begins. */
export function beginningAt(ranges: readonly Range[]): Reach {
  const starts = new Set(ranges.map(({ start }) => start));
  return (node) => starts.has(node.start);
}

/** Only what may hold one of the ranges: an expression by itself, a run of statements as far as its block. */
export function holding(ranges: readonly Range[]): Reach {
  const ordered = [...ranges].sort((a, b) => a.start - b.start);
  const nearest = ordered.map(({ end }) => end);
  for (let i = nearest.length - 2; i >= 0; i--) nearest[i] = Math.min(nearest[i]!, nearest[i + 1]!);
  return (node) => {
    const first = lowerBound(ordered, node.start);
    return first < ordered.length && nearest[first]! <= Math.max(node.end, node.parent?.end ?? 0);
  };
}
