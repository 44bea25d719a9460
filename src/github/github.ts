/** The door to GitHub: one App, and for each of its installations the few things that a review asks or says. */
import { AppError } from '#domain/errors.ts';
import type { Repository } from '#domain/review-request.ts';
import { type CheckRuns, createCheckRuns } from './check-runs.ts';
import { type ClientOptions, createClient, createOctokit, type RequestInfo } from './client.ts';
import { type Comparison, compare } from './comparison.ts';
import { type FilePair, readContents, type WantedFile } from './contents.ts';
import { githubFailure } from './failure.ts';
import { createInstallationToken } from './installation-token.ts';
import { type PolicyFiles, readPolicyFiles } from './policy-files.ts';
import { getPull, type PullRequest, pullsForCommit } from './pulls.ts';

export interface GitHubOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** The REST API's address without a slash at the end; of an Enterprise Server `https://HOST/api/v3`. */
  readonly baseUrl?: string;
  readonly onRequest?: (info: RequestInfo) => void;
  readonly now?: () => number;
  /** Between two writes of one installation. */
  readonly writeSpacingMs?: number;
  readonly timeoutMs?: number;
}

export interface GitHub {
  forInstallation(id: number): Installation;
}

/**
 * Every method throws AppError: `github-rate-limited` and `github-unavailable` (may be tried again),
 * `github-forbidden`, `github-not-found`, `github-rejected`.
 */
export interface Installation extends CheckRuns {
  readonly id: number;
  /** For git over HTTPS; good for at least five minutes. */
  token(): Promise<string>;
  compare(repo: Repository, base: string, head: string): Promise<Comparison>;
  /** In the order of `wanted`; null when one of the commits is not to be seen. */
  readContents(
    repo: Repository,
    commits: { base: string; head: string },
    wanted: readonly WantedFile[],
  ): Promise<FilePair[] | null>;
  readPolicyFiles(repo: Repository, base: string, pull: number | null): Promise<PolicyFiles>;
  getPull(repo: Repository, number: number): Promise<PullRequest>;
  pullsForCommit(repo: Repository, commit: string): Promise<PullRequest[]>;
}

/** Installations that are remembered with their token, pace and waits; the longest unused is forgotten first. */
const MAX_INSTALLATIONS = 500;
/** "We recommend waiting at least one second between each request" that writes (best practices for the REST API). */
const WRITE_SPACING_MS = 1000;
const TIMEOUT_MS = 30_000;

/** What a review needs, whatever more the App was given. */
const PERMISSIONS = { metadata: 'read', contents: 'read', pull_requests: 'read', checks: 'write' } as const;

export function createGitHub({ appId, privateKey, ...rest }: GitHubOptions): GitHub {
  const options: ClientOptions = {
    baseUrl: rest.baseUrl ?? 'https://api.github.com',
    onRequest: rest.onRequest ?? (() => {}),
    now: rest.now ?? Date.now,
    writeSpacingMs: rest.writeSpacingMs ?? WRITE_SPACING_MS,
    timeoutMs: rest.timeoutMs ?? TIMEOUT_MS,
  };
  const app = createOctokit(options, null, { auth: { appId, privateKey } });
  const installations = new Map<number, Installation>();

  async function requestToken(id: number) {
    try {
      const { data } = await app.rest.apps.createInstallationAccessToken({
        installation_id: id,
        permissions: PERMISSIONS,
      });
      return { token: data.token, expiresAt: Date.parse(data.expires_at) };
    } catch (error) {
      const task = `asking for a token of installation ${id}`;
      const failure = githubFailure(error, task, options.now());
      if (!(failure instanceof AppError) || !/permissions requested/.test(failure.message)) throw failure;
      const needed = Object.entries(PERMISSIONS).map(([name, access]) => `${name}: ${access}`);
      throw new AppError('github-forbidden', `${task}: it does not grant all of ${needed.join(', ')}`, {
        cause: failure,
      });
    }
  }

  return {
    forInstallation(id) {
      const installation = installations.get(id) ?? createInstallation(id, appId, options, () => requestToken(id));
      installations.delete(id);
      installations.set(id, installation);
      for (const oldest of installations.keys()) {
        if (installations.size <= MAX_INSTALLATIONS) break;
        installations.delete(oldest);
      }
      return installation;
    },
  };
}

function createInstallation(
  id: number,
  appId: number,
  options: ClientOptions,
  requestToken: Parameters<typeof createInstallationToken>[0],
): Installation {
  const token = createInstallationToken(requestToken, options.now);
  const client = createClient(options, id, token);
  return {
    id,
    token: token.get,
    ...createCheckRuns(client, appId),
    compare: (repo, base, head) => compare(client, repo, base, head),
    readContents: (repo, commits, wanted) => readContents(client, repo, commits, wanted),
    readPolicyFiles: (repo, base, pull) => readPolicyFiles(client, repo, base, pull),
    getPull: (repo, number) => getPull(client, repo, number),
    pullsForCommit: (repo, commit) => pullsForCommit(client, repo, commit),
  };
}
