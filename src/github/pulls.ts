/** Pull requests as GitHub has them now, for events that carry too little of them. */
import type { Repository } from '#domain/review-request.ts';
import type { Client } from './client.ts';

export interface PullRequest {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly draft: boolean;
  readonly head: string;
  readonly base: string;
  readonly baseRef: string;
  /** The repository that it would be merged into. */
  readonly baseRepositoryId: number;
}

export async function getPull(client: Client, repo: Repository, number: number): Promise<PullRequest> {
  const pull = await client.read(`reading pull request ${number} of ${repo.owner}/${repo.name}`, (octokit) =>
    octokit.rest.pulls.get({ owner: repo.owner, repo: repo.name, pull_number: number }),
  );
  return pullRequest(pull);
}

/** Those that hold the commit, of this repository and, for a fork's commit, of others in the network. */
export async function pullsForCommit(client: Client, repo: Repository, commit: string): Promise<PullRequest[]> {
  const pulls = await client.read(`listing the pull requests of ${repo.owner}/${repo.name} with ${commit}`, (octokit) =>
    octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      owner: repo.owner,
      repo: repo.name,
      commit_sha: commit,
      per_page: 100,
    }),
  );
  return pulls.map(pullRequest);
}

interface WirePull {
  readonly number: number;
  readonly state: string;
  readonly draft?: boolean;
  readonly head: { readonly sha: string };
  readonly base: { readonly sha: string; readonly ref: string; readonly repo: { readonly id: number } };
}

function pullRequest(pull: WirePull): PullRequest {
  return {
    number: pull.number,
    state: pull.state === 'open' ? 'open' : 'closed',
    draft: pull.draft ?? false,
    head: pull.head.sha,
    base: pull.base.sha,
    baseRef: pull.base.ref,
    baseRepositoryId: pull.base.repo.id,
  };
}
