/** Every place that a secret was once missed in: files of credentials, addresses, calls, commands and every form of an assignment. */
import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { expandTemplate } from '#analyzers/secrets/samples/samples.ts';
import { sampleToken } from '#test/support/samples.ts';
import { unpack } from '#unpack/unpack.ts';
import { ADDRESSES, CALLS_AND_COMMANDS, CREDENTIAL_FILES, FORMATS, type Place, PYTHON } from './places-table.ts';
import { createShippedAnalyzer, find, NO_LIMIT } from './support.ts';

const analyzer = await createShippedAnalyzer();

/** As people choose them, and as a generator does when it has to please a rule. */
const PASSWORDS = {
  '%human%': '{upper:1}{lower:6}{digit:4}!',
  '%strong%': '{upper:2}{lower:4}{digit:2}!{lower:3}{upper:2}',
};

/** The text without its marks, and the lines that a mark opens on. */
function plant([path, template]: Place): { path: string; text: string; lines: number[] } {
  const whole = Object.entries(PASSWORDS).reduce((text, [name, kind]) => text.replaceAll(name, kind), template);
  const marked = expandTemplate(whole, path);
  const lines = [...marked.matchAll(/«/g)].map(({ index }) => marked.slice(0, index).split('\n').length);
  return { path, text: `${marked.replaceAll(/[«»]/g, '')}\n`, lines: [...new Set(lines)] };
}

/** Lines of the file that some finding is on. */
function linesFound(path: string, text: string): Set<number> {
  const { parts } = unpack(path, Buffer.from(text));
  const matches = parts.flatMap((part) => analyzer.analyze(part, NO_LIMIT).matches.map((match) => ({ part, match })));
  return new Set(
    matches.flatMap(({ part, match }) => {
      const [first, last] = [part.locate(match.start).line, part.locate(match.end).line];
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    }),
  );
}

describe.each([
  ['files of credentials', CREDENTIAL_FILES],
  ['addresses', ADDRESSES],
  ['calls and commands', CALLS_AND_COMMANDS],
  ['Python', PYTHON],
  ['other languages and formats', FORMATS],
])('%s', (_, places) => {
  test('hide nothing', () => {
    const missed = places.filter((place) => {
      const { path, text, lines } = plant(place);
      const found = linesFound(path, text);
      return lines.length === 0 || lines.some((line) => !found.has(line));
    });
    expect(missed).toEqual([]);
  });
});

describe('under encodings', () => {
  const token = sampleToken('huggingface');
  const read = (text: string) =>
    find(analyzer, text, { path: 'notes.txt', language: null }).map(({ ruleId, evidence }) => [
      ruleId,
      evidence?.decoders.join(' → '),
    ]);
  const one = (decoders: string) => [['huggingface-user-token', decoders]];

  test('pieces that a program puts together', () => {
    const [left, right] = [token.slice(0, 12), token.slice(12)];
    expect(read(`token = "${left}" + "${right}"`)).toEqual(one('literals'));
    expect(read(`token = ("${left}"\n         "${right}")`)).toEqual(one('literals'));
    expect(read(`token = '${left}' \\\n    f'${right}'`)).toEqual(one('literals'));
    expect(read(`token = ["${left}", "${right}"]`)).toEqual([]);
  });
  test('the character references of HTML', () => {
    const references = [...token].map((letter) => `&#${letter.charCodeAt(0)};`).join('');
    expect(read(`<p>${references}</p>`)).toEqual(one('entities'));
    expect(read(`<p>hf&lowbar;${token.slice(3)}</p>`)).toEqual(one('entities'));
    expect(read(`<p>&#xzz; &; &amp &#0; ${'&'.repeat(50)}</p>`)).toEqual([]);
  });
  test('octal escapes, and the underscore of Markdown and LaTeX', () => {
    const octal = [...token].map((letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');
    expect(read(`"${octal}"`)).toEqual(one('escapes'));
    expect(read(`\\texttt{hf\\_${token.slice(3)}}`)).toEqual(one('escapes'));
  });
  test('gzip under base64, once and twice', () => {
    const release = gzipSync(`name: trainer\nenv: ${token}\n`).toString('base64');
    expect(read(`blob: ${release}`)).toEqual(one('gzip'));
    expect(read(`blob: ${Buffer.from(release).toString('base64')}`)).toEqual(one('base64 → gzip'));
  });
  test('a gzip bomb is not looked into', () => {
    expect(read(`blob: ${gzipSync(Buffer.alloc(8_000_000, 'a')).toString('base64')}`)).toEqual([]);
  });
});
