import { expect, test } from 'vitest';
import { inWords, unreadByContent } from '#changes/readable.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KiB'],
  [1024 * 1024 - 1, '1 MiB'],
  [5 * 1024 * 1024, '5 MiB'],
  [7_654_321, '7.3 MiB'],
  [3 * 1024 ** 4, '3 TiB'],
  [9000 * 1024 ** 4, '9000 TiB'],
])('%i is %s', (bytes, words) => {
  expect(inWords(bytes)).toBe(words);
});

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 12\n`;

test.each([
  ['a pointer', POINTER, 'lfs-pointer'],
  ['a pointer with extensions', POINTER.replace('oid', `ext-0-foo sha256:${'0'.repeat(64)}\noid`), 'lfs-pointer'],
  ['a program behind the first line', `${POINTER.split('\n')[0]}\nimport os\n`, null],
  ['a program behind a pointer', `${POINTER}import os\n`, null],
  ['a pointer that is too long to be one', POINTER.replace('oid', `ext-0-${'x'.repeat(1000)} y\noid`), null],
  ['data with a zero byte at 8000', `\u0001${'x'.repeat(7998)}\0`, 'binary'],
  ['data with a zero byte after 8000', `\u0001${'x'.repeat(7999)}\0`, null],
  ['text with a zero byte', `${'x'.repeat(99)}\0`, null],
  ['nothing', '', null],
])('%s', (_, text, reason) => {
  expect(unreadByContent(Buffer.from(text))?.reason ?? null).toBe(reason);
});

test.each([
  ['little-endian UTF-16', [0xff, 0xfe, 0x61, 0], null],
  ['big-endian UTF-16', [0xfe, 0xff, 0, 0x61], null],
  ['UTF-32', [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0], 'binary'],
])('the byte order mark of %s', (_, bytes, reason) => {
  expect(unreadByContent(Uint8Array.from(bytes))?.reason ?? null).toBe(reason);
});
