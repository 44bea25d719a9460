/** The manifests at both ends of a change: what the repository runs with, before and after. */
import type { ManifestSource } from '#domain/manifests.ts';
import type { Repository } from '#domain/review-request.ts';
import type { LocalRepository } from '#git/local-repository.ts';
import type { FilePair } from '#github/contents.ts';
import type { Installation } from '#github/github.ts';

interface Commits {
  readonly base: string;
  readonly head: string;
}

/** Each costs seven paths on each side of one query, and GitHub's answers to long ones begin to fail. */
const GITHUB_FOLDERS = 4;

/** All of their paths stand on one command line. */
const LOCAL_FOLDERS = 200;

/** One request. What GitHub shows in part only is left out. */
export function manifestsFromGitHub(
  github: Pick<Installation, 'readContents'>,
  repo: Repository,
  commits: Commits,
): ManifestSource {
  return {
    maxFolders: GITHUB_FOLDERS,
    async read({ base, head }) {
      const all = [...new Set([...base, ...head])];
      const wanted = all.map((path) => ({
        basePath: base.includes(path) ? path : null,
        headPath: head.includes(path) ? path : null,
      }));
      const pairs = (await github.readContents(repo, commits, wanted)) ?? [];
      return { base: textsOf(pairs, 'base', all), head: textsOf(pairs, 'head', all) };
    },
  };
}

function textsOf(pairs: readonly FilePair[], side: keyof FilePair, paths: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [index, pair] of pairs.entries()) {
    const blob = pair[side]?.blob ?? null;
    if (blob !== null && !blob.truncated && blob.text !== null) texts.set(paths[index]!, blob.text);
  }
  return texts;
}

export function manifestsFromLocal(repository: Pick<LocalRepository, 'readFiles'>, commits: Commits): ManifestSource {
  const read = async (commit: string, paths: readonly string[]) => {
    const contents = await repository.readFiles(commit, paths);
    return new Map([...contents].map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]));
  };
  return {
    maxFolders: LOCAL_FOLDERS,
    read: async ({ base, head }) => ({ base: await read(commits.base, base), head: await read(commits.head, head) }),
  };
}
