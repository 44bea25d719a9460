/** Check runs: made, updated, listed; their annotations only ever grow. */
import { type CheckRunBody, checkRunProblems } from './check-run-rules.ts';
import { notFound, ok, page, type Reply, refuse, violates } from './reply.ts';
import { forRepository, type RepositoryCall, type Routes } from './route.ts';
import { checkRunJson, checkSuiteJson } from './shapes.ts';
import type { CheckRun, CheckSuite, Repository, State } from './state.ts';

/** One suite for each App and commit. */
export function suiteFor(state: State, repo: Repository, headSha: string, appId: number): CheckSuite {
  const known = state.checkSuites.find((one) => one.repo === repo && one.headSha === headSha && one.appId === appId);
  if (known !== undefined) return known;
  const suite = { id: state.nextId(), repo, appId, headSha, createdAt: state.timestamp() };
  state.checkSuites.push(suite);
  return suite;
}

export function newCheckRun(state: State, suite: CheckSuite, name: string): CheckRun {
  const run: CheckRun = {
    id: state.nextId(),
    repo: suite.repo,
    suite,
    appId: suite.appId,
    headSha: suite.headSha,
    name,
    status: 'queued',
    conclusion: null,
    externalId: '',
    detailsUrl: 'https://example.com',
    startedAt: state.timestamp(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  };
  state.checkRuns.push(run);
  return run;
}

/** Text is replaced, annotations are added to. A run that is completed stays so: GitHub does not reopen it. */
function apply(run: CheckRun, body: CheckRunBody, state: State): void {
  if (body.name !== undefined) run.name = body.name;
  if (body.external_id !== undefined) run.externalId = body.external_id;
  if (body.details_url !== undefined) run.detailsUrl = body.details_url;
  if (body.started_at !== undefined) run.startedAt = body.started_at;
  if (body.status !== undefined && run.status !== 'completed') run.status = body.status;
  if (body.conclusion !== undefined) {
    run.status = 'completed';
    run.conclusion = body.conclusion;
    run.completedAt = body.completed_at ?? state.timestamp();
  }
  if (body.output !== undefined) {
    const { title, summary, text, annotations = [] } = body.output;
    run.output = {
      title: title ?? run.output.title,
      summary: summary ?? run.output.summary,
      text: text ?? run.output.text,
    };
    run.annotations.push(...annotations);
  }
  if (body.actions !== undefined) run.actions = [...body.actions];
}

function findRun({ state, repo, params }: RepositoryCall): CheckRun | undefined {
  return state.checkRuns.find((one) => one.repo === repo && one.id === Number(params.check_run_id));
}

/** `filter=latest`, the default, shows the newest of each name in its suite. */
function listed(call: RepositoryCall, runs: readonly CheckRun[]): Reply {
  const query = call.url.searchParams;
  const wanted = (key: string, value: string) => !query.has(key) || query.get(key) === value;
  const matching = runs.filter(
    (run) => wanted('check_name', run.name) && wanted('status', run.status) && wanted('app_id', String(run.appId)),
  );
  const newestFirst = matching.toSorted((a, b) => b.id - a.id);
  const isLatest = (run: CheckRun) =>
    newestFirst.find((one) => one.suite === run.suite && one.name === run.name) === run;
  const shown = query.get('filter') === 'all' ? newestFirst : newestFirst.filter(isLatest);
  const { items, headers } = page(shown, call.url);
  const check_runs = items.map((run) => checkRunJson(run, call.state, call.origin));
  return ok({ total_count: shown.length, check_runs }, headers);
}

export const checkRoutes: Routes = {
  'checks/create': forRepository('checks', 'write', async ({ state, repo, body, appId, origin }) => {
    const wanted = body as CheckRunBody;
    const problems = checkRunProblems(wanted, null);
    if (problems.length > 0) return violates(problems);
    const commit = /^[0-9a-f]{40,64}$/.test(wanted.head_sha ?? '') && (await repo.git.objects.commit(wanted.head_sha!));
    if (!commit) return refuse(422, `No commit found for SHA: ${wanted.head_sha}`);
    const run = newCheckRun(state, suiteFor(state, repo, commit.oid, appId), wanted.name ?? '');
    apply(run, wanted, state);
    return { status: 201, body: checkRunJson(run, state, origin) };
  }),

  'checks/update': forRepository('checks', 'write', (call) => {
    const run = findRun(call);
    if (run === undefined) return notFound();
    if (run.appId !== call.appId)
      return refuse(
        403,
        `Invalid app_id \`${call.appId}\` - check run can only be modified by the GitHub App that created it.`,
      );
    const body = call.body as CheckRunBody;
    const problems = checkRunProblems(body, run);
    if (problems.length > 0) return violates(problems);
    apply(run, body, call.state);
    return ok(checkRunJson(run, call.state, call.origin));
  }),

  'checks/get': forRepository('checks', 'read', (call) => {
    const run = findRun(call);
    return run === undefined ? notFound() : ok(checkRunJson(run, call.state, call.origin));
  }),

  'checks/list-annotations': forRepository('checks', 'read', (call) => {
    const run = findRun(call);
    if (run === undefined) return notFound();
    const { items, headers } = page(run.annotations, call.url);
    const blob = `${call.origin}/${call.repo.fullName}/blob/${run.headSha}`;
    const absent = { start_column: null, end_column: null, title: null, raw_details: null };
    return ok(
      items.map((one) => ({ ...absent, ...one, blob_href: `${blob}/${one.path}` })),
      headers,
    );
  }),

  'checks/list-for-ref': forRepository('checks', 'read', async (call) => {
    const commit = await call.repo.git.resolve(call.params.ref ?? '');
    if (commit === null) return refuse(422, `No commit found for SHA: ${call.params.ref}`);
    return listed(
      call,
      call.state.checkRuns.filter((run) => run.repo === call.repo && run.headSha === commit.oid),
    );
  }),

  'checks/list-for-suite': forRepository('checks', 'read', (call) => {
    const id = Number(call.params.check_suite_id);
    return listed(
      call,
      call.state.checkRuns.filter((run) => run.repo === call.repo && run.suite.id === id),
    );
  }),

  'checks/get-suite': forRepository('checks', 'read', ({ state, repo, params, origin }) => {
    const suite = state.checkSuites.find((one) => one.repo === repo && one.id === Number(params.check_suite_id));
    return suite === undefined ? notFound() : ok(checkSuiteJson(suite, state, origin));
  }),
};
