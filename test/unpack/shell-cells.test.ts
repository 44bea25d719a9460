import { describe, expect, it } from 'vitest';
import { translateShellCell } from '#unpack/shell-cell.ts';
import { find, moduleOf, notebook, partsOf, textAt } from './notebooks.ts';

const HEAD = "get_ipython().run_cell_magic('bash', '', '')\n";

function translate(cell: string) {
  return translateShellCell({ text: cell, locate: (offset) => ({ line: 1, column: offset + 1 }) });
}

describe('a cell for a shell', () => {
  it.each([
    ['ls -l', "get_ipython().system('ls -l')"],
    ['# a "comment', '# a "comment'],
    ['ls  # why', "get_ipython().system('ls')  # why"],
    [
      'for f in *; do\n  cat "$f"\ndone',
      "get_ipython().system('for f in *; do')\nget_ipython().system('cat \"$f\"')\nget_ipython().system('done')",
    ],
    ['pip install \\\n  a \\\n  b', "get_ipython().system('pip install     a     b')"],
    ['echo \\\\\nls', "get_ipython().system(r'echo \\\\')\nget_ipython().system('ls')"],
    ['# a \\\nls', "# a \\\nget_ipython().system('ls')"],
    ['\n\nls\n', "\n\nget_ipython().system('ls')\n"],
  ])('is a call for each line: %j', (body, python) => {
    expect(translate(`%%bash\n${body}`).text).toBe(HEAD + python);
  });

  it.each(['%%bash', '%%sh', '%%zsh', '%%shell', '%%!', '%%sx', '%%system', '%%script bash', '%%script --bg /bin/sh'])(
    'begins with %s',
    (magic) => {
      const module = moduleOf(notebook([{ code: `${magic}\nmake data` }, { code: 'x = 1' }]));
      expect(module.text).toMatch(
        /^get_ipython\(\)\.run_cell_magic\(.*\)\nget_ipython\(\)\.system\('make data'\)\nx = 1$/,
      );
    },
  );

  it('knows the cell and the line of each command', () => {
    const text = notebook([{ code: 'import os' }, { code: '%%time\n%%bash\nset -e\n\n  curl -O "$URL"', run: 7 }]);
    const module = moduleOf(text);
    const call = module.locate(module.text.indexOf("get_ipython().system('curl"));
    expect(call.cell).toEqual({ number: 2, execution: 7, line: 5 });
    expect(textAt(text, call, 7)).toBe('curl -O');
    expect(find(module, '$URL').cell).toEqual({ number: 2, execution: 7, line: 5 });
    expect(partsOf(text, 'source')).toHaveLength(1);
  });

  it('keeps every word in its place', () => {
    const cell = '%%bash -e\nexport A="b c"\n\t# d \'e\'\nif f; then g \\\n  h\nfi\r\ni # j';
    const { text, locate } = translate(cell);
    const shown = new Set(
      [...text].flatMap((char, at) => (cell[locate(at).column - 1] === char ? locate(at).column : [])),
    );
    expect([...cell].filter((char, at) => /[\w"']/.test(char) && !shown.has(at + 1))).toEqual([]);
  });

  it('costs no more than its length', () => {
    expect(translate(`%%bash\n${'a\\\\'.repeat(300_000)}`).text).toHaveLength(HEAD.length + 900_000 + 25);
    expect(translate(`%%bash\n${'a \\\n'.repeat(300_000)}`).text.length).toBeGreaterThan(1_000_000);
  });
});
