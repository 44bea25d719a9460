/** The policy's two sources, a team's own Gitleaks files, and the pull request's present state, in one GraphQL query. */
import { AppError } from '#domain/errors.ts';
import type { Repository } from '#domain/review-request.ts';
import { TEAM_IGNORE_PATH, TEAM_RULES_PATH } from '#domain/team-rules.ts';
import { blobOid } from './blob-oid.ts';
import type { Client } from './client.ts';
import type { GraphqlError } from './failure.ts';

export const POLICY_PATH = '.github/assay.yml';

/** `text` is null when the file is there and cannot be read as text; `problem` then says why, as a clause. */
export type PolicyText =
  | { readonly text: string; readonly oid: string; readonly problem: null }
  | { readonly text: null; readonly oid: string; readonly problem: string };

export interface PolicyFiles {
  /** In the base commit. Null: no such file. */
  readonly repository: PolicyText | null;
  /** In the base commit, by their paths: `.gitleaks.toml` and `.gitleaksignore`, as far as they are there. */
  readonly team: ReadonlyMap<string, PolicyText>;
  /** In the default branch of the owner's `.github` repository. Null: no such file, or the App is not shown the repository. */
  readonly organization: (PolicyText & { readonly commit: string }) | null;
  /** Null when no pull request was asked for. */
  readonly pull: PullState | null;
}

export interface PullState {
  readonly head: string;
  readonly base: string;
  readonly baseRef: string;
  readonly draft: boolean;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  /** Markdown, with GitHub's line ends; empty where nobody wrote one. */
  readonly body: string;
  /** True when its branch is another repository's. */
  readonly fork: boolean;
}

interface WireBlob {
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
  readonly text?: string | null;
}
interface WireCommit {
  readonly oid?: string;
  readonly file?: WireEntry | null;
  readonly rules?: WireEntry | null;
  readonly ignore?: WireEntry | null;
}
interface WireEntry {
  readonly oid: string;
  readonly object: WireBlob | null;
}
interface Answer {
  readonly repository: {
    readonly object: WireCommit | null;
    readonly pullRequest?: {
      readonly headRefOid: string;
      readonly baseRefOid: string;
      readonly baseRefName: string;
      readonly isDraft: boolean;
      readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
      readonly title: string;
      readonly body: string;
      readonly isCrossRepository: boolean;
    } | null;
  } | null;
  readonly organization: { readonly defaultBranchRef: { readonly target: WireCommit | null } | null } | null;
}

const QUERY = `query Policy($owner: String!, $name: String!, $base: GitObjectID!, $path: String!, $rules: String!, $ignore: String!, $pull: Int!, $withPull: Boolean!) {
  repository(owner: $owner, name: $name) {
    object(oid: $base) {
      ... on Commit { oid file(path: $path) { ...Entry } rules: file(path: $rules) { ...Entry } ignore: file(path: $ignore) { ...Entry } }
    }
    pullRequest(number: $pull) @include(if: $withPull) { headRefOid baseRefOid baseRefName isDraft state title body isCrossRepository }
  }
  organization: repository(owner: $owner, name: ".github") {
    defaultBranchRef { target { ... on Commit { oid file(path: $path) { ...Entry } } } }
  }
}
fragment Entry on TreeEntry { oid object { ... on Blob { isBinary isTruncated text } } }`;

/** Throws `github-not-found` when the base commit or the pull request is not there: that is never the same as no policy. */
export async function readPolicyFiles(
  client: Client,
  repo: Repository,
  base: string,
  pull: number | null,
): Promise<PolicyFiles> {
  const task = `reading the policy of ${repo.owner}/${repo.name}`;
  const variables = {
    owner: repo.owner,
    name: repo.name,
    base,
    path: POLICY_PATH,
    rules: TEAM_RULES_PATH,
    ignore: TEAM_IGNORE_PATH,
    pull: pull ?? 0,
    withPull: pull !== null,
  };
  const answer = await client.query<Answer>(task, { text: QUERY, variables }, isMissing);
  const commit = answer.repository?.object;
  if (commit?.oid === undefined) throw new AppError('github-not-found', `${task}: it has no commit ${base}`);
  const state = answer.repository?.pullRequest ?? null;
  // GraphQL may be asked before it has heard of a pull request that a webhook has just told of.
  if (pull !== null && state === null)
    throw new AppError('github-not-found', `${task}: it has no pull request ${pull}`, { retry: { afterMs: null } });
  const target = answer.organization?.defaultBranchRef?.target ?? null;
  const floor = policyText(target?.file);
  return {
    repository: policyText(commit.file),
    team: new Map(
      [
        [TEAM_RULES_PATH, policyText(commit.rules)] as const,
        [TEAM_IGNORE_PATH, policyText(commit.ignore)] as const,
      ].flatMap(([path, text]) => (text === null ? [] : [[path, text]])),
    ),
    organization: floor && target?.oid !== undefined ? { ...floor, commit: target.oid } : null,
    pull: state && {
      head: state.headRefOid,
      base: state.baseRefOid,
      baseRef: state.baseRefName,
      draft: state.isDraft,
      state: state.state.toLowerCase() as PullState['state'],
      title: state.title,
      body: state.body,
      fork: state.isCrossRepository,
    },
  };
}

function isMissing({ type, path }: GraphqlError): boolean {
  return type === 'NOT_FOUND' && (path?.[0] === 'organization' || path?.[1] === 'pullRequest');
}

function policyText(entry: WireEntry | null | undefined): PolicyText | null {
  if (!entry) return null;
  const { oid, object } = entry;
  const unreadable = (problem: string) => ({ text: null, oid, problem });
  if (object?.text === undefined && object?.isBinary === undefined) return unreadable('it is not a file');
  if (object.isTruncated) return unreadable('it is too large to be a policy');
  if (typeof object.text !== 'string') return unreadable('it is not text');
  // GitHub transcodes what is not UTF-8, so what came need not be what is stored.
  if (blobOid(Buffer.from(object.text, 'utf8'), oid) !== oid) return unreadable('it is not UTF-8');
  return { text: object.text, oid, problem: null };
}
