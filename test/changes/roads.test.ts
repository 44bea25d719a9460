import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_MAX_FILES } from '#changes/from-api.ts';
import { DEFAULT_LIMITS } from '#changes/limits.ts';
import { loadLocalChangeSet } from '#changes/load-local-change-set.ts';
import { openLocalRepository } from '#git/local-repository.ts';
import { BAD_GATEWAY } from '#test/support/fake-github/faults.ts';
import { GIT_ENVIRONMENT } from '#test/support/fake-github/git-environment.ts';
import { type Files, openRoads, type Roads } from './roads.ts';

let roads: Roads;
beforeEach(async () => {
  roads = await openRoads();
  // The token is asked for once an hour; it is no part of what a change costs.
  await roads.installation.token();
});
afterEach(() => roads.close());

const many = (count: number, word: string): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/f${at}.py`, `${word} = ${at}\n`]));

/** What was asked, in order: REST operations by name, GraphQL, and git by how often. */
function asked(since: number): string[] {
  const requests = roads.fake.requests.slice(since);
  const git = requests.filter(({ kind }) => kind === 'git').length;
  const api = requests.flatMap(({ kind, operation }) => (kind === 'git' ? [] : [operation ?? kind]));
  return git === 0 ? api : [...api, `git ${git}`];
}

const COMPARE = 'repos/compare-commits-with-basehead';

describe('what a change costs', () => {
  test.each([
    ['nothing changed', 0, [COMPARE]],
    ['one file', 1, [COMPARE, 'graphql']],
    ['as many as one query takes', API_MAX_FILES, [COMPARE, 'graphql']],
    ['one more', API_MAX_FILES + 1, [COMPARE, 'git 4']],
    ['as many as the comparison shows', 300, [COMPARE, 'git 4']],
    ['3,000 files', 3000, [COMPARE, 'git 4']],
  ])('%s', async (_, count, cost) => {
    const ends = await roads.change(many(count, 'before'), many(count, 'after'));
    const since = roads.fake.requests.length;
    const change = await roads.load(ends);
    expect(asked(since)).toEqual(cost);
    expect(change.files.filter(({ base, head, hunks }) => base && head && hunks.length === 1)).toHaveLength(count);
    expect(change.skipped).toEqual([]);
  });

  test('the same commits again need no fetch', async () => {
    const ends = await roads.change(many(50, 'before'), many(50, 'after'));
    const change = await roads.load(ends);
    const since = roads.fake.requests.length;
    expect(await roads.load(ends)).toStrictEqual(change);
    expect(asked(since)).toEqual([COMPARE]);
  });
});

describe('when the API cannot answer', () => {
  const files = { 'a.py': 'x = 1\n' };

  test.each([
    ['a gateway gives up on the query', { path: /graphql/, ...BAD_GATEWAY }],
    [
      'the query is too much',
      {
        path: /graphql/,
        status: 200,
        body: { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] },
      },
    ],
    [
      'the answer to the query is cut off',
      { path: /graphql/, status: 200, headers: { 'content-type': 'application/json' }, body: 'x' },
    ],
  ])('%s: git brings the contents', async (_, fault) => {
    const ends = await roads.change({}, files);
    roads.fake.failNext(fault);
    const since = roads.fake.requests.length;
    const change = await roads.load(ends);
    expect(change.files).toMatchObject([{ path: 'a.py', status: 'added' }]);
    expect(asked(since)).toEqual([COMPARE, 'graphql', 'git 4']);
  });

  test('the comparison is too much: its second page names the merge base', async () => {
    const ends = await roads.change({}, files);
    const body = {
      message: 'Server Error: Sorry, this diff is taking too long to generate.',
      errors: [{ resource: 'Comparison', field: 'diff', code: 'not_available' }],
    };
    roads.fake.failNext({ path: /compare/, status: 422, body });
    const change = await roads.load(ends);
    expect(change.files).toMatchObject([{ path: 'a.py', status: 'added' }]);
  });

  test('being asked to wait is no reason to go another way', async () => {
    const ends = await roads.change({}, files);
    roads.fake.failNext({
      path: /graphql/,
      status: 403,
      headers: { 'retry-after': '7' },
      body: { message: 'secondary rate limit' },
    });
    await expect(roads.load(ends)).rejects.toMatchObject({ code: 'github-rate-limited', retry: { afterMs: 7000 } });
  });
});

test('a fork is read through the repository that it would be merged into', async () => {
  const base = await roads.fake.commit(roads.made, 'main', { files: { 'a.py': 'x\n' } });
  const fork = await roads.fake.fork(roads.made, 'eve');
  const { pull } = await roads.fake.openPull({ repo: roads.made, headRepo: fork, files: { 'b.py': 'y\n' } });
  const ends = { base, head: pull.head.sha };
  const change = await roads.byGit(ends);
  expect(change.files.map(({ path }) => path)).toEqual(['b.py']);
  expect(await roads.byApi(ends)).toStrictEqual(change);
});

test('a commit that is not there is named', async () => {
  const { base } = await roads.change({ 'a.py': 'x\n' }, {});
  await expect(roads.load({ base, head: 'ab'.repeat(20) })).rejects.toMatchObject({
    code: 'github-not-found',
    message: expect.stringContaining('ab'.repeat(20)),
  });
});

test('reviews of one repository at the same time do not disturb each other', async () => {
  const ends = await Promise.all([1, 2, 3].map((at) => roads.change(many(45, `before${at}`), many(45, `after${at}`))));
  const changes = await Promise.all(ends.map((each) => roads.load(each)));
  for (const [at, change] of changes.entries()) {
    expect(change.head).toBe(ends[at]?.head);
    expect(change.files).toHaveLength(45);
    expect(Buffer.from(change.files[0]?.head?.bytes ?? []).toString()).toBe(`after${at + 1} = 0\n`);
  }
});

test('what is too large to fetch is said, and most of the rest is read', async () => {
  await roads.close();
  roads = await openRoads({ cache: { maxBytesPerFetch: 40_000 } });
  let state = 1;
  const noise = Buffer.from(
    Array.from({ length: 90_000 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return 33 + ((state >>> 16) % 90);
    }),
  );
  const change = await roads.load(await roads.change({}, { ...many(60, 'small'), 'big.txt': noise }));
  const read = change.files.filter(({ head }) => head !== null);
  expect(read.length).toBeGreaterThan(50);
  expect(read.length + change.skipped.length).toBe(61);
  expect(change.skipped).toContainEqual({
    path: 'big.txt',
    side: 'head',
    analyzer: null,
    reason: 'review-too-large',
    detail: 'the change is too large to fetch',
  });
});

test('a clone that lost a pack is made anew', async () => {
  const ends = await roads.change(many(50, 'before'), many(50, 'after'));
  const change = await roads.load(ends);
  await rm(join(roads.folder, 'clones', `${roads.repo.id}.git`, 'objects'), { recursive: true });
  expect(await roads.load(ends)).toStrictEqual(change);
});

test('a local clone without the contents is never taken to be clean', async () => {
  const ends = await roads.change({ 'a.py': 'x\n' }, { 'a.py': 'y\n' });
  const path = join(roads.folder, 'partial');
  const args = ['clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${roads.made.git.path}`, path];
  execFileSync('git', args, { env: GIT_ENVIRONMENT });
  const local = await openLocalRepository(path);
  // Before git 2.44 there is no way to ask whether a blob is here; then there is an error that says what to do.
  const result = await loadLocalChangeSet(local, ends, DEFAULT_LIMITS).catch((error: Error) => error);
  expect(JSON.stringify(result instanceof Error ? result.message : result.skipped)).toMatch(
    /missing from this (?:partial )?clone/,
  );
});
