import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commitsInOrder } from '#changes/commits-in-order.ts';
import { DEFAULT_LIMITS } from '#changes/limits.ts';
import { COMMITS, type HistorySource, loadHistory } from '#changes/load-history.ts';
import type { History } from '#domain/history.ts';
import { type Files, openRoads, type Roads } from './roads.ts';

let roads: Roads;
let branch: string;
let base: string;
let branches = 0;
beforeAll(async () => {
  roads = await openRoads();
  await roads.installation.token();
});
afterAll(() => roads.close());
beforeEach(async () => {
  branch = `history-${++branches}`;
  base = await roads.fake.commit(roads.made, branch, { files: { 'a.py': 'one\n', 'b.py': 'b\n' }, parent: null });
});

const add = (files: Files, message = 'Change') => roads.fake.commit(roads.made, branch, { files, message });

/** Blob ids say nothing to a reader: the contents that were brought, by commit and path. */
function shown({ changes, contents, messages, skipped }: History) {
  const text = (oid: string | null) => {
    const bytes = oid === null ? undefined : contents.get(oid);
    return bytes === undefined ? null : Buffer.from(bytes).toString();
  };
  return {
    messages: messages.map((one) => one.text),
    brought: changes.map(({ commit, path, oid, before }) => [commit, path, text(oid), before.map(text)]),
    skipped: skipped.map(({ path, detail }) => [path, detail]),
  };
}

async function both(head: string, limits = {}) {
  const { app, commandLine } = await roads.histories({ base, head }, limits);
  expect(shown(commandLine)).toEqual(shown(app));
  expect([...commandLine.contents.keys()].toSorted()).toEqual([...app.contents.keys()].toSorted());
  return shown(app);
}

/** What a change costs besides the comparison and the query for its contents. */
async function gitRequests(head: string): Promise<number> {
  const since = roads.fake.requests.length;
  await roads.histories({ base, head });
  const asked = roads.fake.requests.slice(since);
  expect(asked.filter(({ kind }) => kind !== 'git')).toHaveLength(2);
  return asked.filter(({ kind }) => kind === 'git').length;
}

describe('the history of a change', () => {
  test('of one commit is its message, and costs nothing', async () => {
    const head = await add({ 'a.py': 'two\n' }, 'Second\n\nWith a body');
    expect(await gitRequests(head)).toBe(0);
    expect(await both(head)).toEqual({ messages: ['Second\n\nWith a body'], brought: [], skipped: [] });
  });

  test('has what came and went, with what it replaced', async () => {
    const first = await add({ 'a.py': 'middle\n', 'c.py': 'gone\n' });
    const second = await add({ 'a.py': 'later\n', 'c.py': null });
    const head = await add({ 'a.py': 'two\n' });
    expect(await gitRequests(head)).toBe(4);
    const { brought } = await both(head);
    expect(brought).toEqual([
      // The merge base has read what stood there before.
      [first, 'a.py', 'middle\n', [null]],
      [first, 'c.py', 'gone\n', []],
      [second, 'a.py', 'later\n', ['middle\n']],
      [second, 'c.py', null, ['gone\n']],
    ]);
    expect(await gitRequests(head)).toBe(0);
  });

  test('has the content that a file was brought back to', async () => {
    const first = await add({ 'a.py': 'middle\n' });
    const head = await add({ 'a.py': 'one\n' });
    expect((await both(head)).brought).toEqual([[first, 'a.py', 'middle\n', ['one\n']]]);
  });

  test('of a merge is what none of its parents has', async () => {
    const first = await add({ 'a.py': 'topic\n' });
    const other = await roads.fake.commit(roads.made, `${branch}-main`, {
      files: { 'a.py': 'main\n', 'b.py': 'from main\n' },
      parent: base,
    });
    const merge = await roads.made.git
      .merge(`refs/heads/${branch}`, first, other, 'Merge main', Date.now())
      .catch(() => null);
    // The stand-in merges only what does not collide.
    if (merge !== null) await both(merge);
    const head = await add({ 'a.py': 'end\n' });
    const { brought } = await both(head);
    expect(brought[0]).toEqual([first, 'a.py', 'topic\n', [null]]);
    expect(brought.every(([, path]) => path !== 'b.py')).toBe(true);
  });

  test('leaves out what the policy ignores, and what is no text', async () => {
    await add({ 'data/x.py': 'ignored\n', 'x.png': Buffer.from([1, 0, 2]), link: { symlink: 'a.py' } });
    const head = await add({ 'data/x.py': null, 'x.png': null, link: null });
    const { brought, skipped } = await both(head, { ignore: (path: string) => path.startsWith('data/') });
    expect(brought.map(([, path, text]) => [path, text])).toEqual([
      ['link', null],
      ['x.png', null],
    ]);
    expect(skipped).toEqual([]);
  });

  test('reads archives', async () => {
    await add({ 'x.zip': Buffer.from([0x50, 0x4b, 3, 4, 0, 0]) });
    const head = await add({ 'x.zip': null });
    expect((await both(head)).brought.map(([, path, text]) => [path, text !== null])).toEqual([['x.zip', true]]);
  });
});

