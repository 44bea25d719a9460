/** Every construct of Python that can stand in itself, to any depth, around a call that rules look for. */

export interface Construct {
  readonly name: string;
  /** How deep it is written where nothing else is asked for: a level of indentation costs its own width on every line. */
  readonly depth: number;
  write(depth: number): string;
}

/** What stands in the middle. */
const CORE = 'sink(source(x))';
const DEEP = 10_000;
/** 1,000 levels of indentation are half a million blanks. */
const BLOCKS = 1_000;

const around = (name: string, open: string, close: string, core = CORE): Construct => ({
  name,
  depth: DEEP,
  write: (depth) => `y = ${open.repeat(depth)}${core}${close.repeat(depth)}\nsink(y)\n`,
});

const row = (name: string, first: string, item: string, last: string): Construct => ({
  name,
  depth: DEEP,
  write: (depth) => `${first}${item.repeat(depth)}${last}\nsink(y)\n`,
});

const numbered = (name: string, first: string, item: (i: number) => string, last: string): Construct => ({
  name,
  depth: DEEP,
  write: (depth) => `${first}${Array.from({ length: depth }, (_, i) => item(i)).join('')}${last}\nsink(y)\n`,
});

/** `after` stands behind each block, at its own level. */
const blocks = (name: string, line: string, after = ''): Construct => ({
  name,
  depth: BLOCKS,
  write(depth) {
    const open = Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}${line}\n`);
    const close = after === '' ? [] : open.map((_, i) => `${' '.repeat(depth - 1 - i)}${after}\n`);
    return `y = source(x)\n${open.join('')}${' '.repeat(depth)}y = ${CORE}\n${close.join('')}sink(y)\n`;
  },
});

export const CONSTRUCTS: readonly Construct[] = [
  around('parentheses', '(', ')'),
  around('open parentheses', '(', ''),
  around('open calls', 'f(', ''),
  around('open brackets and braces', '[{(', ''),
  around('lists', '[', ']'),
  around('tuples', '(', ',)'),
  around('sets', '{', '}'),
  around('dictionaries', '{1: ', '}'),
  around('keys of dictionaries', '{', ': 1}'),
  around('calls', 'f(', ')'),
  around('calls of calls', '', '(z)'),
  around('keyword arguments', 'f(k=', ')'),
  around('starred arguments', 'f(*', ')'),
  around('methods', '', '.m()'),
  around('attributes', '', '.a'),
  around('subscripts', '', '[0]'),
  around('subscripts in subscripts', 'a[', ']'),
  around('slices', 'a[1:', ']'),
  around('lambdas', 'lambda a: ', ''),
  around('defaults of lambdas', 'lambda a=', ': a'),
  around('list comprehensions', '[i for i in ', ']'),
  around('elements of comprehensions', '[', ' for i in j]'),
  around('conditions of comprehensions', '[i for i in j if ', ']'),
  around('generator expressions', 'f(i for i in ', ')'),
  around('dictionary comprehensions', '{i: i for i in ', '}'),
  around('conditions', '', ' if a else b'),
  around('alternatives', 'a if b else ', ''),
  around('negations', 'not ', ''),
  around('minus', '-', ''),
  around('await', 'await ', ''),
  around('walrus', '(y := ', ')'),
  around('yield', '(yield ', ')'),
  around('f-strings', "f'{", "}'"),
  around('formats of f-strings', "f'{a:{", "}}'"),
  row('a sum', 'y = ', '1 + ', CORE),
  row('a sum from the right', `y = ${CORE}`, ' + z', ''),
  row('a sum of strings', 'y = ', '"a" + ', CORE),
  row('neighbouring strings', 'y = sink(', '"a" ', ')'),
  row('powers', 'y = ', '2 ** ', CORE),
  row('and', 'y = ', 'a and ', CORE),
  row('or', `y = ${CORE}`, ' or a', ''),
  row('and, or', 'y = ', 'a and b or ', CORE),
  row('bits', 'y = ', 'a | ', CORE),
  row('a comparison', 'y = ', 'a < ', CORE),
  row('comparisons', 'y = ', '(a == b) == ', CORE),
  row('targets', '', 'a = ', CORE),
  row('arguments', 'y = f(', 'source(x), ', `${CORE})`),
  row('elements', 'y = [', 'source(x), ', `${CORE}]`),
  row('entries', 'y = {', '"k": source(x), ', `"l": ${CORE}}`),
  row('statements', 'y = source(x)\n', 'y = f(y)\n', CORE),
  row('sources and sinks', '', `${CORE}\n`, ''),
  row('strings', '', 'y = "a"\n', CORE),
  row('growing strings', 'y = "a"\n', 'y = y + y\n', CORE),
  row('growing sums', 'y = 1\n', 'y += y\n', CORE),
  row('symbols', 'y = source(x)\n', 'y = f(y, y)\n', CORE),
  row('elif', 'if a: y = source(x)\n', 'elif b: y = f(y)\n', `else: ${CORE}`),
  row('branches', '', 'if a: y = source(y)\n', CORE),
  row('loops', '', 'while a: y = f(source(y))\n', CORE),
  row('handlers', 'try: y = source(x)\n', 'except E: y = f(y)\n', CORE),
  row('decorators', '', '@d(source(x))\n', `def f(): ${CORE}`),
  row('with items', 'with a', ', source(x) as y', `: ${CORE}`),
  row('match cases', 'match x:\n', ' case 1: y = source(x)\n', CORE),
  row('imports', 'import a', ', b.c as d', `\n${CORE}`),
  row('from imports', 'from a import b', ', c as d', `\n${CORE}`),
  row('star imports', '', 'from a import *\n', CORE),
  row('functions', '', 'def f(a): sink(source(a))\n', CORE),
  row('classes', '', 'class C:\n  a = source(x)\n', CORE),
  row('global', '', 'global y\n', CORE),
  row('semicolons', 'y = 1', '; y = y', `; ${CORE}`),
  row('for clauses', 'y = [sink(i)', ' for i in source(i)', ']'),
  row('attributes assigned', 'y = source(x)\n', 'y.a = y\n', CORE),
  row('attributes of attributes assigned', 'y = source(x)\n', 'y.a.b.c.d = y.d.c\n', CORE),
  row('swaps', 'y = source(x)\n', 'a, y = y, a\n', CORE),
  numbered('parameters', 'def f(', (i) => `a${i}=source(x), `, `y): ${CORE}`),
  numbered('names', 'y = source(x)\n', (i) => `a${i} = y\n`, CORE),
  numbered('chain of names', 'a0 = source(x)\n', (i) => `a${i + 1} = a${i}\n`, CORE),
  numbered('chain of symbols', 'a0 = source(x)\n', (i) => `a${i + 1} = f(a${i}, a${i})\n`, CORE),
  numbered('chain of constants', 'a0 = "a"\n', (i) => `a${i + 1} = a${i} + "b"\n`, CORE),
  numbered('fields', 'y = source(x)\n', (i) => `y.a${i} = source(y.a${i - 1})\n`, CORE),
  numbered('imported names', '', (i) => `from a${i} import b as c${i}\n`, CORE),
  numbered('functions in a row', '', (i) => `def f${i}(a):\n  global g${i}\n  g${i} = source(a)\n`, CORE),
  blocks('if', 'if a:'),
  blocks('if and else', 'if a:', 'else: y = f(y)'),
  blocks('while', 'while a:'),
  blocks('for', 'for i in source(x):'),
  blocks('try', 'try:', 'except E: y = f(y)'),
  blocks('finally', 'try:', 'finally: y = f(y)'),
  blocks('with', 'with source(x) as y:'),
  blocks('def', 'def f(a=source(x)):'),
  blocks('class', 'class C:'),
  blocks('match', 'match y:'),
  blocks('lambdas and blocks', 'if (lambda: source(x)):'),
];
