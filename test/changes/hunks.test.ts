import { expect, test } from 'vitest';
import { parseHunkHeader, parsePatch, wholeFile } from '#changes/hunks.ts';

test.each([
  ['@@ -1,3 +2,4 @@', { baseStart: 1, baseLines: 3, headStart: 2, headLines: 4 }],
  ['@@ -1 +1 @@ def f():', { baseStart: 1, baseLines: 1, headStart: 1, headLines: 1 }],
  ['@@ -0,0 +1,12 @@', { baseStart: 0, baseLines: 0, headStart: 1, headLines: 12 }],
  [' @@ -1,3 +2,4 @@', null],
  ['+@@ -1,3 +2,4 @@', null],
  ['@@ nonsense @@', null],
])('%s', (line, hunk) => {
  expect(parseHunkHeader(line)).toEqual(hunk);
});

test('a patch is counted whatever its lines say', () => {
  const patch =
    '@@ -1,2 +1,2 @@\n @@ -9 +9 @@\n--- a/x\n+++ b/x\n@@ -40 +40,2 @@ f()\n x\n+y\n\\ No newline at end of file';
  expect(parsePatch(patch)).toMatchObject({ additions: 2, deletions: 1 });
  expect(parsePatch(patch).hunks.map(({ headStart }) => headStart)).toEqual([1, 40]);
});

test.each([
  ['', 0],
  ['x', 1],
  ['x\n', 1],
  ['x\ny', 2],
  ['\n\n', 2],
])('%j has %i lines', (text, lines) => {
  const [hunk] = wholeFile(Buffer.from(text), 'head');
  expect(hunk?.headLines ?? 0).toBe(lines);
});
