/** Archives in the change: what is read of them and where it stands, and what the dishonest ones cannot do. */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Part } from '#domain/part.ts';
import { MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_LAYERS, MIN_RATIO_BYTES } from '#unpack/archive/limits.ts';
import { unpack } from '#unpack/unpack.ts';
import { longName, tar, zip } from './archives.ts';
import { BZIP2, TEXT, XZ } from './compressed.ts';

const ENV = { name: '.env', content: 'A=1\nTOKEN=x\n' };

/** What was read, without the list of the entries' names. */
function filesOf(path: string, bytes: Uint8Array): Part[] {
  return unpack(path, bytes).parts.filter((part) => part.locate(0).entry?.name !== true);
}
/** Each text by the path that names its entry. */
function read(path: string, bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(filesOf(path, bytes).map((part) => [part.path, part.text]));
}
function skipped(path: string, bytes: Uint8Array): string[] {
  return unpack(path, bytes).skipped.map(({ reason, detail }) => `${reason}: ${detail}`);
}

describe('what is read', () => {
  it.each([
    ['a stored zip', 'a.zip', zip([{ ...ENV, stored: true }])],
    ['a deflated zip', 'a.whl', zip([ENV])],
    ['a zip with its sizes after the data', 'a.zip', zip([{ ...ENV, descriptor: true }])],
    ['a zip with 64-bit sizes', 'a.zip', zip([{ ...ENV, zip64: true }])],
    ['a zip with a comment', 'a.zip', zip([ENV], 'made by hand')],
    ['a zip behind a program', 'a.pyz', Buffer.concat([Buffer.from('#!/usr/bin/env python3\n'), zip([ENV])])],
    ['a tar', 'a.tar', tar([ENV])],
  ])('%s', (_, path, bytes) => {
    expect(read(path, bytes)).toEqual({ [`${path}!.env`]: ENV.content });
    expect(skipped(path, bytes)).toEqual([]);
  });

  it.each([
    ['gzip', 'a.tar.gz', gzipSync(tar([ENV]))],
    ['zstandard', 'a.tar.zst', zstdCompressSync(tar([ENV]))],
  ])('a tar in %s, as one archive', (_, path, bytes) => {
    expect(read(path, bytes)).toEqual({ [`${path}!.env`]: ENV.content });
  });

  it('what is compressed and no archive, by its own path', () => {
    expect(read('log.txt.gz', gzipSync('line\n'))).toEqual({ 'log.txt.gz': 'line\n' });
    expect(unpack('log.txt.gz', gzipSync('a\nb')).parts[0]!.locate(2)).toEqual({
      line: 1,
      column: 1,
      entry: { path: '', line: 2, column: 1 },
    });
  });

  it.each([
    ['bzip2', 'log.txt.bz2', BZIP2],
    ['two streams of bzip2', 'log.txt.bz2', Buffer.concat([BZIP2, BZIP2])],
    ['xz', 'log.txt.xz', XZ],
    ['two streams of xz with padding', 'log.txt.xz', Buffer.concat([XZ, Buffer.alloc(4), XZ])],
  ])('%s', (name, path, bytes) => {
    expect(read(path, bytes)).toEqual({ [path]: name.startsWith('two') ? TEXT + TEXT : TEXT });
  });

  it('archives in archives, with every name on the way', () => {
    const inner = tar([{ name: 'files/.env.prod', content: 'A=1\nTOKEN=x\n' }]);
    const bytes = gzipSync(
      tar([
        { name: 'archives/files.tar', content: inner },
        { name: 'b.zip', content: zip([ENV]) },
      ]),
    );
    expect(Object.keys(read('nested.tar.gz', bytes))).toEqual([
      'nested.tar.gz!archives/files.tar!files/.env.prod',
      'nested.tar.gz!b.zip!.env',
    ]);
    const part = unpack('nested.tar.gz', bytes).parts[0]!;
    expect(part.locate(part.text.indexOf('TOKEN'))).toEqual({
      line: 1,
      column: 1,
      entry: { path: 'archives/files.tar!files/.env.prod', line: 2, column: 1 },
    });
  });

  it('names of every length, in pax and as GNU writes them', () => {
    const name = `${'folder/'.repeat(40)}.env`;
    expect(Object.keys(read('a.tar', longName('pax', name, 'x')))).toEqual([`a.tar!${name}`]);
    expect(Object.keys(read('a.tar', longName('gnu', name, 'x')))).toEqual([`a.tar!${name}`]);
    expect(Object.keys(read('a.tar', tar([{ ...ENV, prefix: 'deep' }])))).toEqual(['a.tar!deep/.env']);
  });

  it('text as PowerShell writes it, and with stray zero bytes', () => {
    const content = Buffer.from(ENV.content, 'utf16le');
    const log = `${'x'.repeat(50)}\0`;
    const archive = tar([
      { ...ENV, content },
      { name: 'a.log', content: log },
    ]);
    expect(read('a.tar', archive)).toEqual({ 'a.tar!.env': ENV.content, 'a.tar!a.log': `${'x'.repeat(50)} ` });
    expect(skipped('a.tar', archive)).toEqual([]);
  });

  it('notebooks by their cells', () => {
    const notebook = JSON.stringify({
      cells: [{ cell_type: 'code', source: ['a\n', 'b'], outputs: [] }],
      metadata: {},
    });
    const part = unpack('a.zip', zip([{ name: 'n.ipynb', content: notebook }])).parts[0]!;
    expect(part).toMatchObject({ path: 'a.zip!n.ipynb', kind: 'output', language: null });
    expect(part.locate(2)).toMatchObject({ line: 1, entry: { path: 'n.ipynb' }, cell: { number: 1, line: 2 } });
  });

  it('the texts of an archive of arrays; the arrays are counted', () => {
    const bytes = zip([
      ENV,
      { name: 'x.npy', content: Buffer.alloc(100) },
      { name: 'y.npy', content: Buffer.alloc(9) },
    ]);
    expect(Object.keys(read('data.npz', bytes))).toEqual(['data.npz!.env']);
    expect(skipped('data.npz', bytes)).toEqual(['binary: 2 of its 3 entries are binary']);
  });
});

