/** Which magics run Python: data about IPython and its usual extensions. */
import { ipythonLineEnd } from './line-ends.ts';

/** Cell magics whose body is Python in the notebook's own namespace. */
const PYTHON_CELLS = new Set(
  (
    'time timeit capture prun debug memit mprun lprun snakeviz pyinstrument scalene heat flamegraph memray_flamegraph ' +
    'px wandb ipytest run_pytest manim local spark notify chime'
  ).split(' '),
);

/** Cell magics that hand Python to another process, or to a compiler. */
const OTHER_PYTHONS = /^(?:python|pypy)[\d.]*$|^cython/;

/** Cell magics that hand their body to a shell; `%%shell` is Colab's. */
const SHELLS = /^(?:(?:ba|da|k|z)?sh|shell|sx|system|!)$/;

/** A command, in what follows `%%script`, that reads Python, or shell commands, from its input. */
const PYTHON_COMMAND = /(?:^|[\s/"'])(?:i?python|pypy)[\d.]*w?(?=["'\s]|$)/;
const SHELL_COMMAND = /(?:^|[\s/"'])(?:ba|da|k|z)?sh(?=["'\s]|$)/;
const PYTHON_FILE = /\.py[iw]?["']?(?=\s|$)/i;

/** Magics that take a statement on their own line, with the letters of those options that take a value. */
const STATEMENT_MAGICS: Readonly<Record<string, string>> = {
  time: '',
  timeit: 'nrpv',
  prun: 'lsTD',
  lprun: 'fmDTsu',
  memit: 'rti',
  mprun: 'fT',
  snakeviz: 'fp',
  pyinstrument: '',
  debug: 'b',
  px: 'tego',
};

/** Their long options that take a value in a word of its own. */
const LONG_VALUES = new Set(['--breakpoint', '--targets', '--out', '--group-outputs', '--name', '--progress-after']);

/**
 * `notebook`: Python that belongs to the notebook's module, perhaps below a magic; `shell`: lines for a shell; `apart`:
 * Python that runs or is stored elsewhere; `foreign`: another language, or a magic that is not known.
 */
export type CellLanguage = 'notebook' | 'shell' | 'apart' | 'foreign';

/** `from` is where what decides begins: in `%%time` over `%%bash` it is the second line, and Python stands above it. */
export function cellLanguage(text: string): { readonly language: CellLanguage; readonly from: number } {
  for (let from = 0; ; ) {
    const start = text.slice(from).search(/\S/) + from;
    if (start < from || !text.startsWith('%%', start)) return { language: 'notebook', from };
    const end = ipythonLineEnd(text, start);
    const [, name = '', rest = ''] = /^%%(\S*)(.*)/s.exec(text.slice(start, end)) ?? [];
    if (!PYTHON_CELLS.has(name)) return { language: otherLanguage(name, rest), from };
    from = Math.min(end + 1, text.length);
  }
}

function otherLanguage(name: string, rest: string): CellLanguage {
  if (OTHER_PYTHONS.test(name)) return 'apart';
  if (/^(?:script|sx|system)$/.test(name) && PYTHON_COMMAND.test(rest)) return 'apart';
  if (SHELLS.test(name) || (name === 'script' && SHELL_COMMAND.test(rest))) return 'shell';
  return /^(?:write)?file$/.test(name) && PYTHON_FILE.test(rest) ? 'apart' : 'foreign';
}

/** Where the statement begins in a command such as `%timeit -n 3 f()`; null when it runs none. */
export function pythonBody(command: string): number | null {
  const name = /^%%?(\w+)(?=[ \t])/.exec(command);
  const values = name === null ? undefined : STATEMENT_MAGICS[name[1]!];
  if (name === null || values === undefined) return null;
  const word = /[ \t]+(\S*)/y;
  let body = name[0].length;
  let isValue = false;
  for (;;) {
    word.lastIndex = body;
    const next = word.exec(command)?.[1] ?? '';
    if (next === '') return null;
    if (!isValue && !next.startsWith('-')) return word.lastIndex - next.length;
    isValue = !isValue && (LONG_VALUES.has(next) || (next.length === 2 && values.includes(next[1]!)));
    body = word.lastIndex;
  }
}
