/** The order in which commits are told: parents before children, and the same whichever road they came by. */
import type { Commit } from '#domain/history.ts';

/** Among those whose parents have all been told, the smallest id goes first. */
export function commitsInOrder(commits: readonly Commit[]): Commit[] {
  const waiting = new Map(commits.map((commit) => [commit.oid, commit]));
  const inOrder: Commit[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ parents }) => !parents.some((parent) => waiting.has(parent)));
    // A list that goes in circles is no history: git makes none, and this must end all the same.
    const next = ready.length > 0 ? ready : [...waiting.values()];
    for (const commit of next.toSorted((a, b) => (a.oid < b.oid ? -1 : 1))) {
      waiting.delete(commit.oid);
      inOrder.push(commit);
    }
  }
  return inOrder;
}
