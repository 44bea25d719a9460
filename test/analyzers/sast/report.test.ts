/** What a match carries: offsets, message, scope, excerpt, and an identity that outlives moving and reformatting. */
import { describe, expect, it } from 'vitest';
import { normalizeCode } from '#analyzers/sast/report.ts';
import { analyze } from './find.ts';

async function only(body: string, text: string) {
  const { matches } = await analyze(body, text);
  expect(matches).toHaveLength(1);
  return matches[0]!;
}

describe('offsets', () => {
  it.each([
    ['plain', 'x = 1\nf(x)\n', 'f(x)'],
    ['letters beyond the basic plane', 'a = "😀𝒳"  # 😀\nf("😀")\n', 'f("😀")'],
    ['a half of a pair', 'a = "\ud83d"\nf(a)\n', 'f(a)'],
    ['other line ends', 'a = 1\r\nf(\r\n  a)\r\n', 'f(\r\n  a)'],
    ['a byte order mark', '\ufefff(x)\n', 'f(x)'],
    ['umlauts', 'ä = "ö"\nf(ä)', 'f(ä)'],
    ['tabs', 'if a:\n\tf(b)\n', 'f(b)'],
  ])('%s', async (_, text, expected) => {
    const { start, end } = await only('pattern: f(...)', text);
    expect(text.slice(start, end)).toBe(expected);
  });
});

describe('the message', () => {
  it.each([
    ['holds the code of a metavariable', 'f($X)', '$X is bad', 'f(a  +  b)', 'a  +  b is bad'],
    ['leaves unknown ones alone', 'f($X)', '$X $Y $XY costs $5', 'f(a)', 'a $Y aY costs $5'],
    ['takes what stands in quotes', 'f("$X")', 'text $X', 'f("abc")', 'text abc'],
    ['takes a run of arguments', 'f(a, $...REST)', '$...REST', 'f(a, 1,  k=2)', '1,  k=2'],
    ['gives a constant its value', 'f($X)', 'value($X)', 'n = 12\nf(n)', '12'],
  ])('%s', async (_, pattern, message, text, expected) => {
    const match = await only(`message: '${message}'\npattern: ${pattern}`, text);
    expect(match.message).toBe(expected);
  });

  it('holds the groups of an expression', async () => {
    const match = await only('message: $1 and $NAME\npattern-regex: (a+)(?P<NAME>b+)', 'xaabbb');
    expect(match.message).toBe('aa and bbb');
  });
});

describe('the scope', () => {
  const text = 'class A:\n    @cached\n    def f(self):\n        def g():\n            probe()\nprobe\n';

  it('names the definitions around it', async () => {
    expect((await only('pattern: probe(...)', text)).scope).toBe('A.f.g');
  });

  it('is empty at the top, and a definition is not within itself', async () => {
    expect((await only('pattern: probe(...)', 'probe()\n')).scope).toBe('');
    expect((await only('pattern: |\n  def g(...):\n    ...', text)).scope).toBe('A.f');
  });
});

describe('the identity', () => {
  const identity = async (text: string) => (await only('pattern: load(...)', text)).identity;

  it.each([
    ['layout', 'load( f,\n      k = 1 )\n'],
    ['comments', 'load(f,  # the file\n  k=1)\n'],
    ['place', '\n\nx = 1\nif x:\n    y = load(f, k=1)\n'],
    ['line ends', 'load(f, \\\r\n k=1)\r\n'],
  ])('does not depend on %s', async (_, text) => {
    expect(await identity(text)).toBe(await identity('load(f, k=1)\n'));
  });

  it('depends on the code, strings included', async () => {
    const all = await Promise.all(['load(f)', 'load(g)', 'load("f")', 'load("f  ")', 'load("# f")'].map(identity));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the excerpt', () => {
  it('is the code, cut at 200 characters', async () => {
    expect((await only('pattern: f(...)', 'f(\n  a)\n')).excerpt).toBe('f(\n  a)');
    const long = await only('pattern: f(...)', `f("${'😀'.repeat(300)}")\n`);
    expect(long.excerpt.length).toBeLessThanOrEqual(200);
    expect(long.excerpt).toMatch(/^f\("(?:😀)+…$/u);
  });
});

it('reports a range once, and ranges within it besides', async () => {
  const { matches } = await analyze('pattern-either:\n  - pattern: f(...)\n  - pattern: f($X)\n', 'f(f(1))\n');
  expect(matches.map(({ start, end }) => [start, end])).toEqual([
    [0, 7],
    [2, 6],
  ]);
});

it('carries the fix with its metavariables', async () => {
  const match = await only('pattern: yaml.load($F)\nfix: yaml.safe_load($F)', 'yaml.load(open(p))\n');
  expect(match.fix).toBe('yaml.safe_load(open(p))');
});

describe('a syntax error', () => {
  it('is told with its line, and the rest is read', async () => {
    const { matches, syntaxError } = await analyze('pattern: f(...)', 'f(1)\nx = = 2\nf(3)\n');
    expect(syntaxError).toBe('syntax error at line 2');
    expect(matches).toHaveLength(2);
  });

  it('is none in what only older or newer Pythons read', async () => {
    const text =
      'print "x"\nexec code\nmatch a:\n    case 1: f(a)\ntype X = int\ndef g[T](a: T): f(a)\nexcept_ = f"{a!r:>{w}}"\n';
    expect((await analyze('pattern: f(...)', text)).syntaxError).toBeUndefined();
  });
});

describe('what a formatter does', () => {
  it.each([
    ["f('cpu')", 'f("cpu")'],
    ['f(\n    a,\n    b,\n)', 'f(a, b)'],
    ['f(a)  # why', 'f( a )'],
    ["f(r'x', b'y')", 'f(r"x", b"y")'],
  ])('does not change what code is known by: %s', (before, after) => {
    expect(normalizeCode(before)).toBe(normalizeCode(after));
  });

  it.each([
    ["f('it\"s')", 'f("it\'s")'],
    ['f(a)', 'f(b)'],
    ["f('a')", 'f(a)'],
  ])('and what makes another program does: %s', (before, after) => {
    expect(normalizeCode(before)).not.toBe(normalizeCode(after));
  });
});
