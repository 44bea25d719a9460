import nock from 'nock';
import { expect, test } from 'vitest';
import { API, checkRun, grantTokens, NEW_RUN, openGitHub, REPO } from './setup.ts';

const RUN = '/repos/acme/models/check-runs';
const answered = (token: string, more: object = {}) =>
  nock(API, { reqheaders: { authorization: `token ${token}` } })
    .get(`${RUN}/5`)
    .reply(200, checkRun(more));

test('one token serves until five minutes before it ends', async () => {
  let now = Date.UTC(2026, 0, 2);
  const { installation } = openGitHub({ now: () => now });
  grantTokens(2, { now: () => now });
  expect(await installation.token()).toBe('token-1');
  now += 54 * 60_000;
  answered('token-1');
  await installation.getCheckRun(REPO, 5);
  now += 2 * 60_000;
  answered('token-2');
  await installation.getCheckRun(REPO, 5);
  expect(await installation.token()).toBe('token-2');
});

test('many that need it at once ask once', async () => {
  const { installation } = openGitHub();
  grantTokens(1);
  const tokens = await Promise.all(Array.from({ length: 20 }, () => installation.token()));
  expect(new Set(tokens)).toEqual(new Set(['token-1']));
});

test('a token that is refused is replaced, and the request sent once more, also a write', async () => {
  const { installation } = openGitHub();
  grantTokens(2);
  nock(API).post(RUN).matchHeader('authorization', 'token token-1').reply(401, { message: 'Bad credentials' });
  nock(API).post(RUN).matchHeader('authorization', 'token token-2').reply(201, checkRun());
  expect(await installation.createCheckRun(NEW_RUN)).toMatchObject({ id: 5 });
});

test('refused twice is forbidden', async () => {
  const { installation } = openGitHub();
  grantTokens(2);
  nock(API).get(`${RUN}/5`).times(2).reply(401, { message: 'Bad credentials' });
  await expect(installation.getCheckRun(REPO, 5)).rejects.toMatchObject({
    code: 'github-forbidden',
    retry: false,
    message: `reading check run 5 of acme/models: GitHub does not accept the App's credentials (Bad credentials)`,
  });
});

test('a token that could not be had is asked for again', async () => {
  const { installation } = openGitHub();
  nock(API).post('/app/installations/11/access_tokens').reply(502);
  await expect(installation.token()).rejects.toMatchObject({ code: 'github-unavailable', retry: { afterMs: null } });
  grantTokens(1);
  expect(await installation.token()).toBe('token-1');
});

test('an installation that is gone', async () => {
  const { installation } = openGitHub();
  nock(API).post('/app/installations/11/access_tokens').reply(404, { message: 'Not Found' });
  await expect(installation.token()).rejects.toMatchObject({
    code: 'github-not-found',
    message: expect.stringContaining('installation 11'),
  });
});

test('an installation that does not grant what is needed', async () => {
  const { installation } = openGitHub();
  const message = 'The permissions requested are not granted to this installation.';
  nock(API).post('/app/installations/11/access_tokens').reply(422, { message });
  await expect(installation.token()).rejects.toMatchObject({
    code: 'github-forbidden',
    message: expect.stringContaining('checks: write'),
  });
});

test('a token can do no more than a review needs', async () => {
  const { installation } = openGitHub();
  const permissions = { metadata: 'read', contents: 'read', pull_requests: 'read', checks: 'write' };
  nock(API)
    .post('/app/installations/11/access_tokens', { permissions })
    .reply(201, { token: 'narrow', expires_at: '2099-01-01T00:00:00Z' });
  expect(await installation.token()).toBe('narrow');
});
