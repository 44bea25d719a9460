/** Texts that are made to be slow to read: too large, all on one line, nothing but encodings, keywords or secrets. */
import { Buffer } from 'node:buffer';
import { sampleToken } from '#test/support/samples.ts';
import { filled, type HostileCase, LARGEST_READ, lines, MEGABYTE, only } from './case.ts';

const HUGE = 200 * MEGABYTE;

function nested(text: string, encode: (text: string) => string): string {
  let wrapped = text;
  for (let next = encode(wrapped); next.length < LARGEST_READ; next = encode(next)) wrapped = next;
  return wrapped;
}
const base64 = (text: string) => Buffer.from(text).toString('base64');
const percent = (text: string) => text.replace(/[^a-z]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
const unicode = (text: string) => text.replace(/[^a-z0-9]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
const assignment = (index: number) => `token_${index} = "${sampleToken('huggingface', index)}"`;
const key = `-----BEGIN ${''}RSA PRIVATE KEY-----\n`;

/** `keywords` are those of all detectors. */
export function hostileTexts(keywords: readonly string[]): HostileCase[] {
  const large: readonly (readonly [name: string, path: string, unit: string])[] = [
    ['200 MB on one line', 'data.txt', 'lorem ipsum = "dolor", '],
    ['200 MB of base64 on one line', 'data.b64', 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo='],
    ['200 MB on one line of a .env', '.env', 'TOKEN=a'],
    ['200 MB of minified program', 'min.js', 'var a=function(b){return b.token="c"};'],
    ['200 MB of short lines', 'rows.csv', 'a,b\n'],
  ];
  const whole: readonly (readonly [name: string, unit: string])[] = [
    ['every keyword of every detector', `${keywords.join(' ')} `],
    ['every keyword, as names', `${keywords.map((word) => `${word}="`).join('')}`],
    ['nothing but =', '='],
    ['nothing but "', '"'],
    ['one token that never ends', 'a'],
    ['base64 of nothing', 'QUFB'],
    ['begins of private keys', key],
    ['begins of addresses', 'postgres://a:'],
    ['white space', ' \t'],
    ['empty lines', '\n'],
    ['zero-width characters', '\u200b'],
    ['pieces of a literal', '"a" + '],
    ['HTML references', '&#104;&quot;'],
    ['escapes', '\\u0068\\x68\\150'],
    ['backslashes', '\\'],
  ];
  return [
    ...large.map(([name, path, unit]) => ({ name, files: only(path, () => filled(HUGE, unit)) })),
    { name: '200 MB in one output of a notebook', files: only('large.ipynb', () => notebook(HUGE)) },
    { name: '5 MB in one output of a notebook', files: only('full.ipynb', () => notebook(LARGEST_READ - 1_000)) },
    ...whole.map(([name, unit]) => ({ name: `5 MB: ${name}`, files: only('a.py', () => bounded(unit)) })),
    { name: '5 MB: base64 of base64 of base64', files: only('a.txt', () => [nested(assignment(1), base64)]) },
    { name: '5 MB: percent of percent', files: only('a.txt', () => [nested(assignment(1), percent)]) },
    { name: '5 MB: escapes of escapes', files: only('a.json', () => [nested(assignment(1), unicode)]) },
    { name: '75,000 secrets in one file', files: only('a.py', () => [lines(75_000, assignment)]) },
    {
      name: '75,000 secrets on one line',
      files: only('a.py', () => [lines(75_000, assignment).replaceAll('\n', ';')]),
    },
    { name: 'one secret 75,000 times', files: only('a.py', () => [lines(75_000, () => assignment(1))]) },
    {
      name: '75,000 accepted secrets',
      files: only('a.py', () => [lines(60_000, (at) => `${assignment(at)} # gitleaks:allow`)]),
    },
    { name: 'one secret in 2,000 files', files: Object.fromEntries(many(2_000, () => assignment(1))) },
    { name: '50 secrets in each of 2,000 files', files: Object.fromEntries(many(2_000, () => lines(50, assignment))) },
  ];
}

function bounded(unit: string): Iterable<string> {
  const bytes = Buffer.byteLength(unit);
  return [unit.repeat(Math.floor(LARGEST_READ / bytes))];
}

function many(count: number, text: (index: number) => string) {
  return Array.from({ length: count }, (_, at) => [`f${at}.py`, () => [text(at)]] as const);
}

function* notebook(bytes: number): Generator<string> {
  yield '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"code","id":"a","metadata":{},';
  yield '"execution_count":1,"source":"print(1)","outputs":[{"output_type":"stream","name":"stdout","text":"';
  yield* filled(bytes, 'token lorem ipsum ');
  yield '"}]}]}';
}
