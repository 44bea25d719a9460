/** 7z: its folders and their files, what is said of those that cannot be read, and what dishonest ones cannot do. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_ENTRIES } from '#unpack/archive/limits.ts';
import { readArchive } from '#unpack/archive/read-archive.ts';
import { tar, zip } from './archives.ts';
import { BZIP2, LZMA, TEXT } from './compressed.ts';
import { AES, COPY, type Folder, LZMA2, sevenZip, storedLzma2 } from './seven-zips.ts';

const ENV = 'A=1\nTOKEN=x\n';
const one = (content: string, coders: Folder['coders'], packed: Uint8Array): Folder => ({
  coders,
  packed,
  files: [{ name: '.env', size: Buffer.byteLength(content) }],
});
const STORED = one(ENV, [COPY], Buffer.from(ENV));
const LZMA1 = { method: '030101', properties: [...LZMA.subarray(0, 5)] };

function read(bytes: Uint8Array): { files: Record<string, string>; gaps: string[] } {
  const files: Record<string, string> = {};
  const gaps = readArchive('a.7z', bytes, ({ entry, bytes: content }) => {
    files[entry] = Buffer.from(content).toString();
  });
  return { files, gaps: gaps.map(({ reason, entry, detail }) => `${reason}: ${entry}: ${detail}`) };
}

describe('what is read', () => {
  it.each([
    ['stored', STORED, ENV],
    ['LZMA2', one(ENV, [LZMA2], storedLzma2(ENV)), ENV],
    ['LZMA', one(TEXT, [LZMA1], LZMA.subarray(13)), TEXT],
    ['bzip2', one(TEXT, [{ method: '040202' }], BZIP2), TEXT],
    ['deflate', one(ENV, [{ method: '040108' }], deflateRawSync(ENV)), ENV],
    ['LZMA2 under the filter for programs', one(ENV, [LZMA2, { method: '03030103' }], storedLzma2(ENV)), ENV],
    ['two compressions in a row', one(ENV, [LZMA2, { method: '040108' }], storedLzma2(deflateRawSync(ENV))), ENV],
  ])('%s', (_, folder, content) => {
    expect(read(sevenZip([folder]))).toEqual({ files: { '.env': content }, gaps: [] });
  });

  it('files that are packed together, and folders one after the other', () => {
    const solid: Folder = {
      coders: [LZMA2],
      packed: storedLzma2('onetwothree'),
      files: [
        { name: 'a/1', size: 3 },
        { name: 'žluť', size: 3 },
        { name: 'c', size: 5 },
      ],
    };
    expect(read(sevenZip([solid, STORED])).files).toEqual({ 'a/1': 'one', žluť: 'two', c: 'three', '.env': ENV });
  });

  it('a header that is packed, and archives on both sides of it', () => {
    const inner = sevenZip([STORED], { header: { coders: [LZMA2], pack: storedLzma2 } });
    expect(read(inner)).toEqual({ files: { '.env': ENV }, gaps: [] });
    expect(read(gzipSync(tar([{ name: 'b.7z', content: inner }]))).files).toEqual({ 'b.7z!.env': ENV });
    const zipped = zip([{ name: '.env', content: ENV }]);
    const outer = { coders: [COPY], packed: zipped, files: [{ name: 'b.zip', size: zipped.length }] };
    expect(read(sevenZip([outer])).files).toEqual({ 'b.zip!.env': ENV });
  });

  it('bytes that a filter has changed, as they were', () => {
    const call = Buffer.from([0xe8, 0x15, 0, 0, 0, 0x61]);
    const x86 = read(sevenZip([{ ...one('123456', [COPY, { method: '04' }], call) }]));
    expect(Buffer.from(x86.files['.env']!, 'latin1')[1]).toBe(0x10);
    const delta = Buffer.from([0x61, 1, 1, 1]);
    expect(read(sevenZip([one('abcd', [{ method: '03', properties: [0] }], delta)])).files).toEqual({ '.env': 'abcd' });
  });
});

describe('what is not read is said', () => {
  it('encrypted entries, and encrypted names', () => {
    const locked = { ...one(ENV, [AES, LZMA2], Buffer.alloc(32)), files: [{ name: 'keys.txt', size: 9 }] };
    expect(read(sevenZip([locked, STORED]))).toEqual({
      files: { '.env': ENV },
      gaps: ['encrypted: keys.txt: encrypted'],
    });
    expect(read(sevenZip([STORED], { header: { coders: [AES], pack: (bytes) => bytes } }))).toEqual({
      files: {},
      gaps: ['encrypted: : encrypted, with the names of its entries'],
    });
  });

  it('compressions that are not known here', () => {
    expect(read(sevenZip([one(ENV, [{ method: '030401', properties: [1] }], Buffer.alloc(9)), STORED])).gaps).toEqual([
      'unreadable: .env: it is compressed by method PPMd',
    ]);
  });

  it('data that break off: the files before are read', () => {
    const packed = storedLzma2('one'.repeat(30_000)).subarray(0, 70_000);
    const files = [
      { name: 'a', size: 60_000 },
      { name: 'b', size: 30_000 },
    ];
    const { files: found, gaps } = read(sevenZip([{ coders: [LZMA2], packed, files }]));
    expect(Object.keys(found)).toEqual(['a']);
    expect(gaps).toEqual(['unreadable: b: its compressed data are damaged']);
  });

  it.each([
    ['nothing but its signature', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4])],
    ['an archive that breaks off', sevenZip([STORED]).subarray(0, -3)],
    ['more files than there can be', sevenZip([STORED], { count: 2 ** 40 })],
  ])('%s', (_, bytes) => {
    expect(read(bytes)).toEqual({ files: {}, gaps: ['unreadable: : the 7z archive is broken: its header is damaged'] });
  });
});

describe('limits', () => {
  it('hold for what is packed together, for a header, and for the number of entries', () => {
    const zeros = Buffer.alloc(50 * 1024 * 1024);
    const bomb = one('', [{ method: '040108' }], deflateRawSync(zeros));
    expect(read(sevenZip([{ ...bomb, files: [{ name: 'zeros', size: zeros.length }] }, STORED]))).toEqual({
      files: { '.env': ENV },
      gaps: ['archive-limit: zeros: unpacked, it is more than the limit for an archive'],
    });
    const packed = { coders: [{ method: '040108' }], pack: () => deflateRawSync(zeros) };
    expect(read(sevenZip([STORED], { header: packed })).gaps).toHaveLength(1);
    const files = Array.from({ length: MAX_ENTRIES + 5 }, (_, index) => ({ name: `${index}`, size: 0 }));
    expect(read(sevenZip([{ coders: [COPY], packed: Buffer.alloc(1), files }])).gaps).toEqual([
      `archive-limit: : more than ${MAX_ENTRIES} entries`,
    ]);
  });
});
