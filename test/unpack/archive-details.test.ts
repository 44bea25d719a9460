/** Corners of the formats of archives that only some programs write, and that hide nothing. */
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { MAX_ENTRY_BYTES } from '#unpack/archive/limits.ts';
import { unpack } from '#unpack/unpack.ts';
import { tar, zip } from './archives.ts';

/** The texts, without the names of entries, and what was not read. */
function read(path: string, bytes: Uint8Array) {
  const { parts, skipped } = unpack(path, bytes);
  return {
    texts: parts.filter((part) => part.locate(0).entry?.name !== true).map(({ text }) => text),
    skipped: skipped.map(({ reason, detail }) => `${reason}: ${detail}`),
  };
}

it('a tar whose checksums are of signed bytes', () => {
  const bytes = tar([{ name: 'clé.env', content: 'A=1\n' }]);
  const header = bytes.subarray(0, 512);
  const sum = header.reduce(
    (total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte > 127 ? byte - 256 : byte),
    0,
  );
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  expect(read('a.tar', bytes)).toEqual({ texts: ['A=1\n'], skipped: [] });
});

it('a tar that says the size of its entries in attributes that are for all of them', () => {
  const attributes = tar([{ name: 'all', content: '9 size=4\n', type: 'g' }]).subarray(0, 1024);
  const entry = tar([{ name: '.env', content: 'A=1\n', statedSize: 0 }]);
  expect(read('a.tar', Buffer.concat([attributes, entry]))).toEqual({ texts: ['A=1\n'], skipped: [] });
});

it('a gzip with every field that its header may have, and a wrong sum', () => {
  const plain = gzipSync('A=1\n');
  const fields = Buffer.concat([
    Buffer.from([3, 0, 1, 0, 2]),
    Buffer.from('a.env\0'),
    Buffer.from('made by hand\0'),
    Buffer.from([0, 0]),
  ]);
  const bytes = Buffer.concat([plain.subarray(0, 10), fields, plain.subarray(10)]);
  bytes[3] = 4 | 8 | 16 | 2;
  bytes.writeUInt32LE(1, bytes.length - 8);
  expect(read('a.env.gz', bytes)).toEqual({
    texts: ['A=1\n'],
    skipped: ['unreadable: its compressed data are damaged'],
  });
});

it('a zip whose entries say that they are encrypted where its directory does not', () => {
  const bytes = zip([{ name: '.env', content: 'A=1\n', stored: true }]);
  bytes.writeUInt16LE(bytes.readUInt16LE(6) | 1, 6);
  expect(read('a.zip', bytes)).toEqual({ texts: [], skipped: ['encrypted: entry ".env": encrypted'] });
});

it('a directory of a zip that points before its beginning', () => {
  const bytes = zip([{ name: '.env', content: 'A=1\n', stored: true }]);
  const end = bytes.length - 22;
  bytes.writeUInt32LE(bytes.readUInt32LE(end + 16) + 1_000, end + 16);
  const { texts, skipped } = read('a.zip', bytes);
  expect(texts).toEqual(['A=1\n']);
  expect(skipped).toEqual(['unreadable: entry ".env": its place holds no entry']);
});

/** 6 MB of one line, again and again. */
const LARGE_BZIP2 = Buffer.from(
  [
    'QlpoOTFBWSZTWSAZhK4EHqrRgAAQQAAjJYRAMACwEA000Caqoz1D1BANNNGwSkjASkjASkjASkjASkjwEpIyCUkaCUkaCUkf/IJSRoJSR0CUke',
    'wSkj8CUkbBKSPjFBWSZTWXInW/QCvxvRgAAQQAAjJYRAMACwEA000Caqg9RkEA000bBKSMglJGAlJGQSkjIJSRoEpI7yCUkbBKSNglJGgSkjYJ',
    'SR6CUkfAlJHEEpI+BKSPzFBWSZTWcxs31gA6l7RgAAQQAAjJYRAMACwEA000CaqgyPUEA000YCUkaglJHu4JSRsEpI2CUkdQSkjQJSRkEpIwEp',
    'I9BKSMBKSNwSkj4EpI4BKSMBKSPzFBWSZTWarFeL4CSe1RgAAQQAAjJYRAMACwEA000Caqg0bUEA000ZBKSNAlJGgSkjQJSRoEpI73BKSOASkj',
    'ASkjIJSRuCUkZBKSPASkj4EpI4BKSMBKSPzFBWSZTWbTDAX8AdS9RgAAQQAAjJYRAMACwEA000Caqg0bUEA000ZBKSOetAlJGgSkjmCUkdAlJG',
    'wSkjUEpIwEpIwEpI2CUkYCUkeAlJH0EpI4glJGQSkj8xQVkmU1lKYgl5BfNn0YAAEEAAIyWEQDAAsBANNNAmqqM9Q9QQDTTRoJSRkEpIwEpIyC',
    'UkZBKSPASkjASkjYJSRoJSR4CUkaCUkdAlJHoJSRn+CUkaCUkfGKCskymsv7lcjYE4j2jAAAggABGSwiAYAFwEA000EA000BSqRvUPUaIhUYIh',
    'UZUIVGCIVGCIVHlQhUYIhUbUIVHe1CFRxUIVG1CFR1UIVHoiFRwIhUaIhUfC7kinChIdWtltA=',
  ].join(''),
  'base64',
);

it('a file over the limit, of which the beginning would come out, is no text of half a file', () => {
  const large = zip([{ name: 'a.txt', content: 'line of a text\n'.repeat(400_000) }]);
  const skipped = (entry: string) => [`archive-limit: ${entry}larger than ${MAX_ENTRY_BYTES / 2 ** 20} MiB`];
  expect(read('a.zip', large)).toEqual({ texts: [], skipped: skipped('entry "a.txt": ') });
  expect(read('a.txt.bz2', LARGE_BZIP2)).toEqual({ texts: [], skipped: skipped('') });
});

it('a tar that breaks off within a file gives what there is of it, and says so', () => {
  const bytes = tar([
    { name: 'a.env', content: 'A=1\n' },
    { name: 'b.env', content: 'B=1\n'.repeat(200) },
  ]);
  expect(read('a.tar', bytes.subarray(0, 1024 + 512 + 400))).toEqual({
    texts: ['A=1\n', 'B=1\n'.repeat(100)],
    skipped: ['unreadable: the tar archive is broken: its end is missing'],
  });
});
