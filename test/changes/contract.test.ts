import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeLimits } from '#changes/limits.ts';
import type { ChangedFile, ChangeSet } from '#domain/change-set.ts';
import { type Files, openRoads, type Roads } from './roads.ts';

let roads: Roads;
beforeAll(async () => {
  roads = await openRoads();
});
afterAll(() => roads.close());

const lines = (count: number, word = 'line') =>
  Array.from({ length: count }, (_, at) => `${word} ${at + 1}\n`).join('');
const text = (content: { bytes: Uint8Array } | null) =>
  content === null ? null : Buffer.from(content.bytes).toString('utf8');
const shown = ({ path, previousPath, status, base, head, hunks }: ChangedFile) => ({
  ...{ path, previousPath, status, base: text(base), head: text(head) },
  hunks: hunks.map((hunk) => `-${hunk.baseStart},${hunk.baseLines} +${hunk.headStart},${hunk.headLines}`),
});
const skips = ({ skipped }: ChangeSet) =>
  skipped.map(({ path, side, reason, detail }) => `${side} ${path}: ${reason}, ${detail}`);

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 1288490189\n`;
const BINARY = Buffer.from([0x89, 0x50, 0, 1, 2, 3]);

interface Case {
  readonly before: Files;
  readonly after: Files;
  readonly limits?: Partial<ChangeLimits>;
  /** The API cannot vouch for this one, and leaves it to git. */
  readonly gitOnly?: true;
  readonly files: readonly ReturnType<typeof shown>[];
  readonly skipped?: readonly string[];
}

const file = (path: string, more: Partial<ReturnType<typeof shown>>) => ({
  ...{ path, previousPath: null, status: 'modified' as const, base: null, head: null, hunks: [] },
  ...more,
});

const UTF16 = Buffer.from('\ufeffimport torch', 'utf16le');

const CASES: Readonly<Record<string, Case>> = {
  'added, modified and removed files come with both sides and their hunks': {
    before: { 'b.py': lines(20), 'c.py': 'gone\n', 'same.py': 'same\n' },
    after: { 'a.py': 'new\nfile\n', 'b.py': `${lines(9)}inserted\n${lines(20).slice(lines(9).length)}`, 'c.py': null },
    files: [
      file('a.py', { status: 'added', head: 'new\nfile\n', hunks: ['-0,0 +1,2'] }),
      file('b.py', {
        base: lines(20),
        head: `${lines(9)}inserted\n${lines(20).slice(lines(9).length)}`,
        hunks: ['-7,6 +7,7'],
      }),
      file('c.py', { status: 'removed', base: 'gone\n', hunks: ['-1,1 +0,0'] }),
    ],
  },
  'a file that was moved and edited keeps its past': {
    before: { 'old/train.py': lines(30) },
    after: { 'old/train.py': null, 'new/train.py': `import torch\n${lines(30)}` },
    files: [
      file('new/train.py', {
        previousPath: 'old/train.py',
        status: 'renamed',
        base: lines(30),
        head: `import torch\n${lines(30)}`,
        hunks: ['-1,3 +1,4'],
      }),
    ],
  },
  'a file that was only moved has no hunks': {
    before: { 'a.py': lines(3) },
    after: { 'a.py': null, 'b.py': lines(3) },
    files: [file('b.py', { previousPath: 'a.py', status: 'renamed', base: lines(3), head: lines(3) })],
  },
  'a copy is an added file': {
    before: { 'a.py': lines(5) },
    after: { 'b.py': lines(5) },
    files: [file('b.py', { status: 'added', head: lines(5), hunks: ['-0,0 +1,5'] })],
  },
  'a change of mode alone has no hunks': {
    before: { 'run.sh': 'echo\n' },
    after: { 'run.sh': { executable: 'echo\n' } },
    files: [file('run.sh', { base: 'echo\n', head: 'echo\n' })],
  },
  'the last line may have no newline': {
    before: { 'a.py': 'one\ntwo', 'b.py': 'x' },
    after: { 'a.py': 'one\nthree', 'b.py': null, 'c.py': 'y' },
    files: [
      file('a.py', { base: 'one\ntwo', head: 'one\nthree', hunks: ['-1,2 +1,2'] }),
      file('b.py', { status: 'removed', base: 'x', hunks: ['-1,1 +0,0'] }),
      file('c.py', { status: 'added', head: 'y', hunks: ['-0,0 +1,1'] }),
    ],
  },
  'empty files are files': {
    before: { 'empty.py': '', 'full.py': 'x\n' },
    after: { 'empty.py': 'x = 1\n', 'full.py': '', 'other.py': '' },
    files: [
      file('empty.py', { base: '', head: 'x = 1\n', hunks: ['-0,0 +1,1'] }),
      file('full.py', { base: 'x\n', head: '', hunks: ['-1,1 +0,0'] }),
      file('other.py', { status: 'added', head: '' }),
    ],
  },
  'paths may hold anything but a zero byte': {
    before: { 'src/a b.py': 'x\n' },
    after: Object.fromEntries(
      [
        'src/a b.py',
        '-rf.py',
        '"quoted".py',
        'new\nline.py',
        'naïve 模型.py',
        "it's $(x) `y`.py",
        '*.py',
        ':(top)a',
        'tab\there',
      ].map((path) => [path, 'y\n']),
    ),
    files: [
      '"quoted".py',
      '*.py',
      '-rf.py',
      ':(top)a',
      "it's $(x) `y`.py",
      'naïve 模型.py',
      'new\nline.py',
      'src/a b.py',
      'tab\there',
    ].map((path) =>
      path === 'src/a b.py'
        ? file(path, { base: 'x\n', head: 'y\n', hunks: ['-1,1 +1,1'] })
        : file(path, { status: 'added', head: 'y\n', hunks: ['-0,0 +1,1'] }),
    ),
  },
  'lines that look like parts of a diff do not confuse it': {
    before: { 'a.txt': '-- a/x\n@@ -1,3 +1,3 @@\ndiff --git a/0 b/0\n' },
    after: { 'a.txt': '++ b/x\n@@ -9,9 +9,9 @@\ndiff --git a/0 b/0\n' },
    files: [
      file('a.txt', {
        base: '-- a/x\n@@ -1,3 +1,3 @@\ndiff --git a/0 b/0\n',
        head: '++ b/x\n@@ -9,9 +9,9 @@\ndiff --git a/0 b/0\n',
        hunks: ['-1,3 +1,3'],
      }),
    ],
  },
  'an attribute of the repository does not hide a diff': {
    before: { '.gitattributes': '* -diff\n', 'a.py': 'x\n' },
    after: { 'a.py': 'y\n' },
    files: [file('a.py', { base: 'x\n', head: 'y\n', hunks: ['-1,1 +1,1'] })],
  },
  'nothing changed': { before: { 'a.py': 'x\n' }, after: {}, files: [] },

  'links and submodules are not read': {
    before: { 'link.py': { symlink: 'a.py' }, 'file.py': 'x = 1\ny = 2\n' },
    after: {
      'link.py': { symlink: 'b.py' },
      'file.py': { symlink: '/etc/passwd' },
      vendored: { submodule: '1234567890'.repeat(4) },
    },
    files: [
      file('file.py', { base: 'x = 1\ny = 2\n', hunks: ['-1,2 +0,0'] }),
      file('link.py', {}),
      file('vendored', { status: 'added' }),
    ],
    skipped: [
      'head file.py: symlink, a symbolic link',
      'base link.py: symlink, a symbolic link',
      'head link.py: symlink, a symbolic link',
      'head vendored: submodule, a submodule at 123456789012',
    ],
  },
  'a link whose target reads like a file of the change': {
    before: {},
    after: { 'a.py': 'b.py', 'l.py': { symlink: 'b.py' } },
    files: [file('a.py', { status: 'added', head: 'b.py', hunks: ['-0,0 +1,1'] }), file('l.py', { status: 'added' })],
    skipped: ['head l.py: symlink, a symbolic link'],
  },
  'a pointer of Git LFS is not the file': {
    before: { 'model.dat': 'weights\n' },
    after: { 'model.dat': POINTER, 'not-quite.py': `${POINTER}import os\n` },
    files: [
      file('model.dat', { base: 'weights\n', hunks: ['-1,1 +0,0'] }),
      file('not-quite.py', { status: 'added', head: `${POINTER}import os\n`, hunks: ['-0,0 +1,4'] }),
    ],
    skipped: ['head model.dat: lfs-pointer, stored in Git LFS (1.2 GiB), only its pointer is here'],
  },
  'a file that is too large keeps its other side': {
    before: { 'a.py': 'small\n' },
    after: { 'a.py': 'x'.repeat(3000), 'b.so': Buffer.concat([BINARY, Buffer.alloc(3000)]) },
    limits: { maxFileBytes: 2048 },
    files: [file('a.py', { base: 'small\n', hunks: ['-1,1 +0,0'] }), file('b.so', { status: 'added' })],
    skipped: [
      'head a.py: too-large, 2.9 KiB, over the limit of 2 KiB for a file',
      'head b.so: too-large, 2.9 KiB, over the limit of 2 KiB for a file',
    ],
  },
  'what goes over the limit of a review is left out, and what fits is read': {
    before: {},
    after: { 'a.py': 'a'.repeat(600), 'b.py': 'b'.repeat(600), 'c.py': 'c'.repeat(300) },
    limits: { maxReviewBytes: 1024 },
    files: [
      file('a.py', { status: 'added', head: 'a'.repeat(600), hunks: ['-0,0 +1,1'] }),
      file('b.py', { status: 'added' }),
      file('c.py', { status: 'added', head: 'c'.repeat(300), hunks: ['-0,0 +1,1'] }),
    ],
    skipped: ['head b.py: review-too-large, 600 bytes more than fit into the limit of 1 KiB for a review'],
  },
  'ignored paths are not read': {
    before: { 'tests/a.py': 'x\n', 'src/b.py': lines(10) },
    after: { 'tests/a.py': 'y\n', 'src/b.py': null, 'tests/b.py': `${lines(10)}more\n`, 'tests/l': { symlink: 'x' } },
    limits: { ignore: (path) => path.startsWith('tests/') },
    files: [
      file('tests/a.py', {}),
      file('tests/b.py', { previousPath: 'src/b.py', status: 'renamed', base: lines(10), hunks: ['-1,10 +0,0'] }),
      file('tests/l', { status: 'added' }),
    ],
    skipped: [
      'base tests/a.py: ignored-by-policy, the policy ignores this path',
      'head tests/a.py: ignored-by-policy, the policy ignores this path',
      'head tests/b.py: ignored-by-policy, the policy ignores this path',
      'head tests/l: ignored-by-policy, the policy ignores this path',
    ],
  },
  'a binary file is named with its size': {
    before: { 'b.so': 'x\n', 'c.so': Buffer.from([1, 2, 3, 0]) },
    after: { 'a.png': BINARY, 'b.so': Buffer.concat([Buffer.from('x\n'), BINARY]), 'c.so': null },
    files: [
      file('a.png', { status: 'added' }),
      file('b.so', { base: 'x\n', hunks: ['-1,1 +0,0'] }),
      file('c.so', { status: 'removed' }),
    ],
    skipped: [
      'head a.png: binary, binary, 6 bytes',
      'head b.so: binary, binary, 8 bytes',
      'base c.so: binary, binary, 4 bytes',
    ],
  },
  'UTF-16 with a byte order mark is text': {
    before: {},
    after: { 'a.py': UTF16 },
    gitOnly: true,
    files: [file('a.py', { status: 'added', head: UTF16.toString(), hunks: ['-0,0 +1,1'] })],
  },
  'UTF-16 without a byte order mark, and text with a stray zero byte, are text': {
    before: { '.env': UTF16.subarray(2) },
    after: { '.env': `${lines(20)}\0\n` },
    gitOnly: true,
    files: [file('.env', { base: UTF16.subarray(2).toString(), head: `${lines(20)}\0\n`, hunks: ['-1,1 +1,21'] })],
  },
  'data under a name that is not one of data comes as it is: only its bytes say what it is': {
    before: {},
    after: { 'a.csv': BINARY },
    gitOnly: true,
    files: [file('a.csv', { status: 'added', head: BINARY.toString() })],
  },
  'a zero byte after the first 8000 does not make a file binary': {
    before: {},
    after: { 'a.py': Buffer.concat([Buffer.from('#'.repeat(9000)), Buffer.from([0, 10])]) },
    files: [file('a.py', { status: 'added', head: `${'#'.repeat(9000)}\0\n`, hunks: ['-0,0 +1,1'] })],
  },
  'a binary file that changed on both sides': {
    before: { 'a.so': BINARY },
    after: { 'a.so': Buffer.concat([BINARY, BINARY]) },
    gitOnly: true,
    files: [file('a.so', {})],
    skipped: ['base a.so: binary, binary, 6 bytes', 'head a.so: binary, binary, 12 bytes'],
  },
  'a file that is not UTF-8 comes as it is': {
    before: { 'latin.py': Buffer.from('name = "Andr\xe9"\n', 'latin1') },
    after: { 'latin.py': Buffer.from('name = "Ren\xe9e"\n', 'latin1') },
    gitOnly: true,
    files: [file('latin.py', { base: 'name = "Andr\ufffd"\n', head: 'name = "Ren\ufffde"\n', hunks: ['-1,1 +1,1'] })],
  },
  'text that the API cuts': {
    before: { 'big.py': lines(60_000) },
    after: { 'big.py': `${lines(60_000)}end\n` },
    gitOnly: true,
    files: [file('big.py', { base: lines(60_000), head: `${lines(60_000)}end\n`, hunks: ['-59998,3 +59998,4'] })],
  },
};

describe('every road gives the same change', () => {
  test.each(Object.entries(CASES))('%s', async (_, { before, after, limits, gitOnly, files, skipped = [] }) => {
    const ends = await roads.change(before, after);
    const byGit = await roads.byGit(ends, limits);
    expect(byGit.files.map(shown)).toEqual(files);
    expect(skips(byGit)).toEqual(skipped);
    expect(await roads.byCommandLine(ends, limits)).toStrictEqual(byGit);
    expect(await roads.byApi(ends, limits)).toStrictEqual(gitOnly ? null : byGit);
    expect(await roads.load(ends, limits)).toStrictEqual(byGit);
    expect(roads.fake.violations).toEqual([]);
  });
});

test('the base is the merge base, and not what the target branch has become', async () => {
  const { base, head } = await roads.change({ 'a.py': 'x\n' }, { 'b.py': 'y\n' });
  const moved = await roads.fake.commit(roads.made, 'target', { parent: base, files: { 'c.py': 'z\n' } });
  const change = await roads.load({ base: moved, head });
  expect(change).toMatchObject({ mergeBase: base, head });
  expect(change.files.map(({ path }) => path)).toEqual(['b.py']);
  expect(await roads.byGit({ base: moved, head })).toStrictEqual(change);
  expect(await roads.byCommandLine({ base: moved, head })).toStrictEqual(change);
});

test('binary bytes are kept for a path that an analyzer reads', async () => {
  const ends = await roads.change({}, { 'model.pkl': BINARY, 'image.png': BINARY });
  const limits = { needsBytes: (path: string) => path.endsWith('.pkl') };
  const change = await roads.load(ends, limits);
  expect(change.files.map(({ path, head }) => [path, head && [...head.bytes]])).toEqual([
    ['image.png', null],
    ['model.pkl', [...BINARY]],
  ]);
  expect(skips(change)).toEqual(['head image.png: binary, binary, 6 bytes']);
  expect(await roads.byCommandLine(ends, limits)).toStrictEqual(change);
});

test('archives come with their bytes by every road, and one that is too large has a reason of its own', async () => {
  const ends = await roads.change({}, { 'data.zip': BINARY, 'big.tar.gz': Buffer.concat([BINARY, Buffer.alloc(100)]) });
  const limits = { maxFileBytes: 50 };
  const change = await roads.load(ends, limits);
  expect(change.files.map(({ path, head }) => [path, head && [...head.bytes]])).toEqual([
    ['big.tar.gz', null],
    ['data.zip', [...BINARY]],
  ]);
  expect(change.skipped.map(({ path, reason }) => [path, reason])).toEqual([['big.tar.gz', 'archive-limit']]);
  expect(await roads.byGit(ends, limits)).toStrictEqual(change);
  expect(await roads.byCommandLine(ends, limits)).toStrictEqual(change);
});
