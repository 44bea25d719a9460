/** Walks commits: the merge base and what is ahead or behind, as the compare API tells it. */
import { runGit } from './git-process.ts';
import type { Commit, ObjectReader } from './object-reader.ts';

export interface Relation {
  /** Null when the two have no common ancestor. */
  readonly mergeBase: Commit | null;
  /** Reachable from head and not from base, newest first. */
  readonly ahead: readonly Commit[];
  readonly behindBy: number;
}

/** `base` and `head` are commits that exist. */
export async function relate(objects: ObjectReader, gitDir: string, base: Commit, head: Commit): Promise<Relation> {
  const ofBase = await ancestors(objects, base, new Set());
  const known = new Set(ofBase.map((commit) => commit.oid));
  const ahead = await ancestors(objects, head, known);
  const ofHead = new Set(ahead.map((commit) => commit.oid));
  // The first common commits on the ways down from head: the best common ancestors are among them.
  const candidates = known.has(head.oid)
    ? [head.oid]
    : [...new Set(ahead.flatMap((commit) => commit.parents.filter((parent) => known.has(parent))))];
  const shared = new Set<string>();
  for (const oid of candidates) {
    const candidate = await objects.commit(oid);
    if (candidate !== null) for (const one of await ancestors(objects, candidate, ofHead)) shared.add(one.oid);
  }
  const oid = candidates.length > 1 ? await askGit(gitDir, base.oid, head.oid) : candidates[0];
  return {
    mergeBase: oid === undefined ? null : await objects.commit(oid),
    ahead: ahead.toSorted((a, b) => b.committedAt - a.committedAt),
    behindBy: ofBase.filter((commit) => !shared.has(commit.oid)).length,
  };
}

/** The commit and all that it descends from, without those in `except` and what only they lead to. */
async function ancestors(objects: ObjectReader, from: Commit, except: ReadonlySet<string>): Promise<Commit[]> {
  const seen = new Set<string>();
  const found: Commit[] = [];
  const open = [from.oid];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    if (seen.has(oid) || except.has(oid)) continue;
    seen.add(oid);
    const commit = await objects.commit(oid);
    if (commit === null) continue;
    found.push(commit);
    open.push(...commit.parents);
  }
  return found;
}

async function askGit(gitDir: string, base: string, head: string): Promise<string> {
  return (await runGit(['-C', gitDir, 'merge-base', base, head])).toString().trim();
}
