/** Each decoder by itself: what it takes for encoded, where that begins and ends, and what it leaves alone. */
import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findBase64AndHex } from '#analyzers/secrets/decode/base64.ts';
import { findCodePoints } from '#analyzers/secrets/decode/code-points.ts';
import { decodedTexts } from '#analyzers/secrets/decode/decoded-texts.ts';
import { findEntities } from '#analyzers/secrets/decode/entities.ts';
import { findEscapes, findPercent } from '#analyzers/secrets/decode/escapes.ts';
import { MAX_GUNZIPPED } from '#analyzers/secrets/decode/gzip.ts';
import { findLiterals } from '#analyzers/secrets/decode/literals.ts';
import { MIN_BASE64 } from '#analyzers/secrets/decode/runs.ts';
import type { Segment } from '#analyzers/secrets/decode/segment.ts';
import { NO_LIMIT } from './support.ts';

type Find = (text: string, found: (segment: Segment) => void) => void;

/** As `written → clear`. */
function read(find: Find, text: string): string[] {
  const found: string[] = [];
  find(text, ({ start, end, text: clear }) => found.push(`${text.slice(start, end)} → ${clear}`));
  return found;
}

/** Where what is too large to be decoded stands. */
function tooLarge(text: string): number[] {
  const found: number[] = [];
  decodedTexts(text, NO_LIMIT, (offset) => found.push(offset));
  return found;
}

const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes as string).toString('base64');
const pad = (length: number) => ' '.repeat(length);

describe('character references', () => {
  it.each([
    ['a&quot;b', ['&quot; → "']],
    ['&#104;&#x66;_', ['&#104;&#x66; → hf']],
    ['&#x00000041;', ['&#x00000041; → A']],
    ['&#x000000041;', []],
    ['&#1;&#127;&#x110000;', []],
    ['a & b; &; &unknown;', []],
  ])('of %j', (text, found) => expect(read(findEntities, text)).toEqual(found));
});

describe('escapes', () => {
  it.each([
    ['\\u0068\\U00000066', ['\\u0068 → h', '\\U00000066 → f']],
    ['\\u{1f600}', ['\\u{1f600} → 😀']],
    ['\\u0001 \\u{110000} \\u00g0', []],
    ['\\x68\\146', ['\\x68\\146 → hf']],
    ['\\xc3\\xa9', ['\\xc3\\xa9 → é']],
    ['\\xe9\\x41', ['\\xe9\\x41 → éA']],
    ['\\x00\\x01', []],
    ['hf\\_a', ['\\_ → _']],
    ['\\\\\\\\n', ['\\\\\\\\ → \\\\']],
  ])('of %j', (text, found) => expect(read(findEscapes, text)).toEqual(found));

  it('by the numbers of characters, with the blank behind each', () => {
    expect(read(findCodePoints, 'a U+0068 U+0066\nU+005f b "U+0061"')).toEqual([
      'U+0068 U+0066\nU+005f  → hf_',
      'U+0061 → a',
    ]);
    expect(read(findCodePoints, 'U+006G U+00681 U+0001 U+')).toEqual([]);
  });

  it('of addresses', () => {
    expect(read(findPercent, 'a%68%66%5Fb%zz%')).toEqual(['%68%66%5F → hf_']);
    expect(read(findPercent, '%E9%41')).toEqual(['%E9%41 → éA']);
    expect(read(findPercent, '%00%41')).toEqual([]);
  });
});

describe('literals that a program puts together', () => {
  it.each([
    ['"hf_a" + "b"', ['a" + " → a']],
    ["'hf_a'\n    'b'", ["a'\n    ' → a"]],
    ['"hf_a" f"b"', ['a" f" → a']],
    ['"hf_a" . \'b\'', ['a" . \' → a']],
    ['"hf_a" * "b"', ['a" * " → a']],
    // Two quotes make an empty text or the end of a long one.
    ['"hf_a""b"', []],
    ['"hf_a" + + "b"', []],
    ['"hf_a", "b"', []],
    ['"hf_a" + name + "b"', []],
    ['" " + "b"', []],
    [`"a"${pad(158)}"b"`, [`a"${pad(158)}" → a`]],
    [`"a"${pad(160)}"b"`, []],
  ])('%j', (text, found) => expect(read(findLiterals, text)).toEqual(found));
});

describe('base64 and hex', () => {
  const clear = 'a text of several words, which is long enough to be wrapped in lines';
  const lines = (width: number, indent: string) =>
    base64(clear).replaceAll(new RegExp(`(.{${width}})(?=.)`, 'g'), `$1\n${indent}`);

  it('in the shortest run that counts', () => {
    const [shortest, shorter] = [base64('x'.repeat(12)), base64('x'.repeat(11)).replace('=', '')];
    expect([shortest.length, shorter.length]).toEqual([MIN_BASE64, MIN_BASE64 - 1]);
    expect(read(findBase64AndHex, shortest)).toEqual([`${shortest} → xxxxxxxxxxxx`]);
    expect(read(findBase64AndHex, shorter)).toEqual([]);
  });

  it('in lines of 32 digits or more, however deep they stand', () => {
    for (const indent of ['', pad(8), pad(64)])
      expect(read(findBase64AndHex, lines(32, indent))).toEqual([`${lines(32, indent)} → ${clear}`]);
    expect(read(findBase64AndHex, lines(32, pad(65)))).toHaveLength(3);
    // The last of the four is too short to count by itself.
    expect(read(findBase64AndHex, lines(28, ''))).toHaveLength(3);
  });

  it('of UTF-16, where it is text', () => {
    const wide = (text: string) => base64(Buffer.from(text, 'utf16le'));
    expect(read(findBase64AndHex, wide('hf_abcdef'))).toEqual([`${wide('hf_abcdef')} → hf_abcdef`]);
    expect(read(findBase64AndHex, wide(`hf_abcdef\ud800`))).toEqual([]);
  });

  it('of gzip, to a bound', () => {
    const zipped = base64(gzipSync('key = 1'));
    expect(read(findBase64AndHex, zipped)).toEqual([`${zipped} → key = 1`]);
    expect(read(findBase64AndHex, base64(gzipSync('x'.repeat(MAX_GUNZIPPED))))).toHaveLength(1);
    expect(tooLarge(base64(gzipSync('x'.repeat(MAX_GUNZIPPED + 1))))).toEqual([0]);
    expect(tooLarge(`a\n${base64(`key: ${base64(gzipSync('x'.repeat(MAX_GUNZIPPED + 1)))}`)}`)).toEqual([2]);
    expect(tooLarge(base64(gzipSync(Buffer.alloc(MAX_GUNZIPPED + 1))))).toEqual([]);
    expect(MAX_GUNZIPPED).toBe(4 * 1024 * 1024);
  });
});

describe('a decoded text', () => {
  it('has a kilobyte of the line on each side of what was encoded, and nothing of what is between two lines', () => {
    const encoded = base64('the first secret');
    const text = `${'a'.repeat(10)}\n${pad(2_000)}${encoded}${pad(2_000)}\n${'b'.repeat(10)}\nx=${encoded}`;
    const [layer] = decodedTexts(text, NO_LIMIT, () => {});
    expect(layer?.text).toBe(`${pad(1_024)}the first secret${pad(1_024)}\n\0\nx=the first secret`);
    const second = layer!.text.lastIndexOf('the');
    expect(layer!.place(second, second + 3)).toEqual({
      start: text.lastIndexOf(encoded),
      end: text.length,
      encodings: ['base64'],
    });
    expect(layer!.place(1_024, second + 3)).toBeNull();
  });
});
