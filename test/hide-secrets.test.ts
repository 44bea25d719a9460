import { describe, expect, it } from 'vitest';
import { createHider } from '#hide-secrets.ts';

const hide = createHider(['abcdefgh12345678', 'first line\nsecond line of a key']);

describe('what is said of a file', () => {
  it('does not hold its secrets', () => {
    expect(hide('f("abcdefgh12345678", "abcdefgh12345678")')).toBe('f("…", "…")');
    expect(hide('x = """second line of a key"""')).toBe('x = """…"""');
  });

  it('does not hold the beginning of one that was cut off', () => {
    expect(hide('f(token="abcdefgh12')).toBe('f(token="…');
    expect(hide('f(token="abcdefgh12…')).toBe('f(token="…');
  });

  it('is left alone otherwise', () => {
    expect(hide('f(a, b)')).toBe('f(a, b)');
    expect(hide('')).toBe('');
    expect(createHider([])('abcdefgh12345678')).toBe('abcdefgh12345678');
    expect(createHider(['abc'])('x = abc')).toBe('x = abc');
  });
});
