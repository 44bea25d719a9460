import { describe, expect, it } from 'vitest';
import { globMatcher, parseGlob } from '#policy/glob.ts';

describe('patterns match as in .gitignore', () => {
  it.each<[pattern: string, matches: string[], others: string[]]>([
    ['docs/**', ['docs/a.md', 'docs/a/b.md', 'docs/.hidden'], ['docs', 'src/docs/a.md', 'docs2/a']],
    ['docs/', ['docs/a.md', 'sub/docs/a.md'], ['docs', 'docs2/a']],
    ['/docs', ['docs', 'docs/a.md'], ['sub/docs/a.md']],
    ['./docs', ['docs/a.md'], ['doc/a.md']],
    ['*.md', ['a.md', 'x/y/a.md', '.md', 'x.md/inner.py'], ['a.mdx', 'a.md2']],
    ['node_modules', ['node_modules/x/y.js', 'a/node_modules/b.js'], ['node_modules2/x']],
    ['src/*.py', ['src/a.py'], ['src/a/b.py', 'lib/src/a.py']],
    ['src/**/test_*.py', ['src/test_a.py', 'src/a/b/test_c.py'], ['test_a.py', 'src/atest_.py']],
    ['**/gen/*', ['gen/a', 'x/gen/a', 'x/gen/a/b'], ['gen', 'regen/a']],
    ['**', ['a', 'a/b/.c'], []],
    ['a?c', ['abc', 'x/aéc'], ['ac', 'a/c', 'abbc']],
    ['v[0-9]', ['v1', 'x/v9/y'], ['vx', 'v10']],
    ['v[!0-9]', ['vx'], ['v1', 'v/']],
    ['[]-]x', [']x', '-x'], ['ax']],
    ['*.{ipynb,py}', ['a.py', 'b/c.ipynb'], ['a.pyc', 'a.rs']],
    ['a,b', ['a,b'], ['a', 'b']],
    ['\\*.md', ['*.md'], ['a.md']],
    ['a.b', ['a.b'], ['axb']],
    ['a+(b|c)$^', ['a+(b|c)$^'], ['aab']],
    ['été/*', ['été/à.py'], ['ete/a.py']],
    ['a[', ['a['], ['a']],
    ['foo**bar', ['foobar', 'fooxbar'], ['foo/bar']],
  ])('%s', (pattern, matches, others) => {
    const match = globMatcher([pattern]);
    expect(matches.filter((path) => !match(path))).toEqual([]);
    expect(others.filter((path) => match(path))).toEqual([]);
  });

  it('any of several is enough, and none at all matches nothing', () => {
    expect(globMatcher(['a', 'b|c', 'd'])('x/d/y')).toBe(true);
    expect(globMatcher([])('a')).toBe(false);
  });

  it.each(['', '/', './', '!a', '{a', '[b-a]'])('%j is refused', (pattern) => {
    expect(parseGlob(pattern).ok).toBe(false);
  });

  it('a pattern has at most ten wildcards', () => {
    expect(parseGlob('*a'.repeat(10)).ok).toBe(true);
    expect(parseGlob('*a'.repeat(11))).toEqual({ ok: false, problem: 'has more than 10 wildcards' });
    expect(parseGlob('a,b,'.repeat(40)).ok).toBe(true);
  });

  it.each(['*a'.repeat(10), `**/*${'a'.repeat(150)}${'?'.repeat(8)}`, `**/*${'{a,aa}'.repeat(2)}`])(
    'takes linear time for patterns that were made to be slow: %s',
    (slow) => {
      const match = globMatcher(Array.from({ length: 100 }, (_, index) => `${slow}z${index}`));
      const start = performance.now();
      for (let index = 0; index < 100; index += 1)
        expect(match(`${'dir/'.repeat(10)}${'a'.repeat(200)}${index + 100}`)).toBe(false);
      expect(performance.now() - start).toBeLessThan(2_000);
    },
  );
});
