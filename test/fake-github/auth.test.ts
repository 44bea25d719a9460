import { generateKeyPairSync } from 'node:crypto';
import { ProbotOctokit } from 'probot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, makeJwt, send } from '#test/fake-github/client.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import type { Repository } from '#test/support/fake-github/state.ts';

const HOUR = 3_600_000;
let fake: FakeGitHub;
let repo: Repository;
let elsewhere: Repository;
let clock = Date.now();

beforeAll(async () => {
  fake = await startFakeGitHub({ checkAnswers: true, now: () => clock });
  repo = await fake.createRepository({ owner: 'acme', name: 'ml' });
  elsewhere = await fake.createRepository({ owner: 'other', name: 'secret' });
});
afterAll(async () => {
  await fake.close();
  expect(fake.violations).toEqual([]);
});

describe('the App proves itself by a JWT', () => {
  const asApp = (jwt: string) => send(fake, `Bearer ${jwt}`, { method: 'GET', path: '/app' });
  const seconds = () => Math.floor(clock / 1000);

  test('that is signed with its key', async () => {
    const answer = await asApp(makeJwt(fake));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: fake.appId, installations_count: 2 });
  });

  test.each([
    ['another key', () => makeJwt(fake, {}, foreignKey()), 401, 'A JSON web token could not be decoded'],
    ['no JWT', () => 'nothing', 401, 'A JSON web token could not be decoded'],
    ['another App', () => makeJwt(fake, { iss: 1 }), 404, 'Integration not found'],
    ['one that is over', () => makeJwt(fake, { exp: seconds() - 1 }), 401, "('exp') must be a numeric value"],
    ['eleven minutes', () => makeJwt(fake, { exp: seconds() + 660 }), 401, "('exp') is too far in the future"],
    ['a later day', () => makeJwt(fake, { iat: seconds() + 120 }), 401, "('iat')"],
  ])('%s is refused', async (_, jwt, status, message) => {
    const answer = await asApp(jwt());
    expect(answer.status).toBe(status);
    expect(answer.body.message).toContain(message);
  });

  function foreignKey(): string {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }
});

describe('an installation token', () => {
  test('has the long form of 2026', async () => {
    const { token } = await connect(fake, repo.installation!);
    expect(token).toMatch(new RegExp(`^ghs_${fake.appId}_[\\w-]+\\.[\\w-]+\\.[\\w-]+$`));
    expect(token.length).toBeGreaterThan(500);
  });

  test('opens the repositories of its installation only', async () => {
    const client = await connect(fake, repo.installation!);
    expect(await client.get('/repos/acme/ml')).toMatchObject({
      status: 200,
      body: { id: repo.id, full_name: 'acme/ml' },
    });
    expect((await client.get('/repos/ACME/Ml')).status).toBe(200);
    expect((await client.get('/repos/other/secret')).status).toBe(404);
    const listed = await client.get('/installation/repositories');
    expect(listed.body.repositories.map((one: { name: string }) => one.name)).toEqual(['ml']);
  });

  test('can be narrowed, and not widened', async () => {
    const client = await connect(fake, repo.installation!, {
      repository_ids: [repo.id],
      permissions: { checks: 'read' },
    });
    const head_sha = await fake.commit(repo, 'main', { files: { 'a.py': '1\n' } });
    const refused = await client.post('/repos/acme/ml/check-runs', { name: 'Assay', head_sha });
    expect(refused).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } });
    await expect(connect(fake, repo.installation!, { permissions: { contents: 'write' } })).rejects.toThrow(
      'not granted',
    );
    await expect(connect(fake, repo.installation!, { repository_ids: [elsewhere.id] })).rejects.toThrow(
      'not accessible',
    );
  });

  test('lasts an hour, or until it is said to be over', async () => {
    const client = await connect(fake, repo.installation!);
    clock += HOUR - 1000;
    expect((await client.get('/repos/acme/ml')).status).toBe(200);
    clock += 1000;
    expect(await client.get('/repos/acme/ml')).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
    clock -= HOUR;
    const next = await connect(fake, repo.installation!);
    fake.expireTokens();
    expect((await next.get('/repos/acme/ml')).status).toBe(401);
    expect((await next.graphql('{ rateLimit { cost } }')).status).toBe(401);
  });

  test('is not given to a suspended installation', async () => {
    const client = await connect(fake, elsewhere.installation!);
    elsewhere.installation!.suspended = true;
    expect((await client.get('/repos/other/secret')).status).toBe(401);
    await expect(connect(fake, elsewhere.installation!)).rejects.toThrow('suspended');
    elsewhere.installation!.suspended = false;
  });
});

test("Probot's own Octokit gets a token and works with it, below /api/v3 too", async () => {
  for (const baseUrl of [fake.url, `${fake.url}/api/v3`]) {
    const auth = { appId: fake.appId, privateKey: fake.privateKey, installationId: repo.installation!.id };
    const octokit = new ProbotOctokit({ auth, baseUrl });
    const { data } = await octokit.rest.repos.get({ owner: 'acme', repo: 'ml' });
    expect(data.id).toBe(repo.id);
    const query = 'query($owner: String!) { repository(owner: $owner, name: "ml") { databaseId } }';
    expect(await octokit.graphql(query, { owner: 'acme' })).toEqual({ repository: { databaseId: repo.id } });
  }
});
