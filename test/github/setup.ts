/** One installation of an App on a GitHub that says only what a test tells it to. */
import nock from 'nock';
import { onTestFinished } from 'vitest';
import type { RequestInfo } from '#github/client.ts';
import { createGitHub, type GitHubOptions } from '#github/github.ts';
import { sharedPrivateKey } from '#test/support/fake-github/auth.ts';

/** A name of this machine: the guard of the tests lets nock answer for it, and nothing listens there. */
export const API = 'http://github.localhost';
export const REPO = { id: 1, owner: 'acme', name: 'models' };
export const SHA = 'ab'.repeat(20);

export function openGitHub(options: Partial<GitHubOptions> = {}) {
  nock.disableNetConnect();
  const requests: RequestInfo[] = [];
  const github = createGitHub({
    appId: 7,
    baseUrl: API,
    privateKey: sharedPrivateKey(),
    writeSpacingMs: 0,
    onRequest: (info) => requests.push(info),
    ...options,
  });
  onTestFinished(() => {
    const open = nock.pendingMocks();
    nock.cleanAll();
    if (open.length > 0) throw new Error(`never asked for: ${open.join(', ')}`);
  });
  return { github, requests, installation: github.forInstallation(11) };
}

/** `token-1`, `token-2` … in the order in which they are asked for. */
export function grantTokens(times = 1, { installation = 11, lifeMs = 3_600_000, now = Date.now } = {}): void {
  for (let count = 1; count <= times; count += 1) {
    nock(API)
      .post(`/app/installations/${installation}/access_tokens`)
      .matchHeader('authorization', /^bearer /i)
      .reply(201, () => ({ token: `token-${count}`, expires_at: new Date(now() + lifeMs).toISOString() }));
  }
}

export function checkRun(more: object = {}): object {
  return {
    ...{ id: 5, name: 'Assay', head_sha: SHA, external_id: 'x', status: 'in_progress', conclusion: null },
    ...{ html_url: 'https://github.com/acme/models/runs/5', output: { annotations_count: 0 }, app: { id: 7 } },
    ...more,
  };
}

export const NEW_RUN = {
  ...{ repo: REPO, head: SHA, name: 'Assay', externalId: 'x', title: 'Reviewing', summary: '…' },
  startedAt: '2026-01-02T03:04:05Z',
};
