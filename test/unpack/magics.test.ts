import { describe, expect, it } from 'vitest';
import { translateMagics } from '#unpack/magics.ts';

/** A cell, and what Python sees of it. */
const TRANSLATED: readonly (readonly [string, string])[] = [
  ['%matplotlib inline', "get_ipython().run_line_magic('matplotlib', 'inline')"],
  ['%', "get_ipython().run_line_magic('', '')"],
  ['!pip install x', "get_ipython().system('pip install x')"],
  ['!  ls', "get_ipython().system('ls')"],
  ['!', "get_ipython().system('')"],
  ['!!ls -l', "get_ipython().getoutput('ls -l')"],
  ['%env A=b\nx = 1', "get_ipython().run_line_magic('env', 'A=b')\nx = 1"],
  ['?help', "get_ipython().run_line_magic('pinfo', 'help')"],
  ['??help', "get_ipython().run_line_magic('pinfo2', 'help')"],
  ['obj?', "get_ipython().run_line_magic('pinfo', 'obj')"],
  ['a.b[0]??  # c', "get_ipython().run_line_magic('pinfo2', 'a.b[0]')  # c"],
  ['x = 1; y?', "get_ipython().run_line_magic('pinfo', 'x = 1; y')"],
  ['f(1,\n  2)?', "get_ipython().run_line_magic('pinfo', 'f(1,   2)')"],
  ['if x:\n    !ls', "if x:\n    get_ipython().system('ls')"],
  ['if x:\n\t%cd a\n\ty()', "if x:\n\tget_ipython().run_line_magic('cd', 'a')\n\ty()"],
  ['files = !ls', "files = get_ipython().getoutput('ls')"],
  ['a.b = c = %ls -l', "a.b = c = get_ipython().run_line_magic('ls', '-l')"],
  ['%time f(x)', "get_ipython().run_line_magic('time', ''); f(x)"],
  ['%time x = !ls', "get_ipython().run_line_magic('time', ''); x = get_ipython().getoutput('ls')"],
  ['%timeit -n 10 -r3 -q f(x)', "get_ipython().run_line_magic('timeit', '-n 10 -r3 -q '); f(x)"],
  ['%lprun -f g g(1)', "get_ipython().run_line_magic('lprun', '-f g '); g(1)"],
  ['%px --targets 0 f(x)', "get_ipython().run_line_magic('px', '--targets 0 '); f(x)"],
  ['%debug --breakpoint a:1 f(x)', "get_ipython().run_line_magic('debug', '--breakpoint a:1 '); f(x)"],
  ['%%time\nf()', "get_ipython().run_cell_magic('time', '', '')\nf()"],
  ['%%timeit -n 1 x = 1\nf(x)', "get_ipython().run_cell_magic('timeit', '-n 1 ', ''); x = 1\nf(x)"],
  ['%%capture out\nf()', "get_ipython().run_cell_magic('capture', 'out', '')\nf()"],
  ['%timeit -n 10', "get_ipython().run_line_magic('timeit', '-n 10')"],
  [',f a b', "f('a', 'b')"],
  [';f a b', "f('a b')"],
  ['/f x', 'f(x)'],
  ['/f a  b\ny', 'f(a, b)\ny'],
  ['/exec payload', 'exec(payload)'],
  ['/f a \\\n b', 'f(a, b)'],
  ['/f', 'f'],
  ['!pip install \\\n  x \\\n  y\nz = 1', "get_ipython().system('pip install     x     y')\nz = 1"],
  ['!ls \\\r\na\r\nb', "get_ipython().system('ls \\\\')\r\na\r\nb"],
  ['x = !echo "(\ny = 1', "x = get_ipython().getoutput('echo \"(')\ny = 1"],
  ["!echo it's\ny = 1", 'get_ipython().system("echo it\'s")\ny = 1'],
  ['x = """\n%a\n"""\n%b', 'x = """\n%a\n"""\nget_ipython().run_line_magic(\'b\', \'\')'],
  ["s = 'open\n!a", "s = 'open\nget_ipython().system('a')"],
  ['f"{a["("]}"\n!b', 'f"{a["("]}"\nget_ipython().system(\'b\')'],
  ["f'{x!r:>{w}} {{'\n!b", "f'{x!r:>{w}} {{'\nget_ipython().system('b')"],
  ["rf'\\{x}' f'\\N{EM DASH}'\n!b", "rf'\\{x}' f'\\N{EM DASH}'\nget_ipython().system('b')"],
  ['f"""{\nx:\n%a}\n"""\n!b', 'f"""{\nx:\n%a}\n"""\nget_ipython().system(\'b\')'],
];

