/** Reads the output of `git diff-tree --stdin -r -c --raw -z`: what each of many commits brought, merges included. */
import { AppError } from '#domain/errors.ts';
import type { TreeEntry } from './raw-diff.ts';

/** A commit, and what it is compared with. */
export interface Compared {
  readonly oid: string;
  readonly parents: readonly string[];
}

export interface CommitChange {
  readonly commit: string;
  readonly path: string;
  /** In each of its parents; for a merge these are all different from `after`. */
  readonly before: readonly (TreeEntry | null)[];
  readonly after: TreeEntry | null;
}

const COMMIT = /^[0-9a-f]{40,64}$/;

/** Paths are bytes in git; what is not UTF-8 in them becomes U+FFFD. */
export function parseCommitDiff(output: Buffer): CommitChange[] {
  const fields = output.toString('utf8').split('\0');
  const changes: CommitChange[] = [];
  let commit = '';
  for (let index = 0; index < fields.length - 1; index++) {
    const field = fields[index]!;
    if (COMMIT.test(field)) {
      commit = field;
      continue;
    }
    const entries = entriesOf(field);
    if (entries === null) throw new AppError('git-failed', 'git diff-tree gave a line that is not understood');
    const path = fields[++index] ?? '';
    changes.push({ commit, path, before: entries.slice(0, -1), after: entries.at(-1)! });
  }
  return changes;
}

/** Of merges that were compared with one parent after the other: what is as in none of them. */
export function inNoParent(merges: readonly Compared[], changes: readonly CommitChange[]): CommitChange[] {
  const parents = new Map(merges.map((merge) => [merge.oid, merge.parents.length]));
  const groups = Map.groupBy(changes, ({ commit, path }) => `${commit} ${path}`);
  return [...groups.values()].flatMap((group) => {
    const [{ commit, path, after }] = group as [CommitChange];
    return group.length === parents.get(commit)
      ? [{ commit, path, after, before: group.flatMap(({ before }) => before) }]
      : [];
  });
}

/** `:MODE MODE OID OID STATUS`, with one colon, mode and id for each parent; the last ones are the commit's own. */
function entriesOf(field: string): (TreeEntry | null)[] | null {
  const colons = /^:+/.exec(field)?.[0].length ?? 0;
  const words = field.slice(colons).split(' ');
  const sides = colons + 1;
  if (colons === 0 || words.length !== 2 * sides + 1) return null;
  return Array.from({ length: sides }, (_, side) => {
    const mode = words[side]!;
    return mode === '000000' ? null : { mode: Number.parseInt(mode, 8), oid: words[sides + side]! };
  });
}