describe('what is not read of it is said', () => {
  test('commits over the limit', async () => {
    await add({ 'a.py': 'middle\n' });
    await add({ 'a.py': 'later\n' });
    const head = await add({ 'a.py': 'two\n' });
    const { messages, skipped } = await both(head, { maxCommits: 2 });
    expect(messages).toHaveLength(2);
    expect(skipped).toEqual([[COMMITS, 'only the last 2 of 3 are read']]);
  });

  test.each([
    [{ maxPastFiles: 1 }, [COMMITS, '1 contents are over the limit of 1']],
    [{ maxFileBytes: 8 }, ['c.py', 'an earlier content of it is 14 bytes']],
    // Each of them would fit.
    [{ maxPastBytes: 16 }, ['c.py', 'more than 16 bytes of earlier contents']],
  ])('contents over %j', async (limits, said) => {
    await add({ 'a.py': 'middle\n', 'c.py': 'it was longer\n' });
    const head = await add({ 'a.py': 'two\n', 'c.py': null });
    expect((await both(head, limits)).skipped).toEqual([said]);
  });

  test('a file once, however many of its contents', async () => {
    await add({ 'c.py': 'it was longer\n' });
    await add({ 'c.py': 'and longer still\n' });
    const head = await add({ 'c.py': null });
    expect((await both(head, { maxFileBytes: 8 })).skipped).toEqual([['c.py', 'an earlier content of it is 14 bytes']]);
  });

  test('commits whose parents a shallow clone lacks', async () => {
    const there = new Map([...'abc'].map((oid) => [oid, 1]));
    const diffed: string[] = [];
    const source: HistorySource = {
      objects: {
        sizes: async (oids) => new Map(oids.flatMap((oid) => (there.has(oid) ? [[oid, 1]] : []))),
        diffCommits: async (commits) => {
          diffed.push(...commits.map(({ oid }) => oid));
          return [];
        },
        read: async () => new Map(),
      },
      fetchCommits: async () => {},
      fetchBlobs: async () => {},
    };
    const commits = [
      { oid: 'a', parents: ['cut off'], message: '' },
      { oid: 'b', parents: ['a'], message: '' },
      { oid: 'c', parents: ['b'], message: '' },
    ];
    const change = { mergeBase: 'base', head: 'c', files: [], skipped: [] };
    const { skipped } = await loadHistory({ commits, total: 3 }, change, source, DEFAULT_LIMITS);
    expect(diffed).toEqual(['b']);
    expect(skipped.map(({ detail }) => detail)).toEqual(['this clone is shallow: it lacks the parents of 1']);
  });

  test('commits that git does not bring any more', async () => {
    // In no other test of this file: what came by git once is kept.
    await add({ 'a.py': 'gone before it was fetched\n' });
    const head = await add({ 'a.py': 'two\n' });
    roads.fake.failNext({ path: /upload-pack/, status: 404 });
    const { app } = await roads.histories({ base, head });
    expect(shown(app)).toEqual({
      messages: ['Change', 'Change'],
      brought: [],
      skipped: [[COMMITS, 'git could not bring them']],
    });
  });

  test('commits that GitHub could not list', async () => {
    const head = await add({ 'a.py': 'two\n' });
    const body = { message: 'Server Error: Sorry, this diff is taking too long to generate.' };
    roads.fake.failNext({ path: /compare/, status: 422, body });
    const { app } = await roads.histories({ base, head });
    expect(shown(app).skipped).toEqual([[COMMITS, 'GitHub could not list them']]);
  });
});

test('commits are told parents first, in the same order whatever the order of the list', () => {
  const commit = (oid: string, ...parents: string[]) => ({ oid, parents, message: '' });
  const list = [commit('d', 'c', 'b'), commit('c', 'a'), commit('b', 'a'), commit('a', 'outside')];
  expect(commitsInOrder(list).map(({ oid }) => oid)).toEqual(['a', 'b', 'c', 'd']);
  expect(commitsInOrder(list.toReversed()).map(({ oid }) => oid)).toEqual(['a', 'b', 'c', 'd']);
  expect(commitsInOrder([commit('a', 'b'), commit('b', 'a')]).map(({ oid }) => oid)).toEqual(['a', 'b']);
});
