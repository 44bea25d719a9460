/** Secrets under encodings: found through them, placed at the encoded text, told once. */
import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { decodedTexts, MAX_DECODE_DEPTH } from '#analyzers/secrets/decode/decoded-texts.ts';
import { sampleToken } from '#test/support/samples.ts';
import { createShippedAnalyzer, find, NO_LIMIT } from './support.ts';

const analyzer = await createShippedAnalyzer();
const token = sampleToken('huggingface');
const another = sampleToken('github');

const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const hex = (text: string) => Buffer.from(text).toString('hex');
const percent = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
const unicode = (text: string) => text.replace(/./g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
const codePoints = (text: string) => unicode(text).replaceAll('\\u', ' U+').trimStart();
const wrap = (text: string, width: number, indent = '') =>
  text.replace(new RegExp(`(.{${width}})(?=.)`, 'g'), `$1\n${indent}`);

/** What is found in a text: the detector, the text that it points at, and how that was decoded. */
function read(text: string): { rule: string; at: string; decoders: string }[] {
  return find(analyzer, text, { path: 'data/settings.txt', language: null }).map(
    ({ ruleId, start, end, evidence }) => ({
      rule: ruleId,
      at: text.slice(start, end),
      decoders: evidence?.decoders.join(' → ') ?? '',
    }),
  );
}
const one = (at: string, decoders: string) => [{ rule: 'huggingface-user-token', at, decoders }];

describe('one encoding', () => {
  const padded = base64(`${token}:x`);
  test.each([
    ['base64', `value: ${base64(token)}`, base64(token), 'base64'],
    ['base64 with padding', `value: ${padded}`, padded, 'base64'],
    ['base64 without its padding', `value: ${padded.replace(/=+$/, '')}.`, padded.replace(/=+$/, ''), 'base64'],
    ['url-safe base64', `?state=${base64url(`>>>${token}???`)}`, base64url(`>>>${token}???`), 'base64'],
    ['hex', `blob = 0x${hex(token)}`, `0x${hex(token)}`, 'hex'],
    ['upper case hex', `blob = ${hex(token).toUpperCase()};`, hex(token).toUpperCase(), 'hex'],
    ['hex behind a name', `id-${hex(token)}`, hex(token), 'hex'],
    ['percent', `?q=${percent(token)}&x`, percent(token), 'percent'],
    ['unicode escapes', `"${unicode(token)}"`, unicode(token), 'escapes'],
    ['numbers of characters', `"${codePoints(token)}"`, codePoints(token), 'escapes'],
    ['braced escapes', `"\\u{68}${token.slice(1)}"`, `\\u{68}${token.slice(1)}`, 'escapes'],
    ['bytes of a program', `b"\\x68\\x66${token.slice(2)}"`, `\\x68\\x66${token.slice(2)}`, 'escapes'],
  ])('%s', (_, text, at, decoders) => {
    expect(read(text)).toEqual(one(at, decoders));
  });

  test('base64 in lines, plain and indented', () => {
    const long = base64(`# settings of the training job, kept here for the time being\nHF_TOKEN=${token}\nEPOCHS=3\n`);
    for (const [width, indent] of [
      [64, ''],
      [76, '    '],
    ] as const) {
      const lines = wrap(long, width, indent);
      expect(read(`data:\n${indent}${lines}\n`)).toEqual(one(lines, 'base64'));
      expect(read(`data:\r\n${indent}${lines.replaceAll('\n', '\r\n')}\r\n`)).toEqual(
        one(lines.replaceAll('\n', '\r\n'), 'base64'),
      );
    }
  });
  test('a command for PowerShell, which is UTF-16', () => {
    const command = Buffer.from(`$env:HF_TOKEN = "${token}"`, 'utf16le').toString('base64');
    expect(read(`powershell -EncodedCommand ${command}`)).toEqual(one(command, 'base64'));
  });
  test('one escaped character in a token that is otherwise in clear', () => {
    const at = `hf%5F${token.slice(3)}`;
    expect(read(`https://example.com/?key=${at}`)).toEqual(one(at, 'percent'));
  });
});

describe('encodings in encodings', () => {
  test.each([
    ['base64 in hex', hex(base64(token)), 'hex → base64'],
    ['hex in base64', base64(`blob=${hex(token)}`), 'base64 → hex'],
    ['percent in base64', base64(percent(token)), 'base64 → percent'],
    ['base64 three times', base64(base64(base64(token))), 'base64 → base64 → base64'],
  ])('%s', (_, at, decoders) => {
    expect(read(`value = "${at}"`)).toEqual(one(at, decoders));
  });

  const nested = (depth: number): string => (depth === 0 ? token : base64(nested(depth - 1)));
  test('to the limit and no further', () => {
    expect(read(nested(MAX_DECODE_DEPTH))).toEqual(
      one(nested(MAX_DECODE_DEPTH), Array(MAX_DECODE_DEPTH).fill('base64').join(' → ')),
    );
    expect(read(nested(MAX_DECODE_DEPTH + 1))).toEqual([]);
  });
});

describe('one secret, one finding', () => {
  test('two secrets of one encoded file are two findings in one place', () => {
    const at = base64(`HF_TOKEN=${token}\nGH_TOKEN=${another}\n`);
    expect(read(`secret: ${at}`).map(({ rule, at }) => [rule, at])).toEqual([
      ['huggingface-user-token', at],
      [expect.stringMatching(/^github/), at],
    ]);
  });
  test('a token in a JSON string with escapes around it is found as it stands', () => {
    expect(read(`{"text": "\\"${token}\\""}`)).toEqual(one(token, ''));
    expect(read(`{"text": "a\\tb ${token} c\\n"}`)).toEqual(one(token, ''));
  });
  test('the clear text and its encoded form have one identity', () => {
    const [clear] = find(analyzer, token);
    const [encoded] = find(analyzer, base64(token));
    expect(encoded?.identity).toBe(clear?.identity);
  });
  test('the vendor has the word over the name that an encoded value is assigned to', () => {
    const at = base64(token);
    expect(read(`api_key = "${at}"`)).toEqual(one(at, 'base64'));
  });
  test('nothing that is said holds the secret, encoded or in clear', () => {
    const encoded = base64(token);
    const said = JSON.stringify(find(analyzer, `api_key = "${encoded}"`));
    expect(said).toContain('hf_…(37)');
    expect(said).not.toContain(token.slice(4, 20));
    expect(said).not.toContain(encoded.slice(0, 12));
  });
});

describe('what is no text stays closed', () => {
  const shut = (text: string) => decodedTexts(text, NO_LIMIT, () => {});
  const random = (length: number) =>
    Buffer.from(Array.from({ length }, (_, index) => (index * 7919 + 13 * index * index + 200) % 256));
  test.each([
    ['hashes', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['integrity of packages', `sha512-${random(64).toString('base64')}`],
    ['images', `data:image/png;base64,iVBORw0KGgo${random(600).toString('base64')}`],
    ['names and paths', 'src/analyzers/secrets/decode some_function_name_of_a_module AnotherRatherLongClassName'],
    ['uuids', 'id: 123e4567-e89b-12d3-a456-426614174000'],
    ['lone signs', '100 % of \\ and 5%, \\d+'],
  ])('%s', (_, text) => {
    expect(shut(text)).toEqual([]);
  });
});

test('a large hostile text takes no more time than a plain one of its size', () => {
  const size = 2_000_000;
  for (const unit of [
    '%25',
    '\\u005c',
    'QUFB',
    '\\\\',
    '%41 ',
    'aGVsbG8gd29ybGQhIQ== ',
    '4142434445464748494a4b4c4d4e4f50 ',
  ]) {
    const text = unit.repeat(size / unit.length);
    const start = performance.now();
    find(analyzer, text, { language: null });
    expect(performance.now() - start).toBeLessThan(8_000);
  }
});
