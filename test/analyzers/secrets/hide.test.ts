/** Text that is said of a file, without the file's secrets. */
import { describe, expect, it } from 'vitest';
import { createHider } from '#analyzers/secrets/hide.ts';
import { seal } from '#analyzers/secrets/seal.ts';

const hide = createHider([seal('abcdefgh12345678'), seal('first line\nsecond line of a key')]);

describe('what is said of a file', () => {
  it('does not hold its secrets', () => {
    expect(hide('f("abcdefgh12345678", "abcdefgh12345678")')).toBe('f("…", "…")');
    expect(hide('x = """second line of a key"""')).toBe('x = """…"""');
  });

  it('does not hold the beginning of one that was cut off', () => {
    expect(hide('f(token="abcdefgh12')).toBe('f(token="…');
    expect(hide('f(token="abcdefgh12…')).toBe('f(token="…');
  });

  it('does not hold one as it is written, where that is not how it reads', () => {
    expect(createHider([seal('abcdefgh12345678', 'YWJjZGVmZ2gxMjM0NTY3OA==')])('f("YWJjZGVmZ2gxMjM0NTY3OA==")')).toBe(
      'f("…")',
    );
  });

  it('is left alone otherwise', () => {
    expect(hide('f(a, b)')).toBe('f(a, b)');
    expect(hide('')).toBe('');
    expect(createHider([])('abcdefgh12345678')).toBe('abcdefgh12345678');
    expect(createHider([seal('abc')])('x = abc')).toBe('x = abc');
  });
});
