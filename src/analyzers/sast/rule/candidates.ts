/** The nodes at which a pattern may begin within the place that is looked at: of a whole file all, of a metavariable few. */
import type { Anchor } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { lowerBound } from './ranges.ts';
import type { Scope } from './scope.ts';

type Nodes = readonly SyntaxNode[];

/** By where they begin, for each list of an index that was ever asked of a part of its text. */
const sorted = new WeakMap<Nodes, Nodes>();

/** Some of them may reach beyond the place. */
export function candidatesIn({ index, run, start, end }: Scope, anchor: Anchor): Nodes {
  const all = index.candidates(anchor);
  if (start === 0 && end === run.tree.text.length) return all;
  let ordered = sorted.get(all);
  if (ordered === undefined) {
    ordered = all.toSorted((a, b) => a.start - b.start);
    sorted.set(all, ordered);
  }
  return ordered.slice(lowerBound(ordered, start), lowerBound(ordered, end + 1));
}