it('attributes of pax that are no list end the list', () => {
  const bytes = tar([{ name: 'pax', content: 'nonsense-without-a-space', type: 'x' }, ENV]);
  expect(read('a.tar', bytes)).toEqual({ 'a.tar!.env': ENV.content });
});

describe('names', () => {
  it('that climb, are absolute or stand there twice change nothing', () => {
    const names = ['../../etc/cron.d/job', '/root/.netrc', 'C:\\Users\\me\\.env', '.env', '.env'];
    const files = names.map((name, index) => ({ name, content: `${index}` }));
    for (const [path, bytes] of [
      ['a.zip', zip(files)],
      ['a.tar', tar(files)],
    ] as const) {
      expect(filesOf(path, bytes).map((part) => [part.path, part.text])).toEqual(
        names.map((name, index) => [`${path}!${name}`, `${index}`]),
      );
    }
  });

  it('folders hold nothing, nor do links in a tar; in a zip a link is a file that says where it leads to', () => {
    expect(
      read(
        'a.zip',
        zip([
          { name: 'link', content: '/etc/passwd', symlink: true },
          { name: 'folder/', content: '' },
        ]),
      ),
    ).toEqual({ 'a.zip!link': '/etc/passwd' });
    expect(
      read('a.tar', tar([{ name: 'link', content: '', type: '2' }, { name: 'folder/', content: '', type: '5' }, ENV])),
    ).toEqual({ 'a.tar!.env': ENV.content });
  });
});

describe('what is not read is said', () => {
  it('encrypted entries', () => {
    const bytes = zip([
      { name: 'a/secret.txt', content: 'x', encrypted: true },
      { ...ENV, name: 'b', encrypted: true },
      ENV,
    ]);
    expect(skipped('a.zip', bytes)).toEqual(['encrypted: entry "a/secret.txt": encrypted (and 1 more)']);
    expect(Object.keys(read('a.zip', bytes))).toEqual(['a.zip!.env']);
  });
  it('unknown compressions, damaged data', () => {
    expect(skipped('a.zip', zip([{ ...ENV, method: 98 }]))).toEqual([
      'unreadable: entry ".env": it is compressed by method 98 (PPMd)',
    ]);
    expect(skipped('a.zip', zip([{ ...ENV, method: 8, stored: true }]))).toEqual([
      'unreadable: entry ".env": its compressed data are damaged',
    ]);
    expect(skipped('a.zst', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 4]))).toEqual([
      'unreadable: its compressed data are damaged',
    ]);
  });
  it('archives that break off, after what could be read', () => {
    const whole = tar([ENV, { name: 'b', content: 'x'.repeat(2_000) }]);
    expect(skipped('a.tar', whole.subarray(0, 1_800))).toEqual([
      'unreadable: the tar archive is broken: its end is missing',
    ]);
    const gzip = gzipSync('many words '.repeat(1_000));
    expect(read('a.gz', gzip.subarray(0, gzip.length - 20))['a.gz']).toContain('many words');
    const listed = zip([ENV]);
    expect(read('a.zip', listed.subarray(0, listed.length - 40))).toEqual({ 'a.zip!.env': ENV.content });
    expect(skipped('a.zip', listed.subarray(0, listed.length - 40))).toEqual([
      'unreadable: the zip archive is broken: its directory is missing',
    ]);
  });
});

