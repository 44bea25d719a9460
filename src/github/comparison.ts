/** What GitHub says a change is: the merge base, the commits and, unless there are too many, the files with their patches. */
import { AppError } from '#domain/errors.ts';
import type { CommitList } from '#domain/history.ts';
import type { Repository } from '#domain/review-request.ts';
import type { Client } from './client.ts';

/** "The response includes up to 300 changed files" (compare two commits); whether there were more is not said. */
export const MAX_COMPARED_FILES = 300;

export interface ComparedFile {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged';
  readonly additions: number;
  readonly deletions: number;
  /** Missing for a binary file, for a file that only moved, and for one that is too large. */
  readonly patch: string | null;
  /** The blob id on the head side; on the base side for a removed file. */
  readonly oid: string | null;
}

export interface Comparison {
  readonly mergeBase: string;
  readonly files: readonly ComparedFile[];
  /** True when there may be more files than these. */
  readonly truncated: boolean;
  /** Up to 250. None, and no total, where GitHub could not make the diff. */
  readonly history: CommitList;
}

/** `base` and `head` are full commit ids. */
export async function compare(client: Client, repo: Repository, base: string, head: string): Promise<Comparison> {
  const task = `comparing ${base} with ${head} in ${repo.owner}/${repo.name}`;
  const ask = (page: { page?: number; per_page?: number }) =>
    client.read(task, (octokit) =>
      octokit.rest.repos.compareCommitsWithBasehead({
        ...{ owner: repo.owner, repo: repo.name, basehead: `${base}...${head}`, ...page },
      }),
    );
  // Without pages the answer has as many commits as one can have, and the files.
  const answer = await ask({}).catch((error: unknown) => {
    // The diff was too much for GitHub. Later pages hold no files, so the merge base comes without a diff.
    if (!isTooMuch(error)) throw error;
    return ask({ page: 2, per_page: 1 }).then((later) => ({ ...later, files: undefined }));
  });
  const files = (answer.files ?? []).map((file) => ({
    path: file.filename,
    previousPath: file.previous_filename ?? null,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    patch: file.patch ?? null,
    oid: file.sha,
  }));
  const truncated = answer.files === undefined || files.length >= MAX_COMPARED_FILES;
  return { mergeBase: answer.merge_base_commit.sha, files, truncated, history: historyOf(answer) };
}

interface WireHistory {
  readonly total_commits: number;
  readonly commits: readonly {
    readonly sha: string;
    readonly commit: { readonly message: string };
    readonly parents: readonly { readonly sha: string }[];
  }[];
  readonly files?: unknown;
}

function historyOf({ files, commits, total_commits }: WireHistory): CommitList {
  if (files === undefined) return { commits: [], total: null };
  return {
    total: total_commits,
    commits: commits.map(({ sha, parents, commit }) => ({
      oid: sha,
      parents: parents.map((parent) => parent.sha),
      message: commit.message.replace(/\n+$/, ''),
    })),
  };
}

function isTooMuch(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return error.code === 'github-unavailable' || /not_available|too long to generate/.test(error.message);
}
