import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Client, connect } from '#test/fake-github/client.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import type { Repository } from '#test/support/fake-github/state.ts';

const RUNS = '/repos/acme/ml/check-runs';
let fake: FakeGitHub;
let repo: Repository;
let client: Client;
let head_sha: string;
let seen = 0;

beforeAll(async () => {
  fake = await startFakeGitHub({ checkAnswers: true });
  repo = await fake.createRepository({ owner: 'acme', name: 'ml' });
  head_sha = await fake.commit(repo, 'main', { files: { 'a.py': '1\n' } });
  client = await connect(fake, repo.installation!);
});
afterEach(() => {
  seen = fake.violations.length;
});
afterAll(() => fake.close());

const annotation = { path: 'a.py', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'bad' };
const output = { title: 'Title', summary: 'Summary' };

test('a check run is made, grows annotations and is concluded', async () => {
  const made = await client.post(RUNS, { name: 'Assay', head_sha, status: 'in_progress', external_id: 'x' });
  expect(made).toMatchObject({ status: 201, body: { status: 'in_progress', conclusion: null, completed_at: null } });
  const one = `${RUNS}/${made.body.id}`;
  await client.patch(one, { output: { ...output, annotations: [annotation, annotation] } });
  const done = await client.patch(one, {
    conclusion: 'failure',
    output: { summary: 'New', annotations: [annotation] },
  });
  expect(done.body).toMatchObject({
    status: 'completed',
    conclusion: 'failure',
    external_id: 'x',
    output: { title: 'Title', summary: 'New', annotations_count: 3 },
  });
  expect(done.body.completed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const again = await client.patch(one, { status: 'in_progress' });
  expect(again.body).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(fake.checkRuns(head_sha)).toHaveLength(1);
  expect(fake.violations.slice(seen)).toEqual([]);
});

test('annotations are listed in pages', async () => {
  const annotations = Array.from({ length: 50 }, (_, index) => ({ ...annotation, message: `number ${index}` }));
  const { body } = await client.post(RUNS, { name: 'Pages', head_sha, output: { ...output, annotations } });
  const first = await client.get(`${RUNS}/${body.id}/annotations?per_page=20&page=2`);
  expect(first.body.map((one: { message: string }) => one.message)).toEqual(
    annotations.slice(20, 40).map((one) => one.message),
  );
  expect(first.headers.get('link')).toContain(
    `${fake.url}${RUNS}/${body.id}/annotations?per_page=20&page=3>; rel="next"`,
  );
  const last = await client.get(`${RUNS}/${body.id}/annotations?per_page=20&page=3`);
  expect(last.body).toHaveLength(10);
  expect(last.headers.get('link')).not.toContain('next');
  expect(fake.violations.slice(seen)).toEqual([]);
});

test('the newest of each name is listed, unless all are asked for', async () => {
  const sha = await fake.commit(repo, 'listed', { files: { 'b.py': '2\n' } });
  for (const name of ['Assay', 'Assay', 'Other']) await client.post(RUNS, { name, head_sha: sha });
  fake.addForeignCheckRun(repo, sha, 'Assay');
  const names = async (query: string) => {
    const { body } = await client.get(`/repos/acme/ml/commits/${sha}/check-runs${query}`);
    expect(body.total_count).toBe(body.check_runs.length);
    return body.check_runs.map((run: { name: string }) => run.name);
  };
  expect(await names('')).toEqual(['Assay', 'Other', 'Assay']);
  expect(await names('?filter=all')).toHaveLength(4);
  expect(await names(`?app_id=${fake.appId}&check_name=Assay`)).toEqual(['Assay']);
  expect(await names(`?app_id=${fake.appId}&check_name=Assay&filter=all`)).toEqual(['Assay', 'Assay']);
  const byBranch = await client.get('/repos/acme/ml/commits/heads%2Flisted/check-runs');
  expect(byBranch.body.total_count).toBe(3);
  expect(fake.violations.slice(seen)).toEqual([]);
});

test('a commit that the repository does not have, and a run of another App, are refused', async () => {
  const unknown = await client.post(RUNS, { name: 'Assay', head_sha: 'f'.repeat(40) });
  expect(unknown).toMatchObject({ status: 422, body: { message: `No commit found for SHA: ${'f'.repeat(40)}` } });
  const foreign = fake.addForeignCheckRun(repo, head_sha, 'Assay');
  expect((await client.patch(`${RUNS}/${foreign.id}`, { status: 'in_progress' })).status).toBe(403);
  expect((await client.get(`${RUNS}/999999`)).status).toBe(404);
});

describe('GitHub refuses', () => {
  const withAnnotation = (change: object) => ({ output: { ...output, annotations: [{ ...annotation, ...change }] } });
  const action = { label: 'Fix', description: 'Fixes', identifier: 'fix' };
  test.each<[string, object, string]>([
    ['51 annotations', { output: { ...output, annotations: Array(51).fill(annotation) } }, 'more than 50 items'],
    ['a long summary', { output: { ...output, summary: 'x'.repeat(65_536) } }, '65535'],
    ['a long text', { output: { ...output, text: 'x'.repeat(65_536) } }, '65535'],
    ['an output without a title', { output: { summary: 'x' } }, 'title'],
    ['columns on two lines', withAnnotation({ end_line: 2, start_column: 1, end_column: 2 }), 'columns'],
    ['line 0', withAnnotation({ start_line: 0, end_line: 0 }), 'lines 0 to 0'],
    ['lines backwards', withAnnotation({ start_line: 5, end_line: 4 }), 'lines 5 to 4'],
    ['columns backwards', withAnnotation({ start_column: 5, end_column: 4 }), 'columns 5 to 4'],
    ['an absolute path', withAnnotation({ path: '/a.py' }), 'not relative'],
    ['an empty message', withAnnotation({ message: '' }), 'message is empty'],
    ['a long annotation title', withAnnotation({ title: 'x'.repeat(256) }), '255'],
    ['a long message', withAnnotation({ message: 'é'.repeat(33_000) }), '64 KB'],
    ['a level of its own', withAnnotation({ annotation_level: 'error' }), 'annotation_level'],
    ['the conclusion stale', { conclusion: 'stale' }, 'stale'],
    ['completed without a conclusion', { status: 'completed' }, 'without a conclusion'],
    [
      'a conclusion while in progress',
      { status: 'in_progress', conclusion: 'success' },
      'a conclusion comes with status',
    ],
    ['four actions', { actions: Array(4).fill(action) }, 'more than 3 items'],
    ['a long label', { actions: [{ ...action, label: 'x'.repeat(21) }] }, '20'],
    ['a misspelt property', { ouput: output }, 'ouput'],
    ['a misspelt property below', withAnnotation({ line: 1 }), 'line'],
  ])('%s', async (_, change, words) => {
    const before = fake.state.checkRuns.length;
    const answer = await client.post(RUNS, { name: 'Assay', head_sha, ...change });
    expect(answer.status).toBe(422);
    expect(answer.body.message).toContain(words);
    expect(fake.state.checkRuns).toHaveLength(before);
    expect(fake.violations.slice(seen).some(({ problem }) => problem.includes(words))).toBe(true);
  });
});
