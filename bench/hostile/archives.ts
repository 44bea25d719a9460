/** Archives that are made to become too large, to take too long, or to say one thing to one reader and another to the next. */
import { Buffer } from 'node:buffer';
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { sampleToken } from '#test/support/samples.ts';
import { longName, tar, type ZipFile, zip } from '#test/unpack/archives.ts';
import { BZIP2_ZEROS, LZMA2_ZEROS } from '#test/unpack/compressed.ts';
import { LZMA2, sevenZip } from '#test/unpack/seven-zips.ts';
import { type HostileCase, LARGEST_READ, lines, MEGABYTE, only } from './case.ts';

const env = () => `TOKEN=${sampleToken('huggingface')}\n`;
const small: ZipFile = { name: '.env', content: env() };

export function hostileArchives(): HostileCase[] {
  const files: Record<string, () => Uint8Array> = {
    'gzip of 5 GB of zeros.gz': () => gzipMembers(5_000),
    'zstandard of 10 GB.zst': () => zstdCompressSync(zeros(1_000)),
    'zstandard in 100,000 frames.zst': () => repeat(zstdCompressSync(zeros(1)), 100_000),
    'brotli of 1 GB.br': () => brotliCompressSync(zeros(1_000), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
    'bzip2 of 5 GB.bz2': () => repeat(BZIP2_ZEROS, 100),
    'lzma2 of 2 GB.7z': () => lzma2Zeros(),
    'flat bomb.zip': () => zip([small, ...many(50, (at) => ({ name: `f${at}.txt`, content: zeros(100) }))]),
    'overlapping, deflated.zip': () => overlapping(false),
    'overlapping, stored.zip': () => overlapping(true),
    'ten deep.zip': () => deep(10, zip([small])),
    'wide and deep.zip': () => wide(4),
    '1,000 bombs.zip': () => bombs(),
    '20,000 entries.zip': () => zip(many(20_000, (at) => ({ name: `f${at}`, content: 'x' }))),
    '65,535 entries in one place.zip': () => zip(many(60_000, () => ({ name: 'n', content: '', place: 0 }))),
    '100,000 entries.tar.gz': () => gzipSync(tar(many(100_000, (at) => ({ name: `f${at}`, content: 'x' })))),
    '100,000 folders.tar.gz': () => gzipSync(tar(many(100_000, (at) => ({ name: `f${at}/`, content: '', type: '5' })))),
    'names of 64 kB.zip': () => zip(many(38, (at) => ({ name: `${at}${'n'.repeat(65_000)}.env`, content: env() }))),
    'names of 1 MB, nested.tar.gz': () => gzipSync(longNames(5)),
    'a size of 2^63.tar': () => tar([{ name: '.env', content: env(), statedSize: 8 ** 11 - 1 }]),
    'climbing.tar': () =>
      tar(['../../.env', '/etc/.env', 'a/../../.env', '..\\..\\.env'].map((name) => ({ name, content: env() }))),
    'all secrets.tar.gz': () => gzipSync(tar(many(2_000, (at) => ({ name: `f${at}`, content: secrets(at) })))),
    'headers only.zip': () => repeat(zip([{ name: 'a', content: '' }]).subarray(0, 31), LARGEST_READ / 32),
    'ends of directories.zip': () => repeat(Buffer.from([0x50, 0x4b, 5, 6]), MEGABYTE),
  };
  return Object.entries(files).map(([name, make]) => ({ name, files: only(name, () => [make()]) }));
}

function zeros(megabytes: number): Uint8Array {
  return Buffer.alloc(megabytes * MEGABYTE);
}

function repeat(piece: Uint8Array, count: number): Uint8Array {
  const most = Math.min(count, LARGEST_READ / piece.length);
  return Buffer.concat(Array.from({ length: Math.floor(most) }, () => piece));
}

function many<One>(count: number, make: (index: number) => One): One[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function gzipMembers(megabytes: number): Uint8Array {
  return repeat(gzipSync(zeros(50), { level: 9 }), megabytes / 50);
}

function lzma2Zeros(): Uint8Array {
  const packed = Buffer.concat([repeat(LZMA2_ZEROS, 8_000), Buffer.from([0])]);
  return sevenZip([{ coders: [LZMA2], packed, files: [{ name: '.env', size: 2_000 * MEGABYTE }] }]);
}

/** Every entry of the directory is the first one: a file of some MB. */
function overlapping(stored: boolean): Uint8Array {
  const content = 'word '.repeat((stored ? 4 : 40) * 100_000);
  const rest = many(9_000, (at) => ({ name: `f${at}`, content: '', stored, place: 0, statedSize: content.length }));
  return zip([{ name: 'first', content, stored }, ...rest]);
}

function deep(layers: number, innermost: Uint8Array): Uint8Array {
  let archive: Uint8Array = innermost;
  for (let layer = 0; layer < layers; layer++) archive = zip([{ name: `${layer}.zip`, content: archive }]);
  return archive;
}

/** Sixteen of sixteen of sixteen. */
function wide(layers: number): Uint8Array {
  let archive: Uint8Array = gzipSync(zeros(4));
  for (let layer = 0; layer < layers; layer++) {
    const content = archive;
    archive = zip(many(16, (at) => ({ name: `${at}.${layer === 0 ? 'gz' : 'zip'}`, content })));
  }
  return archive;
}

function bombs(): Uint8Array {
  const content = zstdCompressSync(zeros(64));
  return zip(many(1_000, (at) => ({ name: `f${at}.tar.zst`, content, stored: true })));
}

function longNames(layers: number): Uint8Array {
  let archive: Buffer = tar(many(5_000, (at) => ({ name: `f${at}`, content: 'x' })));
  const name = 'n'.repeat(1_000_000);
  for (let layer = 0; layer < layers; layer++) archive = longName('pax', `${name}.tar`, archive.toString('latin1'));
  return archive;
}

function secrets(seed: number): string {
  return lines(20, (at) => `KEY=${sampleToken('huggingface', seed * 20 + at)}`);
}
