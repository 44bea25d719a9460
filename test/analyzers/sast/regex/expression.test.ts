import { describe, expect, it } from 'vitest';
import { compileExpression } from '#analyzers/sast/regex/expression.ts';
import { compiled, matchesOf } from './compiled.ts';

describe('a search', () => {
  it('finds anywhere, and lookingAt at the beginning only', () => {
    expect(compiled('foo(?=bar)').search('a foobar')).toBe(true);
    expect(compiled('foo(?=bar)').lookingAt('a foobar')).toBe(false);
    expect(compiled('a|a foo(?=bar)').lookingAt('a foobar')).toBe(true);
  });

  it('has lines where it is told to, and in a text without line breaks the same ends', () => {
    expect(compileExpression('^b$', '', true)).toMatchObject({ literals: ['b'] });
    expect(matchesOf(compiled('^b$', 'm'), 'a\nb\n')).toEqual([[[2, 3]]]);
    expect(matchesOf(compiled('^b$'), 'a\nb\n')).toEqual([]);
    expect(matchesOf(compiled('b$'), 'a\nb\n')).toEqual([[[2, 3]]]);
  });

  it('takes the flags of a string pattern', () => {
    expect(compiled('^foo.bar', 'is').search('FOO\nBAR')).toBe(true);
    expect(compiled('^foo.bar').search('FOO\nBAR')).toBe(false);
  });

  it('counts offsets in UTF-16 units and matches whole characters', () => {
    expect(matchesOf(compiled('.b'), '😀b')).toEqual([[[0, 3]]]);
    expect(matchesOf(compiled('[^a]'), 'a😀é')).toEqual([[[1, 3]], [[3, 4]]]);
    expect(matchesOf(compiled('(?<=😀)b'), '😀b')).toEqual([[[2, 3]]]);
  });

  it('gives groups by number and by name, and leaves out those that took no part', () => {
    const [match] = compiled('(?<key>\\w+)=(?:(\\d+)|(?P<word>[a-z]+))').findAll('size=large');
    expect([...match!.groups]).toEqual([
      ['1', { start: 0, end: 4 }],
      ['3', { start: 5, end: 10 }],
      ['key', { start: 0, end: 4 }],
      ['word', { start: 5, end: 10 }],
    ]);
  });

  it('may be left before its end, and another may run meanwhile', () => {
    const expression = compiled('a(b)?');
    const found: string[] = [];
    for (const outer of expression.findAll('ab a')) {
      for (const inner of expression.findAll('xab')) found.push(`${outer.start}-${outer.end} ${inner.start}`);
    }
    expect(found).toEqual(['0-2 1', '3-4 1']);
  });

  it.each([
    ['(?:a+)+$|x', 'a'.repeat(20_000)],
    ['(a|b|ab)*c', `${'ab'.repeat(2_000)} ${'ab'.repeat(10)}c`],
    ['(\\w+\\s?)+:', `${'word '.repeat(1_000)}! ok:`],
  ])('%s goes on in linear time where backtracking would not end', (source, text) => {
    let exhausted = false;
    const found = matchesOf(compiled(source), text, () => {
      exhausted = true;
    });
    expect(exhausted).toBe(false);
    expect(found.length).toBe(1);
    expect(found[0]![0]![1]).toBe(text.length);
  });
});

describe('the words that a match needs', () => {
  it.each([
    ['torch\\.load\\(', ['torch.load(']],
    ['(?:eval|exec)\\s*\\(', ['eval', 'exec']],
    ['(["\'])secret-\\w+\\1', ['secret-']],
    ['a(?:bc)+d?', ['bc']],
    ['(?i)token', null],
    ['\\w+', null],
    ['(?<=key)\\d', null],
    ['foo|', null],
  ])('%s', (source, literals) => {
    expect(compiled(source).literals).toEqual(literals);
  });
});
