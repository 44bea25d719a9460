import { inspect } from 'node:util';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { API, grantTokens, NEW_RUN, openGitHub, REPO, SHA } from './setup.ts';

const NOW = Date.UTC(2026, 0, 2);
const PULL = '/repos/acme/models/pulls/3';

interface Answer {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

/** What reading a pull request comes to when every try is answered like this. */
async function failureOf({ status, body = {}, headers = {} }: Answer, times = 1): Promise<unknown> {
  const { installation } = openGitHub({ now: () => NOW });
  grantTokens(1, { now: () => NOW });
  nock(API).get(PULL).times(times).reply(status, body, headers);
  return installation.getPull(REPO, 3).catch((error: unknown) => error);
}

describe('told to slow down', () => {
  const secondary = { message: 'You have exceeded a secondary rate limit.' };
  const primary = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 90) };
  test.each<[string, Answer, number]>([
    ['403 with Retry-After', { status: 403, headers: { 'retry-after': '42' } }, 42_000],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '42' } }, 42_000],
    ['Retry-After as a date', { status: 429, headers: { 'retry-after': new Date(NOW + 5000).toUTCString() } }, 5_000],
    ['Retry-After before the reset', { status: 403, headers: { ...primary, 'retry-after': '3' } }, 3_000],
    ['nothing left until the reset', { status: 403, headers: primary }, 91_000],
    ['a secondary limit in words only', { status: 403, body: secondary }, 60_000],
    ['429 without more', { status: 429 }, 60_000],
  ])('%s', async (_, answer, afterMs) => {
    expect(await failureOf(answer)).toMatchObject({ code: 'github-rate-limited', retry: { afterMs } });
  });

  test('nothing more is asked until the wait is over', async () => {
    let now = NOW;
    const { installation, requests } = openGitHub({ now: () => now });
    grantTokens(1, { now: () => now });
    nock(API).get(PULL).reply(403, secondary, { 'retry-after': '42' });
    await expect(installation.getPull(REPO, 3)).rejects.toMatchObject({ code: 'github-rate-limited' });
    now += 40_000;
    const early = { code: 'github-rate-limited', retry: { afterMs: 2_000 } };
    await expect(installation.getPull(REPO, 3)).rejects.toMatchObject(early);
    await expect(installation.createCheckRun(NEW_RUN)).rejects.toMatchObject(early);
    await expect(installation.readPolicyFiles(REPO, SHA, null)).rejects.toMatchObject(early);
    expect(requests).toHaveLength(2);
    now += 2_000;
    nock(API).get(PULL).reply(404);
    await expect(installation.getPull(REPO, 3)).rejects.toMatchObject({ code: 'github-not-found' });
  });

  test('another installation is not held up', async () => {
    const { github, installation } = openGitHub({ now: () => NOW });
    grantTokens(1, { now: () => NOW });
    grantTokens(1, { installation: 12, now: () => NOW });
    nock(API).get(PULL).reply(429, {}, { 'retry-after': '42' });
    await expect(installation.getPull(REPO, 3)).rejects.toMatchObject({ code: 'github-rate-limited' });
    nock(API).get(PULL).reply(404);
    await expect(github.forInstallation(12).getPull(REPO, 3)).rejects.toMatchObject({ code: 'github-not-found' });
  });

  test('the points of queries are counted apart from requests', async () => {
    const { installation } = openGitHub({ now: () => NOW });
    grantTokens(1, { now: () => NOW });
    const body = { data: null, errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] };
    nock(API)
      .post('/graphql')
      .reply(200, body, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 10) });
    const limited = { code: 'github-rate-limited', retry: { afterMs: 11_000 } };
    await expect(installation.readPolicyFiles(REPO, SHA, null)).rejects.toMatchObject(limited);
    await expect(installation.readPolicyFiles(REPO, SHA, null)).rejects.toMatchObject(limited);
    nock(API).get(PULL).reply(404);
    await expect(installation.getPull(REPO, 3)).rejects.toMatchObject({ code: 'github-not-found' });
  });
});

