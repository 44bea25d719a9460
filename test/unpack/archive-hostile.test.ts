/** Archives that are cut, changed or made to do harm: read as far as they go, within the limits, and never in silence. */
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_ENTRY_BYTES, MAX_UNPACKED_BYTES } from '#unpack/archive/limits.ts';
import { unpack } from '#unpack/unpack.ts';
import { longName, tar, zip } from './archives.ts';
import { BZIP2, BZIP2_ZEROS, LZMA, LZMA2_ZEROS, TEXT, XZ } from './compressed.ts';
import { COPY, LZMA2, sevenZip, storedLzma2 } from './seven-zips.ts';

const ENV = { name: '.env', content: 'A=1\nTOKEN=x\n' };
const SEVEN = sevenZip([{ coders: [LZMA2], packed: storedLzma2(ENV.content), files: [{ name: '.env', size: 12 }] }]);
const SOURCES: readonly (readonly [path: string, bytes: Buffer])[] = [
  ['a.bz2', BZIP2],
  ['a.xz', XZ],
  ['a.lzma', LZMA],
  ['a.7z', SEVEN],
  ['a.7z', sevenZip([], { header: { coders: [LZMA2], pack: storedLzma2 } })],
  ['a.zip', zip([ENV, { ...ENV, zip64: true, name: 'b' }])],
  ['a.tar', tar([ENV])],
  ['a.tgz', gzipSync(tar([ENV]))],
  ['a.gz', gzipSync(TEXT)],
  ['a.tar.zst', zstdCompressSync(tar([ENV]))],
  ['a.txt.br', brotliCompressSync(Buffer.from(TEXT.repeat(3)))],
  ['a.tar', longName('pax', 'n'.repeat(200), 'x')],
];

function texts(path: string, bytes: Uint8Array): string[] {
  const parts = unpack(path, bytes).parts.filter((part) => part.locate(0).entry?.name !== true);
  return parts.map(({ text }) => text);
}
function skipped(path: string, bytes: Uint8Array): string[] {
  return unpack(path, bytes).skipped.map(({ reason, detail }) => `${reason}: ${detail}`);
}

describe('what is cut off', () => {
  it.each(SOURCES)('%s, anywhere: what is missing is said', (path, bytes) => {
    const whole = texts(path, bytes).join('');
    const step = Math.ceil(bytes.length / 200);
    for (let length = 12; length < bytes.length; length += step) {
      const cut = bytes.subarray(0, length);
      if (texts(path, cut).join('') !== whole) expect([length, unpack(path, cut).skipped]).not.toEqual([length, []]);
    }
  });

  it('a stream of gzip, of zstandard or of brotli gives what there is', () => {
    for (const bytes of [gzipSync(TEXT), zstdCompressSync(TEXT.repeat(400)), brotliCompressSync(Buffer.from(TEXT))]) {
      const path = bytes[0] === 0x1f ? 'a.gz' : bytes[0] === 0x28 ? 'a.zst' : 'a.br';
      const cut = bytes.subarray(0, bytes.length - 12);
      expect(texts(path, cut)[0]).toContain('line 0 of the log');
      expect(skipped(path, cut)).toEqual(['unreadable: its compressed data are damaged']);
    }
  });
});

describe('what stands behind or before', () => {
  it('several frames of zstandard, and frames for other readers, are one file', () => {
    const frame = zstdCompressSync(TEXT);
    const other = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]);
    expect(texts('a.zst', Buffer.concat([frame, other, frame]))).toEqual([TEXT + TEXT]);
    expect(texts('a.zst', Buffer.concat([other, frame]))).toEqual([TEXT]);
  });

  it('several members of gzip are one file; what is none, or a wrong sum, hides nothing', () => {
    const member = gzipSync(TEXT);
    expect(texts('a.gz', Buffer.concat([member, member]))).toEqual([TEXT + TEXT]);
    const wrong = Buffer.from(member);
    wrong[wrong.length - 6]! ^= 1;
    for (const bytes of [Buffer.concat([member, Buffer.from('and more')]), wrong]) {
      expect(texts('a.gz', bytes)).toEqual([TEXT]);
      expect(skipped('a.gz', bytes)).toEqual(['unreadable: its compressed data are damaged']);
    }
  });
});

