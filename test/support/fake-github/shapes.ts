/** How GitHub writes what it knows: the same shapes in answers and in webhooks. */
import type { Account, CheckRun, CheckSuite, Installation, Pull, PullSide, Repository, State } from './state.ts';

export type AccountJson = ReturnType<typeof accountJson>;
export type RepositoryJson = ReturnType<typeof repositoryJson>;
export type PullJson = ReturnType<typeof pullJson>;
export type CheckRunJson = ReturnType<typeof checkRunJson>;
export type CheckSuiteJson = ReturnType<typeof checkSuiteJson>;

export function accountJson({ id, login, type }: Account, origin: string) {
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${origin}/avatars/${id}`,
    url: `${origin}/users/${login}`,
    html_url: `${origin}/${login}`,
    type: type as string,
    site_admin: false,
  };
}

export function repositoryJson(repo: Repository, origin: string) {
  return {
    id: repo.id,
    node_id: `R_${repo.id}`,
    name: repo.name,
    full_name: repo.fullName,
    private: repo.private,
    owner: accountJson(repo.owner, origin),
    html_url: `${origin}/${repo.fullName}`,
    description: null,
    fork: repo.forkOf !== null,
    url: `${origin}/repos/${repo.fullName}`,
    clone_url: `${origin}/${repo.fullName}.git`,
    default_branch: repo.defaultBranch,
    visibility: repo.private ? 'private' : 'public',
    archived: false,
    disabled: false,
    created_at: repo.createdAt,
    updated_at: repo.createdAt,
    pushed_at: repo.createdAt,
  };
}

function sideJson({ repo, ref, sha }: PullSide, origin: string) {
  return {
    label: `${repo.owner.login}:${ref}`,
    ref,
    sha,
    user: accountJson(repo.owner, origin),
    repo: repositoryJson(repo, origin),
  };
}

/** What lists of pull requests hold for each. */
export function pullSummaryJson(pull: Pull, origin: string) {
  return {
    url: `${origin}/repos/${pull.repo.fullName}/pulls/${pull.number}`,
    id: pull.id,
    node_id: `PR_${pull.id}`,
    html_url: `${origin}/${pull.repo.fullName}/pull/${pull.number}`,
    number: pull.number,
    state: pull.state as string,
    locked: false,
    title: pull.title,
    user: accountJson(pull.author, origin),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.state === 'closed' ? pull.updatedAt : null,
    merged_at: pull.merged ? pull.updatedAt : null,
    draft: pull.draft,
    head: sideJson(pull.head, origin),
    base: sideJson(pull.base, origin),
    author_association: pull.author === pull.repo.owner ? 'OWNER' : 'CONTRIBUTOR',
  };
}

export function pullJson(pull: Pull, origin: string) {
  return {
    ...pullSummaryJson(pull, origin),
    merged: pull.merged,
    mergeable: null,
    mergeable_state: 'unknown',
    commits: 1,
    changed_files: pull.changedFiles,
  };
}

/** A check run names the pull requests of its own repository only: those of forks are missing, as on GitHub. */
function pullsAt(repo: Repository, sha: string, state: State): Pull[] {
  return state.pulls.filter((pull) => pull.state === 'open' && pull.head.repo === repo && pull.head.sha === sha);
}

function pullReferences(repo: Repository, sha: string, state: State, origin: string) {
  const side = ({ repo: of, ref, sha: at }: PullSide) => {
    return { ref, sha: at, repo: { id: of.id, url: `${origin}/repos/${of.fullName}`, name: of.name } };
  };
  return pullsAt(repo, sha, state).map((pull) => ({
    id: pull.id,
    number: pull.number,
    url: `${origin}/repos/${repo.fullName}/pulls/${pull.number}`,
    head: side(pull.head),
    base: side(pull.base),
  }));
}

export function appJson(appId: number, state: State, origin: string) {
  const owner = state.installations[0]?.account;
  return {
    id: appId,
    slug: `app-${appId}`,
    node_id: `A_${appId}`,
    ...(owner === undefined ? {} : { owner: accountJson(owner, origin) }),
    name: `App ${appId}`,
    description: null,
    external_url: `${origin}/apps`,
    html_url: `${origin}/apps/app-${appId}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    permissions: {},
    events: [],
  };
}

export function installationJson(installation: Installation, appId: number, origin: string) {
  return {
    id: installation.id,
    account: accountJson(installation.account, origin),
    repository_selection: 'all',
    access_tokens_url: `${origin}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${origin}/installation/repositories`,
    html_url: `${origin}/organizations/${installation.account.login}/settings/installations/${installation.id}`,
    app_id: appId,
    app_slug: `app-${appId}`,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: installation.permissions,
    events: [],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    suspended_by: null,
    suspended_at: installation.suspended ? installation.createdAt : null,
  };
}

export function checkSuiteJson(suite: CheckSuite, state: State, origin: string) {
  const runs = state.checkRuns.filter((run) => run.suite === suite);
  const pulls = pullReferences(suite.repo, suite.headSha, state, origin);
  const completed = runs.length > 0 && runs.every((run) => run.status === 'completed');
  return {
    id: suite.id,
    node_id: `CS_${suite.id}`,
    head_branch: pulls[0]?.head.ref ?? null,
    head_sha: suite.headSha,
    status: completed ? 'completed' : 'queued',
    conclusion: completed ? (runs.at(-1)?.conclusion ?? null) : null,
    url: `${origin}/repos/${suite.repo.fullName}/check-suites/${suite.id}`,
    before: null,
    after: suite.headSha,
    pull_requests: pulls,
    app: appJson(suite.appId, state, origin),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
    latest_check_runs_count: runs.length,
    check_runs_url: `${origin}/repos/${suite.repo.fullName}/check-suites/${suite.id}/check-runs`,
  };
}

export function checkRunJson(run: CheckRun, state: State, origin: string) {
  const url = `${origin}/repos/${run.repo.fullName}/check-runs/${run.id}`;
  return {
    id: run.id,
    head_sha: run.headSha,
    node_id: `CR_${run.id}`,
    external_id: run.externalId,
    url,
    html_url: `${origin}/${run.repo.fullName}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suite.id },
    app: appJson(run.appId, state, origin),
    pull_requests: pullReferences(run.repo, run.headSha, state, origin),
  };
}