/** What a command holds, and the literal that shows it. */
const QUOTED: readonly (readonly [string, string])[] = [
  ['a "b"', `'a "b"'`],
  ["a 'b'", `"a 'b'"`],
  [`a 'b' "c" d`, `'''a 'b' "c" d'''`],
  [`a "c" 'b'`, `"""a "c" 'b'"""`],
  ['a\\d+', "r'a\\d+'"],
  [`a '''b''' """c""" d`, `'a \\'\\'\\'b\\'\\'\\' """c""" d'`],
  ['a b\\', "'a b\\\\'"],
  ['a b\\\\', "r'a b\\\\'"],
];

/** A comment after a command stays a comment of the module. */
const COMMENTED: readonly (readonly [string, string])[] = [
  ['!a  # why', "get_ipython().system('a')  # why"],
  ['%pip install b # c', "get_ipython().run_line_magic('pip', 'install b') # c"],
  ['x = !a # b', "x = get_ipython().getoutput('a') # b"],
  ['!a#b', "get_ipython().system('a#b')"],
  ['!a "x # y" # z', 'get_ipython().system(\'a "x # y"\') # z'],
  ["!a '\\' # z", 'get_ipython().system(r"a \'\\\'") # z'],
  ['!a \\" # z', "get_ipython().system(r'a \\\"') # z"],
  ['!# a', "get_ipython().system('# a')"],
];

/** What ends a line for IPython, and neither for Python nor for git. */
const LINE_ENDS = ['\r', '\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\x85', '\u2028', '\u2029'].flatMap((end) => [
  [`%a b${end}import c`, "get_ipython().run_line_magic('a', 'b')\nimport c"] as const,
  [`!a \\${end}import c`, "get_ipython().system('a \\\\')\nimport c"] as const,
  [`%time f()${end}g()`, "get_ipython().run_line_magic('time', ''); f()\ng()"] as const,
]);

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

/** The offset stands in for the column. */
function translate(cell: string) {
  return translateMagics({ text: cell, locate: (offset) => ({ line: 1, column: offset + 1 }) });
}

describe('magics', () => {
  it.each([...TRANSLATED, ...COMMENTED, ...LINE_ENDS])('%j', (cell, python) => {
    expect(translate(cell)).toMatchObject({ text: python, left: [], open: false });
  });

  it.each(QUOTED)('show %s as %s', (command, literal) => {
    expect(translate(`!${command}`).text).toBe(`get_ipython().system(${literal})`);
  });

  it.each(UNTOUCHED)('leave %j alone', (cell) => {
    expect(translate(cell)).toMatchObject({ text: cell, left: [], open: false });
  });

  it('leave words for which Python has no place', () => {
    expect(translate('x = %timeit -o f()')).toMatchObject({ text: 'x = f()', left: [{ start: 4, end: 15 }] });
  });

  it('keep every word, each in its place', () => {
    for (const [cell] of [...TRANSLATED, ...QUOTED, ...COMMENTED]) {
      const { text, locate } = translate(cell);
      const columns = [...text].map((_, at) => locate(at).column);
      const shown = new Set(columns.filter((column, at) => cell[column - 1] === text[at]));
      const hidden = [...cell].filter((char, at) => /[\w"']/.test(char) && !shown.has(at + 1));
      expect(hidden).toEqual([]);
      expect(locate(text.length).column).toBe(cell.length + 1);
    }
  });

  it('begin where the sign stands', () => {
    const { text, locate } = translate('x = 1\n  !rm -r "a"');
    expect(locate(text.indexOf('get_ipython')).column).toBe(9);
    expect(locate(text.indexOf('rm -r')).column).toBe(10);
  });

  it.each(['f(', 'x = """a', "x = '''", 'x = \\', 'f"{', "f'''{x}", 'd = {"a": [1, 2}', "f'{x", 'f(\n!ls\nx?'])(
    'say that %j does not end',
    (cell) => {
      expect(translate(cell)).toMatchObject({ text: cell, left: [], open: true });
    },
  );

  it.each(['f(1))', "x = 'a", 'f"{x}', 'x = \\\n', 'x = 1 # \\', '!ls \\'])('say that %j ends', (cell) => {
    expect(translate(cell).open).toBe(false);
  });
});