describe('what would become too much', () => {
  const zeros = Buffer.alloc(50 * 1024 * 1024);
  it.each([
    ['bzip2', 'a.bz2', BZIP2_ZEROS],
    ['zstandard', 'a.zst', zstdCompressSync(zeros)],
    ['brotli', 'a.br', brotliCompressSync(zeros)],
    ['7z', 'a.7z', sevenZip([{ coders: [LZMA2], packed: manyZeros(400), files: [{ name: '', size: 400 << 18 }] }])],
  ])('%s', (_, path, bytes) => {
    expect(texts(path, bytes)).toEqual([]);
    expect(skipped(path, bytes)[0]).toMatch(/^archive-limit: /);
  });

  it('a tar of which only the beginning comes out is read as far as that', () => {
    const start = tar([ENV, { name: 'zeros', content: zeros.subarray(0, 9), statedSize: zeros.length }]);
    const block = Buffer.concat([storedLzma2(start.subarray(0, 1536)).subarray(0, -1), manyZeros(400)]);
    const header = Buffer.from([0x02, 0, 0x21, 1, 0x18, 0, 0, 0, 0, 0, 0, 0]);
    const magic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0, 0, 0, 0, 0]);
    const bytes = Buffer.concat([magic, header, block]);
    expect(texts('a.tar.xz', bytes)).toEqual([ENV.content]);
    expect(skipped('a.tar.xz', bytes)[0]).toMatch(/^archive-limit: unpacked, it is more/);
  });

  it('entries that all stand in one place', () => {
    const content = 'word '.repeat(800_000);
    const rest = Array.from({ length: 300 }, (_, index) => ({ name: `${index}`, content: '', place: 0 }));
    const bytes = zip([{ name: 'first', content }, ...rest]);
    const read = texts('a.zip', bytes);
    expect(read.length * content.length).toBeLessThan(MAX_UNPACKED_BYTES);
    expect(skipped('a.zip', bytes)).toEqual([expect.stringMatching(/^archive-limit: .*and \d+ more/)]);
  });

  it('entries that all stand in one place, and are not compressed', () => {
    const content = 'word '.repeat(800_000);
    const again = { content: '', stored: true, place: 0, statedSize: content.length, local: { name: 'first' } };
    const rest = Array.from({ length: 300 }, (_, index) => ({ ...again, name: `${index}` }));
    const bytes = zip([{ name: 'first', content, stored: true }, ...rest]);
    expect(texts('a.zip', bytes).join('').length).toBeLessThan(MAX_UNPACKED_BYTES + content.length);
    expect(skipped('a.zip', bytes)).toEqual([expect.stringMatching(/^archive-limit: .*and \d+ more/)]);
  });

  it('names that lie on each other, and long names of archives in each other', () => {
    const header = zip([{ name: '', content: '' }]).subarray(0, 30);
    header.writeUInt16LE(65_000, 26);
    const overlapping = Buffer.concat(Array.from({ length: 10_000 }, () => header));
    expect(unpack('a.zip', overlapping).parts.at(-1)!.text.length).toBeLessThan(3 * overlapping.length);
    expect(skipped('a.zip', overlapping)[0]).toMatch(/^archive-limit: .*and \d+ more/);

    const name = `${'n'.repeat(500_000)}.tar`;
    const inner = tar(Array.from({ length: 2_000 }, (_, index) => ({ name: `${index}.env`, content: 'x' })));
    const outer = gzipSync(longName('pax', name, inner.toString('latin1')));
    const paths = unpack('a.tar.gz', outer).parts.map(({ path }) => path);
    expect(paths[0]).toBe('a.tar.gz!(a name of 500004 characters).tar!0.env');
    expect(Math.max(...paths.map(({ length }) => length))).toBeLessThan(100);
  });

  it('arrays and machine code are no gap, however large: nothing would be read in them', () => {
    const array = Buffer.alloc(MAX_ENTRY_BYTES + 1);
    for (const name of ['weights.npy', 'archive/data/0', 'lib/kernel.so.1'])
      expect(skipped('model.zip', zip([{ name, content: array }]))).toEqual([
        expect.stringMatching(/^binary: \d+ bytes$/),
      ]);
    expect(skipped('model.zip', zip([{ name: 'a.txt', content: array }]))).toEqual([
      `archive-limit: entry "a.txt": larger than ${MAX_ENTRY_BYTES / 2 ** 20} MiB`,
    ]);
  });

  function manyZeros(times: number): Buffer {
    return Buffer.concat([...Array.from({ length: times }, () => LZMA2_ZEROS), Buffer.from([0])]);
  }
});

