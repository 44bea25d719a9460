import { expect, test } from 'vitest';
import { buildChangeSet } from '#changes/build-change-set.ts';
import { roadFromApi } from '#changes/from-api.ts';
import { DEFAULT_LIMITS } from '#changes/limits.ts';
import { AppError } from '#domain/errors.ts';
import { blobOid } from '#github/blob-oid.ts';
import type { ComparedFile } from '#github/comparison.ts';
import type { BlobContent, FileContent } from '#github/contents.ts';

const REPO = { id: 1, owner: 'acme', name: 'models' };
const SHA1 = '0'.repeat(40);

function content(text: string, more: Partial<BlobContent> = {}): FileContent {
  const bytes = Buffer.from(text);
  const blob = { bytes: bytes.length, binary: false, truncated: false, text, ...more };
  return { mode: 0o100644, oid: blobOid(bytes, SHA1), blob };
}

const BASE = content('one\n');
const HEAD = content('one\ntwo\n');
const MODIFIED: ComparedFile = {
  ...{ path: 'a.py', previousPath: null, status: 'modified', additions: 1, deletions: 0, oid: HEAD.oid },
  patch: '@@ -1 +1,2 @@\n one\n+two',
};
const ADDED: ComparedFile = { ...MODIFIED, status: 'added', additions: 2, patch: '@@ -0,0 +1,2 @@\n+one\n+two' };
const BINARY = content('', { bytes: 9, binary: true, text: null });

interface Answer {
  readonly files?: readonly ComparedFile[];
  readonly base?: FileContent | null;
  readonly head?: FileContent | null;
  readonly error?: unknown;
  readonly truncated?: boolean;
}

async function take({ files = [MODIFIED], base = BASE, head = HEAD, error, truncated = false }: Answer) {
  const readContents = async () => {
    if (error) throw error;
    return files.map(() => ({ base, head }));
  };
  const ends = { mergeBase: 'm', head: 'h' };
  const history = { commits: [], total: 0 };
  const comparison = { mergeBase: 'm', files, truncated, history };
  const road = await roadFromApi({ readContents }, REPO, 'h', comparison, DEFAULT_LIMITS);
  return road && buildChangeSet(ends, road, DEFAULT_LIMITS);
}

test('an answer that proves itself is used', async () => {
  expect(await take({})).toMatchObject({
    files: [{ path: 'a.py', status: 'modified', hunks: [{ baseStart: 1, baseLines: 1, headStart: 1, headLines: 2 }] }],
    skipped: [],
  });
  expect(await take({ files: [ADDED], base: null })).toMatchObject({ files: [{ status: 'added', base: null }] });
});

const DOUBTS: Readonly<Record<string, Answer>> = {
  'the list may be cut': { truncated: true },
  'a path stands twice': { files: [MODIFIED, MODIFIED] },
  'a copy': { files: [{ ...MODIFIED, status: 'copied', previousPath: 'b.py' }] },
  'a move without its origin': { files: [{ ...MODIFIED, status: 'renamed' }] },
  'a side is missing': { head: null },
  'there is a side that should not be': { files: [ADDED] },
  'the text was cut': { head: content('one\ntwo\n', { text: 'one\n', truncated: true }) },
  'the text was cut and nothing says so': { head: { ...HEAD, blob: content('one\n').blob } },
  'the text was transcoded': {
    head: { ...HEAD, oid: blobOid(Buffer.from('Andr\xe9', 'latin1'), SHA1), blob: content('André').blob },
  },
  'no text and no reason': { head: { ...HEAD, blob: { bytes: 8, binary: null, truncated: false, text: null } } },
  'a file without a blob': { head: { ...HEAD, blob: null } },
  'the two answers are about different contents': { files: [{ ...MODIFIED, oid: BASE.oid }] },
  'no patch although lines changed': { files: [{ ...MODIFIED, patch: null }] },
  'no patch and no count': { files: [{ ...MODIFIED, patch: null, additions: 0 }] },
  'a patch that ends early': { files: [{ ...MODIFIED, additions: 5 }] },
  'called binary, but with lines': { files: [{ ...MODIFIED, oid: BINARY.oid }], head: BINARY },
  'called binary, but an empty file': {
    files: [{ ...ADDED, oid: BINARY.oid, patch: null, additions: 0 }],
    base: null,
    head: { ...BINARY, blob: { ...BINARY.blob!, bytes: 0 } },
  },
  'a mere move of what is called binary': {
    files: [{ ...MODIFIED, status: 'renamed', previousPath: 'b.py', oid: BINARY.oid, patch: null, additions: 0 }],
    base: BINARY,
    head: BINARY,
  },
  'GitHub could not answer': { error: new AppError('github-unavailable', 'x', { retry: { afterMs: null } }) },
  'GitHub rejects the query': { error: new AppError('github-rejected', 'x') },
};

test.each(Object.entries(DOUBTS))('left to git: %s', async (_, answer) => {
  expect(await take(answer)).toBeNull();
});

test('other failures are not hidden', async () => {
  const limited = new AppError('github-rate-limited', 'x', { retry: { afterMs: 1000 } });
  await expect(take({ error: limited })).rejects.toBe(limited);
  const bug = new TypeError('x');
  await expect(take({ error: bug })).rejects.toBe(bug);
});
