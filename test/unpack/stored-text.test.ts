import { describe, expect, it } from 'vitest';
import { createJsonReader } from '#unpack/json-reader.ts';
import { createLineIndex } from '#unpack/line-index.ts';
import { readStored } from '#unpack/read-output.ts';
import { openText } from '#unpack/stored-text.ts';

const ALPHABET = [
  'a',
  'Z',
  ' ',
  '\n',
  '\r',
  '\t',
  '"',
  '\\',
  '/',
  'é',
  '\u2028',
  '\ud83d',
  '\ude00',
  '\b',
  '\u0001',
  '{',
];

/** The same sequence on every machine. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One of the ways in which JSON may write a character. */
function write(char: string, choice: number): string {
  const short: Record<string, string> = {
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '"': '\\"',
    '\\': '\\\\',
    '/': '\\/',
    '\b': '\\b',
  };
  const long = `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const mustEscape = char < ' ' || char === '"' || char === '\\';
  const ways = [
    ...(mustEscape ? [] : [char, char, char]),
    short[char] ?? long,
    choice % 2 === 0 ? long : long.toUpperCase().replace('U', 'u'),
  ];
  return ways[choice % ways.length]!;
}

/** A JSON text of a list of strings (or of one), with the offset at which each decoded character was written. */
function writeJson(pieces: readonly string[], random: (below: number) => number, pretty: boolean) {
  let json = pieces.length === 1 ? '  ' : '  [';
  const places: number[] = [];
  pieces.forEach((piece, index) => {
    json += `${index === 0 ? '' : ','}${pretty ? '\n    ' : ''}"`;
    for (const char of piece.split('')) {
      places.push(json.length);
      json += write(char, random(60));
    }
    json += '"';
  });
  return { json: pieces.length === 1 ? json : `${json}]`, places, text: pieces.join('') };
}

describe('stored text', () => {
  it('maps every character to the place where its escape is written', () => {
    const random = createRandom(42);
    for (let round = 0; round < 300; round++) {
      const pieces = Array.from({ length: 1 + random(5) }, () =>
        Array.from({ length: random(12) }, () => ALPHABET[random(ALPHABET.length)]).join(''),
      );
      const { json, places, text } = writeJson(pieces, random, round % 2 === 0);
      const stored = readStored(createJsonReader(json));
      const position = createLineIndex(json);
      const opened = openText({ text: json, position }, stored, { number: 3, execution: null });
      expect(opened.text).toBe(text);
      places.forEach((place, offset) => {
        const line = text.slice(0, offset).split('\n').length;
        expect(opened.locate(offset)).toEqual({ ...position(place), cell: { number: 3, execution: null, line } });
      });
    }
  });

  it('puts the end of the text at the closing quote', () => {
    const json = '["a\\n", "b\\u00e9"]';
    const opened = openText({ text: json, position: createLineIndex(json) }, readStored(createJsonReader(json)), null);
    expect(opened.locate(opened.text.length)).toEqual({ line: 1, column: json.lastIndexOf('"') + 1 });
  });

  it('knows the place of a separator that is not in the file', () => {
    const json = '["ab", "cd"]';
    const stored = readStored(createJsonReader(json), '\n');
    const opened = openText({ text: json, position: createLineIndex(json) }, stored, null);
    expect(opened.text).toBe('ab\ncd');
    expect([1, 2, 3].map((offset) => opened.locate(offset).column)).toEqual([4, 5, 9]);
  });

  it('has a place for an offset in no text at all', () => {
    const opened = openText({ text: '[]', position: createLineIndex('[]') }, { strings: [], separator: '' }, null);
    expect(opened.text).toBe('');
    expect(opened.locate(0)).toEqual({ line: 1, column: 1 });
  });
});