describe('what one reader sees and another does not', () => {
  it('a name, or a method, that the directory of a zip gives otherwise', () => {
    const file = { name: 'empty.txt', content: 'A=1', stored: true };
    const named = unpack('a.zip', zip([{ ...file, local: { name: '.env' } }]));
    expect(named.parts.map(({ text }) => text)).toEqual(['A=1', 'A=1', 'empty.txt\n.env']);
    expect(texts('a.zip', zip([{ ...file, method: 8, local: { method: 0 } }]))).toContain('A=1');
  });

  it('a size of nothing in the directory of a zip', () => {
    const bytes = zip([{ ...ENV, stored: true, statedSize: 0 }]);
    expect(texts('a.zip', bytes)).toEqual(['', ENV.content]);
  });

  it('a folder of a zip that holds something', () => {
    expect(texts('a.zip', zip([{ name: 'folder/', content: ENV.content }]))).toEqual([ENV.content]);
  });

  it.each(['1', '2', '5'])('a size that a tar gives for an entry without content (%s)', (type) => {
    const hiding = { name: 'link', content: '', type, statedSize: 512 };
    expect(texts('a.tar', tar([hiding, ENV]))).toEqual([ENV.content]);
    expect(texts('a.tar', tar([{ ...ENV, type }]))).toEqual([ENV.content]);
  });

  it('a tar entry of a type that nobody knows', () => {
    expect(texts('a.tar', tar([{ ...ENV, type: 'Q' }]))).toEqual([ENV.content]);
  });
});

describe('kinds of entries', () => {
  it('that are no files: links, devices, pipes', () => {
    const others = ['1', '2', '3', '4', '5', '6'].map((type) => ({ name: `n${type}`, content: '', type }));
    expect(texts('a.tar', tar([...others, ENV]))).toEqual([ENV.content]);
    expect(skipped('a.tar', tar([...others, ENV]))).toEqual([]);
  });

  it('whose names hold zeros, line ends and other signs', () => {
    const bytes = zip([{ name: 'a\0b\n../c', content: 'x' }, ENV]);
    const { parts } = unpack('a.zip', bytes);
    expect(parts.map(({ text }) => text)).toEqual(['x', ENV.content, 'a b ../c\n.env']);
    const names = parts.at(-1)!;
    expect(names.locate(names.text.indexOf('.env')).entry).toEqual({ path: '.env', line: 1, column: 1, name: true });
  });

  it('archives that are known and not read', () => {
    for (const [kind, signature] of [
      ['rar', 'Rar!\x1a\x07\x01\0'],
      ['cab', 'MSCF\0\0\0\0'],
      ['lz4', '\x04\x22\x4d\x18'],
      ['lzip', 'LZIP\x01'],
      ['compress', '\x1f\x9d\x90'],
    ]) {
      const bytes = Buffer.concat([Buffer.from(signature!, 'latin1'), Buffer.alloc(20)]);
      expect(skipped('a', bytes)).toEqual([`unreadable: ${kind} is not read`]);
      expect(skipped('a.zip', zip([{ name: 'b', content: bytes }]))).toEqual([
        `unreadable: entry "b": ${kind} is not read`,
      ]);
    }
  });

  it('text that is called like a compressed file is text', () => {
    expect(texts('messages.pt.br', Buffer.from('olá\n'))).toEqual(['olá\n']);
    expect(texts('notes.lzma', Buffer.from('A file about a compression.\n'))).toEqual([
      'A file about a compression.\n',
    ]);
  });
});

it('is never thrown off by changed bytes', () => {
  let state = 11;
  const random = (bound: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % bound;
  };
  const outer = sevenZip([{ coders: [COPY], packed: SEVEN, files: [{ name: 'b.7z', size: SEVEN.length }] }]);
  const sources = [...SOURCES, ['a.7z', outer] as const];
  for (let round = 0; round < 1_000; round++) {
    const [path, source] = sources[round % sources.length]!;
    const bytes = Buffer.from(source);
    for (let change = 0; change <= random(4); change++)
      bytes[random(bytes.length)] = [0, 255, 127, random(256)][random(4)]!;
    const { parts } = unpack(path, bytes.subarray(0, random(8) === 0 ? random(bytes.length) : bytes.length));
    for (const part of parts) part.locate(part.text.length);
  }
});
