/** Which magics run Python: data about IPython and its usual extensions. */

/** Cell magics whose body is Python in the notebook's own namespace. */
const PYTHON_CELLS = new Set(
  (
    'time timeit capture prun debug memit mprun lprun snakeviz pyinstrument scalene heat flamegraph memray_flamegraph ' +
    'px wandb ipytest run_pytest manim local spark notify chime'
  ).split(' '),
);

/** Cell magics that hand Python to another process. */
const OTHER_PYTHONS = new Set(['python', 'python3', 'pypy']);

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
};

/**
 * `notebook`: Python that belongs to the notebook's module, perhaps below a magic; `apart`: Python that runs or is stored
 * elsewhere; `foreign`: another language, or a magic that is not known.
 */
export type CellLanguage = 'notebook' | 'apart' | 'foreign';

export function cellLanguage(text: string): CellLanguage {
  const line = /%%(\S*)(.*)/y;
  line.lastIndex = text.search(/\S|$/);
  const match = line.exec(text);
  if (match === null) return 'notebook';
  const [, name = '', rest = ''] = match;
  if (PYTHON_CELLS.has(name)) return 'notebook';
  if (OTHER_PYTHONS.has(name)) return 'apart';
  return /^(?:write)?file$/.test(name) && /\.pyw?["']?\s*$/.test(rest) ? 'apart' : 'foreign';
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
    isValue = !isValue && next.length === 2 && values.includes(next[1]!);
    body = word.lastIndex;
  }
}