describe('dishonest archives', () => {
  it('state sizes that are not theirs', () => {
    expect(read('a.zip', zip([{ ...ENV, statedSize: 2 }]))).toEqual({ 'a.zip!.env': ENV.content });
    expect(read('a.zip', zip([{ ...ENV, statedSize: 2 ** 31 }]))).toEqual({ 'a.zip!.env': ENV.content });
    expect(skipped('a.tar', tar([{ ...ENV, statedSize: 2 ** 32 }]))).toContain(
      'unreadable: the tar archive is broken: its end is missing',
    );
  });
  it('hide an entry from their directory', () => {
    expect(
      Object.keys(
        read(
          'a.zip',
          zip([
            { name: 'README', content: 'r' },
            { ...ENV, unlisted: true },
          ]),
        ),
      ),
    ).toEqual(['a.zip!README', 'a.zip!.env']);
  });
  it('put a zip into a zip as it is: its entries are read once', () => {
    expect(Object.keys(read('a.zip', zip([{ name: 'b.zip', content: zip([ENV]), stored: true }])))).toEqual([
      'a.zip!b.zip!.env',
    ]);
  });

  const zeros = Buffer.alloc(50 * 1024 * 1024);
  it('unpack to far more than they are: one entry, a stream of zeros, and many copies of one', () => {
    const bomb = zip([{ name: 'zeros', content: zeros }, ENV]);
    expect(skipped('a.zip', bomb)).toEqual([
      `archive-limit: entry "zeros": larger than ${MAX_ENTRY_BYTES / 2 ** 20} MiB`,
    ]);
    expect(Object.keys(read('a.zip', bomb))).toEqual(['a.zip!.env']);
    expect(skipped('a.gz', gzipSync(zeros))).toEqual([`archive-limit: larger than ${MAX_ENTRY_BYTES / 2 ** 20} MiB`]);
    const text = zip(
      Array.from({ length: 20 }, (_, index) => ({ name: `${index}`, content: Buffer.alloc(4_000_000, 'a\n') })),
    );
    expect(unpack('a.zip', text).skipped.map(({ reason }) => reason)).toEqual(['archive-limit']);
    expect(filesOf('a.zip', text).reduce((sum, part) => sum + part.text.length, 0)).toBeLessThan(MIN_RATIO_BYTES);
  }, 30_000);
  it('unpack to archives that unpack to more, wide and deep', () => {
    const leaf = zip([{ name: 'zeros', content: Buffer.alloc(4_000_000) }]);
    const layer = (content: Buffer) =>
      zip(Array.from({ length: 16 }, (_, index) => ({ name: `${index}.zip`, content })));
    const bomb = layer(layer(layer(layer(leaf))));
    expect(filesOf('42.zip', bomb)).toEqual([]);
    expect(unpack('42.zip', bomb).skipped.map(({ reason }) => reason)).toContain('archive-limit');
  }, 30_000);
  it('nest for ever', () => {
    let bytes = Buffer.from('text');
    for (let layer = 0; layer < MAX_LAYERS * 3; layer++) bytes = gzipSync(bytes);
    expect(skipped('a.gz', bytes)).toEqual([`archive-limit: more than ${MAX_LAYERS} archives inside of each other`]);
  });
  it('have more entries than anybody reads', () => {
    const many = zip(
      Array.from({ length: MAX_ENTRIES + 5 }, (_, index) => ({ name: `${index}`, content: '', stored: true })),
    );
    expect(filesOf('a.zip', many)).toHaveLength(MAX_ENTRIES);
    expect(skipped('a.zip', many)).toEqual([`archive-limit: more than ${MAX_ENTRIES} entries`]);
  }, 30_000);
});

it('is never thrown off by changed bytes', () => {
  const sources = [
    BZIP2,
    XZ,
    zip([ENV, { ...ENV, zip64: true, name: 'b' }]),
    tar([ENV]),
    gzipSync(tar([ENV])),
    zstdCompressSync(tar([ENV])),
    longName('pax', 'n'.repeat(200), 'x'),
  ];
  let state = 7;
  const random = (bound: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % bound;
  };
  for (let round = 0; round < 1_000; round++) {
    const bytes = Buffer.from(sources[round % sources.length]!);
    for (let change = 0; change <= random(4); change++)
      bytes[random(bytes.length)] = [0, 255, 127, random(256)][random(4)]!;
    const { parts } = unpack('a.zip', bytes.subarray(0, random(8) === 0 ? random(bytes.length) : bytes.length));
    for (const part of parts) part.locate(part.text.length);
  }
});
