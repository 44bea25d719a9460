import { expect, test } from 'vitest';
import { gitFailure } from '#git/git-failure.ts';

const TOKEN = ['ghs', '4321', 'x'.repeat(40)].join('_');

test.each([
  ['fatal: remote error: upload-pack: not our ref abc', 'unknown-revision', false],
  ["fatal: couldn't find remote ref refs/pull/9/head", 'unknown-revision', false],
  ["remote: Repository not found.\nfatal: repository 'https://github.com/o/r/' not found", 'github-not-found', false],
  ["fatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 403", 'git-failed', true],
  ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'git-failed', true],
  ["fatal: unable to access 'https://github.com/o/r/': Could not resolve host: github.com", 'git-failed', true],
  ["fatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 503", 'git-failed', true],
  ['error: RPC failed; curl 92 HTTP/2 stream 5 was not closed cleanly\nfatal: early EOF', 'git-failed', true],
  ['fatal: write error: No space left on device', 'git-failed', true],
  ['error: object file is empty\nfatal: loose object abc is corrupt', 'git-failed', false],
  ['', 'git-failed', false],
])('%j is %s', (stderr, code, retry) => {
  const failure = gitFailure('fetch', stderr);
  expect(failure.code).toBe(code);
  expect(failure.retry).toEqual(retry ? { afterMs: null } : false);
});

test.each([
  `fatal: unable to access 'https://x-access-token:${TOKEN}@github.com/o/r/'`,
  `error: Authorization: Basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`,
  `fatal: bad token ${TOKEN}`,
])('no credential reaches a message', (stderr) => {
  const { message } = gitFailure('fetch', stderr);
  expect(message).not.toContain(TOKEN);
  expect(message).not.toContain(Buffer.from(TOKEN).toString('base64').slice(4, 30));
});

test('a message is one printable line', () => {
  const { message } = gitFailure(
    'fetch',
    `remote: \u001b[31mevil\u0007\nfatal: first\u001b]0;title\u0007 ${'x'.repeat(1000)}\n`,
  );
  expect(message).toMatch(/^git fetch failed: first ]0;title {2}x+$/);
  expect(message.length).toBeLessThan(330);
});

test('an incomplete local clone gets the way out', () => {
  const { message } = gitFailure(
    'diff-tree',
    'fatal: could not fetch 0123456789012345678901234567890123456789 from promisor remote',
  );
  expect(message).toContain('git fetch --refetch');
});