describe('not available', () => {
  test.each([500, 502, 503, 504])('%i twice may be tried again later', async (status) => {
    expect(await failureOf({ status }, 2)).toMatchObject({ code: 'github-unavailable', retry: { afterMs: null } });
  });

  test('a passing failure of a read is not noticed', async () => {
    const { installation } = openGitHub();
    grantTokens();
    nock(API).get(PULL).reply(502);
    nock(API)
      .get(PULL)
      .matchHeader('x-github-api-version', '2022-11-28')
      .reply(200, { number: 3, state: 'open', head: { sha: SHA }, base: { sha: SHA, ref: 'main', repo: { id: 1 } } });
    expect(await installation.getPull(REPO, 3)).toMatchObject({ number: 3, state: 'open', draft: false });
  });

  test('503 with Retry-After is not tried before', async () => {
    expect(await failureOf({ status: 503, headers: { 'retry-after': '9' } })).toMatchObject({
      code: 'github-unavailable',
      retry: { afterMs: 9_000 },
    });
  });

  test('a connection that breaks', async () => {
    const { installation } = openGitHub();
    grantTokens();
    nock(API).get(PULL).times(2).replyWithError('socket hang up');
    await expect(installation.getPull(REPO, 3)).rejects.toMatchObject({
      code: 'github-unavailable',
      message: 'reading pull request 3 of acme/models: GitHub did not answer (socket hang up)',
    });
  });

  test('an answer that is not JSON', async () => {
    expect(await failureOf({ status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }, 2)).toMatchObject(
      {
        code: 'github-unavailable',
      },
    );
    expect(
      await failureOf({ status: 200, body: '{"number": 3, "sta', headers: { 'content-type': 'application/json' } }, 2),
    ).toMatchObject({ code: 'github-unavailable' });
  });

  test('a write is never sent twice', async () => {
    const { installation, requests } = openGitHub();
    grantTokens();
    nock(API).post('/repos/acme/models/check-runs').reply(502);
    await expect(installation.createCheckRun(NEW_RUN)).rejects.toMatchObject({
      code: 'github-unavailable',
      retry: { afterMs: null },
    });
    nock(API).post('/repos/acme/models/check-runs').replyWithError('socket hang up');
    await expect(installation.createCheckRun(NEW_RUN)).rejects.toMatchObject({ code: 'github-unavailable' });
    expect(requests.map(({ status }) => status)).toEqual([201, 502, 0]);
  });
});

describe('refused', () => {
  test.each<[Answer, string, string]>([
    [
      {
        status: 403,
        body: { message: 'Resource not accessible by integration' },
        headers: { 'x-accepted-github-permissions': 'pull_requests=read' },
      },
      'github-forbidden',
      'reading pull request 3 of acme/models: GitHub refuses (Resource not accessible by integration); the App needs the permission pull_requests: read',
    ],
    [
      { status: 404, body: { message: 'Not Found' } },
      'github-not-found',
      'reading pull request 3 of acme/models: GitHub knows no such thing, or does not show it to the App (Not Found)',
    ],
    [
      { status: 422, body: { message: 'Validation Failed', errors: [{ field: 'x', code: 'invalid' }, 'and more'] } },
      'github-rejected',
      'reading pull request 3 of acme/models: GitHub answered 422 (Validation Failed: {"field":"x","code":"invalid"}: and more)',
    ],
    [
      { status: 451, body: { message: 'Blocked' } },
      'github-forbidden',
      'reading pull request 3 of acme/models: GitHub refuses (Blocked)',
    ],
  ])('%j', async (answer, code, message) => {
    expect(await failureOf(answer)).toMatchObject({ code, message, retry: false });
  });

  test('what GitHub says is one short printable line', async () => {
    const failure = (await failureOf({ status: 422, body: { message: `a\u001b[31m\nb${'x'.repeat(5000)}` } })) as Error;
    expect(failure.message).toMatch(/\(a \[31m bx+…\)$/);
    expect(failure.message.length).toBeLessThan(400);
  });
});

test('an error holds no token, however deep one looks', async () => {
  const failure = await failureOf({ status: 404 });
  expect(inspect(failure, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('token-1');
});

test('a mistake of ours is not made to look like one of GitHub', async () => {
  const { installation } = openGitHub();
  const annotation = { path: 'a', startLine: 1, endLine: 1, level: 'notice', title: 't', message: 'm' } as const;
  const update = { title: 't', summary: 's', annotations: Array.from({ length: 51 }, () => annotation) };
  await expect(installation.updateCheckRun(REPO, 5, update)).rejects.toThrow('51 annotations in one update');
});
