import { describe, expect, it } from 'vitest';
import { createJsonReader, decodeString, type Span } from '#unpack/json-reader.ts';

function check(text: string): string {
  const json = createJsonReader(text);
  json.skip();
  json.finish();
  const fault = json.fault();
  return fault === null ? 'ok' : `${fault.offset} ${fault.message}`;
}

const VALID = [
  '{}',
  '[]',
  ' [ ] ',
  '{"a":[1,2,{"b":null}],"c":"d"}',
  '"a\\u00e9\\n\\"\\\\\\/"',
  '-1.5e+10',
  'true',
  '[[],[],{}]',
  '\r\n\t{ "a" : { } }\n',
  '"\u2028\u0080"',
];
const INVALID = [
  '',
  ' ',
  '{',
  '[',
  '[1',
  '[1,',
  '[1,]',
  '[,1]',
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '{a:1}',
  "{'a':1}",
  '{"a":1 "b":2}',
  '[1 2]',
  '[1]]',
  '{}{}',
  '"a',
  '"a\nb"',
  '"a\tb"',
  '"\\x"',
  '"\\u12g4"',
  '"\\u12',
  '"\\',
  'nul',
  '[}',
  '{]',
  '[1}',
  '{"a":1]',
  ':',
];

describe('JSON reader', () => {
  it.each(VALID)('accepts %j', (text) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(check(text)).toBe('ok');
  });

  it.each(INVALID)('refuses %j', (text) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(check(text)).not.toBe('ok');
  });

  it('accepts the numbers that only Python writes', () => {
    expect(check('[NaN, Infinity, -Infinity]')).toBe('ok');
  });

  it.each([
    ['{"a": [1, 2', '11 ends'],
    ['{"a": "bc', '9 ends'],
    ['{"a" 1}', '5 has "1" out of place'],
    ['<<<<<<< HEAD', '0 has "<" out of place'],
    ['{} x', '3 has "x" out of place'],
    ['"a\nb"', '2 has "\\n" out of place'],
  ])('says where %j breaks', (text, fault) => {
    expect(check(text)).toBe(fault);
  });

  it('gives members and elements with their places, and skips what nobody reads', () => {
    const text = '{"skip": {"deep": [1, "x"]}, "list": ["a", 2, "b\\n"], "n": 7, "word": "w"}';
    const json = createJsonReader(text);
    const seen: unknown[] = [];
    const span = json.object((key) => {
      if (key === 'list') json.array(() => seen.push(decoded(json.string()) ?? json.number()));
      else if (key === 'n') seen.push(json.number(), json.string());
      else seen.push(key);
    });
    function decoded(at: Span | null): string | null {
      return at === null ? null : decodeString(text, at);
    }
    expect(span).toEqual({ start: 0, end: text.length });
    expect(seen).toEqual(['skip', 'a', 2, 'b\n', 7, null, 'word']);
  });

  it('leaves a value of another kind where it is', () => {
    const json = createJsonReader('[1]');
    expect([json.object(() => {}), json.string(), json.number()]).toEqual([null, null, null]);
    expect(json.array(() => {})).toEqual({ start: 0, end: 3 });
  });

  it('reads nothing more after a fault', () => {
    const json = createJsonReader('[{"a" 1}, "b"]');
    const seen: unknown[] = [];
    json.array(() => {
      json.object((key) => seen.push(key));
      seen.push(json.string());
    });
    expect(seen).toEqual([null]);
  });

  it('does not mind a million brackets', () => {
    const depth = 1_000_000;
    expect(check('['.repeat(depth))).toBe(`${depth} ends`);
    expect(check('['.repeat(depth) + ']'.repeat(depth))).toBe('ok');
    expect(check('{"a":'.repeat(depth))).toBe(`${depth * 5} ends`);
  });
});
