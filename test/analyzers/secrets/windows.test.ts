/** Windows around keywords: merged, bounded, and on line breaks where the rule keeps to its line. */
import { expect, test } from 'vitest';
import { createWindows, type Reach } from '#analyzers/secrets/windows.ts';

const LINE: Reach = { before: 10, after: 20, line: true };
const BLOCK: Reach = { before: 10, after: 20, line: false };

function cut(text: string, reach: Reach, keyword = 'key'): string[] {
  const list = createWindows(text, reach);
  for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + 1)) list.add(at, at + keyword.length);
  return list.windows.map(({ from, to }) => text.slice(from, to));
}

test('a line window holds the line and both of its breaks', () => {
  expect(cut('one\nmy key = 1\nthree\n', LINE)).toEqual(['\nmy key = 1\n']);
  expect(cut('key', LINE)).toEqual(['key']);
});

test('a line window is cut where the line is long', () => {
  const text = `${'a'.repeat(50)}key${'b'.repeat(50)}`;
  expect(cut(text, LINE)).toEqual([`${'a'.repeat(10)}key${'b'.repeat(20)}`]);
});

test('several keywords of a line make one window, and each line has its own', () => {
  expect(cut('key key\nno\nkey\n', LINE)).toEqual(['key key\n', '\nkey\n']);
  expect(cut('key\nkey\n', LINE).join('|')).toBe('key\nkey\n');
});

test('a window grows along a long line, and no further than its last keyword asks', () => {
  const text = `key${'a'.repeat(15)}key${'b'.repeat(15)}key${'c'.repeat(50)}\nkey`;
  expect(cut(text, LINE)).toEqual([text.slice(0, 39 + 20), '\nkey']);
});

test('a block window crosses lines', () => {
  expect(cut('0123456789abc\nkey\n0123456789\n0123456789', BLOCK)).toEqual(['456789abc\nkey\n0123456789\n01234567']);
});

test('windows are in order and do not overlap, whatever the keywords', () => {
  for (let seed = 1; seed < 100; seed++) {
    const text = Array.from({ length: 400 }, (_, at) =>
      (at * seed * 7919) % 97 < 5 ? 'k' : (at * seed) % 53 === 0 ? '\n' : '.',
    ).join('');
    for (const reach of [LINE, BLOCK]) {
      const list = createWindows(text, reach);
      for (let at = text.indexOf('k'); at >= 0; at = text.indexOf('k', at + 1)) list.add(at, at + 1);
      let end = 0;
      for (const { from, to } of list.windows) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        end = to;
      }
      for (let at = text.indexOf('k'); at >= 0; at = text.indexOf('k', at + 1)) {
        expect(list.windows.some(({ from, to }) => from <= at && at < to)).toBe(true);
      }
    }
  }
});
