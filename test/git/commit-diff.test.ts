/** What git says of a commit and of its changes, read byte by byte. */
import { expect, it } from 'vitest';
import { parseCommitDiff } from '#git/commit-diff.ts';
import { parseCommit } from '#git/commit-object.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
const NONE = '0'.repeat(40);
const output = (...fields: string[]) => Buffer.from(fields.map((field) => `${field}\0`).join(''));

it('a commit with one parent, and a merge with two', () => {
  const file = (oid: string) => ({ mode: 0o100644, oid });
  expect(
    parseCommitDiff(
      output(A, `:000000 100644 ${NONE} ${B} A`, 'new.py', C, `::100644 100644 000000 ${A} ${B} ${NONE} MD`, 'both.py'),
    ),
  ).toEqual([
    { commit: A, path: 'new.py', before: [null], after: file(B) },
    { commit: C, path: 'both.py', before: [file(A), file(B)], after: null },
  ]);
});

it('a path that looks like a commit or like a change is a path', () => {
  const change = `:100644 100644 ${A} ${B} M`;
  expect(parseCommitDiff(output(A, change, B, change, change)).map(({ commit, path }) => [commit, path])).toEqual([
    [A, B],
    [A, change],
  ]);
});

it.each([['one two three'], [`:100644 100644 ${A} M`], ['']])('%j is nothing that git says', (line) => {
  expect(() => parseCommitDiff(output(A, line, 'path'))).toThrow('git diff-tree gave a line that is not understood');
});

it('the parents and the message of a commit, whatever its header and its message hold', () => {
  const header = `tree ${A}\nparent ${B}\nparent ${C}\nauthor x\ngpgsig -----BEGIN\n parent ${A}\n`;
  expect(parseCommit(Buffer.from(`${header}\nTitle\n\nparent ${A}\n\n`))).toEqual({
    parents: [B, C],
    message: `Title\n\nparent ${A}`,
  });
  expect(parseCommit(Buffer.from(`tree ${A}`))).toEqual({ parents: [], message: '' });
});
