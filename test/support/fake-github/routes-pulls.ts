/** Pull requests and what they change. */
import { filesJson, pullDiff } from './changed-files.ts';
import { notFound, ok, page } from './reply.ts';
import { forRepository, type RepositoryCall, type Routes } from './route.ts';
import { pullJson, pullSummaryJson } from './shapes.ts';
import type { Pull } from './state.ts';

/** https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const MOST_FILES = 3000;

function findPull({ state, repo, params }: RepositoryCall): Pull | undefined {
  return state.pulls.find((one) => one.repo === repo && one.number === Number(params.pull_number));
}

export const pullRoutes: Routes = {
  'pulls/get': forRepository('pull_requests', 'read', (call) => {
    const pull = findPull(call);
    return pull === undefined ? notFound() : ok(pullJson(pull, call.origin));
  }),

  'pulls/list': forRepository('pull_requests', 'read', ({ state, repo, url, origin }) => {
    const query = url.searchParams;
    const wantedState = query.get('state') ?? 'open';
    const wanted = state.pulls.filter(
      (pull) =>
        pull.repo === repo &&
        (wantedState === 'all' || pull.state === wantedState) &&
        (!query.has('base') || pull.base.ref === query.get('base')) &&
        (!query.has('head') || `${pull.head.repo.owner.login}:${pull.head.ref}` === query.get('head')),
    );
    const { items, headers } = page(wanted.toReversed(), url);
    return ok(
      items.map((pull) => pullSummaryJson(pull, origin)),
      headers,
    );
  }),

  'pulls/list-files': forRepository('pull_requests', 'read', async (call) => {
    const pull = findPull(call);
    if (pull === undefined) return notFound();
    const files = (await pullDiff(pull)).slice(0, MOST_FILES);
    const { items, headers } = page(filesJson(files, call.repo, pull.head.sha, call.origin), call.url);
    return ok(items, headers);
  }),

  /** Open pull requests that hold the commit; for a commit of the default branch also the merged one that brought it. */
  'repos/list-pull-requests-associated-with-commit': forRepository('pull_requests', 'read', (call) => {
    const sha = call.params.commit_sha;
    const found = call.state.pulls.filter((pull) => pull.repo === call.repo && pull.head.sha === sha);
    const { items, headers } = page(found, call.url);
    return ok(
      items.map((pull) => pullSummaryJson(pull, call.origin)),
      headers,
    );
  }),
};
