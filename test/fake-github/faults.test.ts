import { connect as connectSocket } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, connect } from '#test/fake-github/client.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { BAD_GATEWAY, retryAfter } from '#test/support/fake-github/faults.ts';
import type { Repository } from '#test/support/fake-github/state.ts';

const started: FakeGitHub[] = [];
let fake: FakeGitHub;
let repo: Repository;
let client: Client;
let head_sha: string;

async function start(options: Parameters<typeof startFakeGitHub>[0] = {}): Promise<void> {
  fake = await startFakeGitHub(options);
  started.push(fake);
  repo = await fake.createRepository({ owner: 'acme', name: 'ml' });
  head_sha = await fake.commit(repo, 'main', { files: { 'a.py': '1\n' } });
  client = await connect(fake, repo.installation!);
}
beforeEach(() => start());
afterAll(() => Promise.all(started.map((one) => one.close())));

const create = () => client.post('/repos/acme/ml/check-runs', { name: 'Assay', head_sha });

describe('a fault', () => {
  test('meets as many requests as it is told, of the kind that it is told', async () => {
    fake.failNext({ ...BAD_GATEWAY, method: 'post', path: /\/check-runs$/, times: 2 });
    expect((await client.get('/repos/acme/ml')).status).toBe(200);
    expect([(await create()).status, (await create()).status, (await create()).status]).toEqual([502, 502, 201]);
    expect(fake.checkRuns()).toHaveLength(1);
  });

  test('can let some through first, or do what is asked and deny it', async () => {
    fake.failNext({ ...BAD_GATEWAY, path: /check-runs/, after: 1, afterApplying: true });
    expect([(await create()).status, (await create()).status, (await create()).status]).toEqual([201, 502, 201]);
    expect(fake.checkRuns()).toHaveLength(3);
  });

  test('asks to wait', async () => {
    fake.failNext(retryAfter(7));
    const answer = await create();
    expect(answer.status).toBe(403);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.body.message).toContain('secondary rate limit');
  });

  test('meets GraphQL by its text, and git by its path', async () => {
    fake.failNext({ ...BAD_GATEWAY, path: /^\/graphql$/, requestBody: /databaseId/ });
    expect((await client.graphql('{ rateLimit { cost } }')).status).toBe(200);
    expect((await client.graphql('{ repository(owner: "acme", name: "ml") { databaseId } }')).status).toBe(502);
    fake.failNext({ status: 503, path: /\.git\// });
    expect((await fetch(`${fake.url}/acme/ml.git/info/refs?service=git-upload-pack`)).status).toBe(503);
  });

  test('ends the connection', async () => {
    fake.failNext({ destroySocket: true, afterApplying: true });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(fake.checkRuns()).toHaveLength(1);
    expect(fake.requests.at(-1)?.status).toBe(0);
  });

  test('holds a request until it is let go', async () => {
    const gate = Promise.withResolvers<void>();
    fake.failNext({ hold: gate.promise, path: /check-runs/ });
    const answer = create();
    await fake.until(() => fake.requests.at(-1)?.path.endsWith('check-runs'));
    expect((await client.get('/repos/acme/ml')).status).toBe(200);
    expect(fake.checkRuns()).toEqual([]);
    gate.resolve();
    expect((await answer).status).toBe(201);
  });
});

test('a client that dies while it sends, or while it waits, leaves no trace of an error', async () => {
  const { port } = new URL(fake.url);
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\nuser-agent: x\r\nauthorization: token ${client.token}\r\n`;
  const gate = Promise.withResolvers<void>();
  fake.failNext({ hold: gate.promise });
  for (const rest of ['content-length: 2\r\n\r\n{}', 'content-length: 100\r\n\r\n{"query']) {
    const arrived = fake.requests.length + 1;
    const socket = connectSocket(Number(port), '127.0.0.1');
    socket.write(head + rest);
    await fake.until(() => fake.requests.length === arrived);
    socket.destroy();
  }
  gate.resolve();
  expect((await create()).status).toBe(201);
  expect(fake.violations.filter(({ problem }) => problem.includes('failed'))).toEqual([]);
});

describe('the rate limit', () => {
  test('is shown on every answer and enforced', async () => {
    await start({ limits: { hourly: 3 } });
    const first = await client.get('/repos/acme/ml');
    expect(first.headers.get('x-ratelimit-limit')).toBe('3');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('2');
    await create();
    await create();
    const refused = await create();
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(refused.headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(Date.now());
    expect((await client.graphql('{ rateLimit { remaining } }')).body.data.rateLimit.remaining).toBe(2);
    expect(fake.checkRuns()).toHaveLength(2);
  });

  test('on writes is the secondary one', async () => {
    await start({ limits: { writesPerMinute: 1 } });
    expect((await create()).status).toBe(201);
    const refused = await create();
    expect(refused).toMatchObject({ status: 403, body: { message: expect.stringContaining('secondary rate limit') } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await client.get('/repos/acme/ml')).status).toBe(200);
    const rates = await client.get('/rate_limit');
    expect(rates.body.resources.core).toMatchObject({ limit: 5000, used: 4 });
  });
});

describe('a violation', () => {
  test.each<[string, string, string, unknown, number, string]>([
    ['no such route', 'GET', '/repos/acme/ml/nothing', undefined, 404, 'no route'],
    ['a query that GitHub does not have', 'GET', '/repos/acme/ml/pulls?sate=open', undefined, 422, 'sate'],
    ['a value that GitHub does not have', 'GET', '/repos/acme/ml/pulls?state=opened', undefined, 422, '/state'],
    ['a number that is none', 'GET', '/repos/acme/ml/pulls/one', undefined, 422, 'pull_number'],
    ['a body where none is taken', 'PATCH', '/repos/acme/ml/check-runs/1', '{', 400, 'not JSON'],
    ['no body where one is needed', 'POST', '/repos/acme/ml/check-runs', undefined, 422, 'no body'],
    ['a property that is missing', 'POST', '/repos/acme/ml/check-runs', { name: 'Assay' }, 422, 'head_sha'],
  ])('%s', async (_, method, path, body, status, words) => {
    const answer =
      method === 'GET' ? await client.get(path) : await client[method === 'POST' ? 'post' : 'patch'](path, body);
    expect(answer.status).toBe(status);
    expect(fake.violations).toMatchObject([
      { method, path: path.replace(/\?.*/, ''), problem: expect.stringContaining(words) },
    ]);
  });
});
