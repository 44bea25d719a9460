/** The list of changed files as the API shows it: with GitHub's limits on what it shows of a diff. */
import type { FileDiff } from './diff-reader.ts';
import { relate } from './history.ts';
import type { Pull, Repository } from './state.ts';

/** https://docs.github.com/repositories/creating-and-managing-repositories/repository-limits: one file, then all files. */
const FILE_LINES = 20_000;
const FILE_BYTES = 500 * 1024;
const TOTAL_LINES = 20_000;
const TOTAL_BYTES = 1024 * 1024;

export interface FileJson {
  readonly sha: string;
  readonly filename: string;
  readonly status: string;
  readonly additions: number;
  readonly deletions: number;
  readonly changes: number;
  readonly blob_url: string;
  readonly raw_url: string;
  readonly contents_url: string;
  readonly previous_filename?: string;
  readonly patch?: string;
}

/** `head` is for the links. A patch is left out where it, or all patches so far, are too large. */
export function filesJson(files: readonly FileDiff[], repo: Repository, head: string, origin: string): FileJson[] {
  let lines = 0;
  let bytes = 0;
  return files.map((file) => {
    const { path, patch } = file;
    const fileLines = patch === null ? 0 : countLines(patch);
    const fits = patch !== null && fileLines <= FILE_LINES && patch.length <= FILE_BYTES;
    if (fits) {
      lines += fileLines;
      bytes += patch.length;
    }
    const shown = fits && lines <= TOTAL_LINES && bytes <= TOTAL_BYTES;
    const escaped = path.split('/').map(encodeURIComponent).join('/');
    return {
      sha: file.oid,
      filename: path,
      status: file.status,
      additions: file.additions,
      deletions: file.deletions,
      changes: file.additions + file.deletions,
      blob_url: `${origin}/${repo.fullName}/blob/${head}/${escaped}`,
      raw_url: `${origin}/${repo.fullName}/raw/${head}/${escaped}`,
      contents_url: `${origin}/repos/${repo.fullName}/contents/${escaped}?ref=${head}`,
      ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
      ...(shown ? { patch: patch.toString('utf8').replace(/\n$/, '') } : {}),
    };
  });
}

/** What the pull request changes: from the merge base to its head. */
export async function pullDiff({ repo, base, head }: Pull): Promise<FileDiff[]> {
  const { objects, diffs } = repo.git;
  const [baseCommit, headCommit] = await Promise.all([objects.commit(base.sha), objects.commit(head.sha)]);
  if (baseCommit === null || headCommit === null) throw new Error(`pull request ${head.sha} has no commits`);
  const { mergeBase } = await relate(objects, repo.git.path, baseCommit, headCommit);
  return mergeBase === null ? [] : diffs.diff(mergeBase.oid, headCommit.oid);
}

function countLines(patch: Buffer): number {
  let lines = 0;
  for (let at = patch.indexOf(10); at !== -1; at = patch.indexOf(10, at + 1)) lines++;
  return lines;
}
