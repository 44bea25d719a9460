import { describe, expect, it } from 'vitest';
import { maskMagics } from '#unpack/magics.ts';

/** A cell, and what Python sees of it. */
const MASKED: readonly (readonly [string, string])[] = [
  ['%matplotlib inline', '_                 '],
  ['!pip install x', '_             '],
  ['!', '_'],
  ['%env A=b\nx = 1', '_       \nx = 1'],
  ['?help', '_    '],
  ['obj?', '_   '],
  ['a.b[0]??  # c', '_         # c'],
  ['x = 1; y?', '_        '],
  ['f(1,\n  2)?', '_   \n     '],
  ['if x:\n    !ls', 'if x:\n    _  '],
  ['if x:\n\t%cd a\n\ty()', 'if x:\n\t_    \n\ty()'],
  ['files = !ls', 'files = _  '],
  ['a.b = c = %ls -l', 'a.b = c = _     '],
  ['x = %time f()', 'x =       f()'],
  ['%time f(x)', '_;    f(x)'],
  ['%time x = !ls', '_;    x = _  '],
  ['%timeit -n 10 -r3 -q f(x)', '_;                   f(x)'],
  ['%prun -s cumulative f()', '_;                  f()'],
  ['%lprun -f g g(1)', '_;          g(1)'],
  ['%%time\nf()', '_     \nf()'],
  ['%%timeit -n 1 x = 1\nf(x)', '_;            x = 1\nf(x)'],
  ['%%capture out\nf()', '_            \nf()'],
  ['%timeit -n 10', '_            '],
  [',f a b', 'f(_  )'],
  [';f a b', 'f(_  )'],
  [', x', '_  '],
  ['!pip install \\\n  x \\\n  y\nz = 1', '_             \n     \n   \nz = 1'],
  ['!ls \\\r\na\r\nb', '_    \r\na\r\nb'],
  ['%debug f(x)', '_;     f(x)'],
  ['%px --targets 0 f(x)', '_;              f(x)'],
  ['%debug --breakpoint a:1 f(x)', '_;                      f(x)'],
  ['x = !echo "(\ny = 1', 'x = _       \ny = 1'],
  ["!echo it's\ny = 1", '_         \ny = 1'],
  ['x = """\n%a\n"""\n%b', 'x = """\n%a\n"""\n_ '],
  ["s = 'open\n%a", "s = 'open\n_ "],
  ['f"{a["("]}"\n!b', 'f"{a["("]}"\n_ '],
  ["f'{x!r:>{w}} {{'\n!b", "f'{x!r:>{w}} {{'\n_ "],
  ["rf'\\{x}' f'\\N{EM DASH}'\n!b", "rf'\\{x}' f'\\N{EM DASH}'\n_ "],
  ['f"""{\nx:\n%a}\n"""\n!b', 'f"""{\nx:\n%a}\n"""\n_ '],
];

/** The same, where IPython ends a line that Python and git do not, or makes a call of it. */
const REWRITTEN: readonly (readonly [string, string])[] = [
  ...['\r', '\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\x85', '\u2028', '\u2029'].flatMap((end) => [
    [`%a b${end}import c`, '_   \nimport c'] as const,
    [`!a \\${end}import c`, '_   \nimport c'] as const,
    [`%time f()${end}g()`, '_;    f()\ng()'] as const,
  ]),
  ['# a\rimport b', '# a\nimport b'],
  ['/f x', 'f(x)'],
  ['/f a  b\ny', 'f(a, b)\ny'],
  ['/exec payload', 'exec(payload)'],
  ['/f a \\\n b', 'f(a, \n b)'],
  ['/f', 'f '],
];

const UNTOUCHED = [
  'x = (a\n% b)',
  'x = a \\\n% b',
  'x = [\n!=\n]',
  'a != b\nc %= 2\nd == e % f',
  "'''\n%a\n!b\nc?\n'''",
  '# what?\nx = 1  # why?',
  'print("a?")',
  'f(x="%s" % y, z=1)',
  "f'{a:%Y}' + f'{b=}'",
  "x = {\n'a': 1,\n}",
  'async def f():\n    await g()\nawait f()',
  "b'\\\\' + r'\\''\n@a\ndef f(): ...",
];

describe('magics', () => {
  it.each(MASKED)('%j', (cell, python) => {
    expect(maskMagics(cell)).toMatchObject({ text: python, open: false });
  });

  it.each(REWRITTEN)('as IPython reads it: %j', (cell, python) => {
    expect(maskMagics(cell)).toMatchObject({ text: python, open: false });
  });

  it.each(UNTOUCHED)('leaves %j alone', (cell) => {
    expect(maskMagics(cell)).toEqual({ text: cell, magics: [], open: false });
  });

  it('keeps length and lines, and gives the place of what it took', () => {
    for (const [cell] of MASKED) {
      const { text, magics } = maskMagics(cell);
      expect(text).toHaveLength(cell.length);
      expect(text.replace(/[^\r\n]/g, ' ')).toBe(cell.replace(/[^\r\n]/g, ' '));
      expect(magics.length).toBeGreaterThan(0);
      const taken = new Set(
        magics.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
      );
      for (let at = 0; at < cell.length; at++) if (!taken.has(at)) expect(text[at]).toBe(cell[at]);
    }
  });

  it.each(['f(', 'x = """a', "x = '''", 'x = \\', 'f"{', "f'''{x}", 'd = {"a": [1, 2}', "f'{x", 'f(\n!ls\nx?'])(
    'says that %j does not end',
    (cell) => {
      expect(maskMagics(cell)).toEqual({ text: cell, magics: [], open: true });
    },
  );

  it.each(['f(1))', "x = 'a", 'f"{x}', 'x = \\\n', 'x = 1 # \\', '!ls \\'])('says that %j ends', (cell) => {
    expect(maskMagics(cell).open).toBe(false);
  });
});
