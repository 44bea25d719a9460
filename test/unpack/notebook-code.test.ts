import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Language, Parser } from 'web-tree-sitter';
import { find, moduleOf, notebook, partsOf, textAt } from './notebooks.ts';

await Parser.init();
const wasm = fileURLToPath(import.meta.resolve('tree-sitter-python/tree-sitter-python.wasm'));
const parser = new Parser();
parser.setLanguage(await Language.load(wasm));

describe('the module of a notebook', () => {
  it('joins the code cells, and leaves prose out', () => {
    const text = notebook([
      { code: 'import a\nx = 1' },
      { markdown: '# Title' },
      { code: 'y = x\n' },
      { code: '' },
      { code: 'z' },
    ]);
    expect(moduleOf(text)).toMatchObject({ kind: 'source', language: 'python', text: 'import a\nx = 1\ny = x\n\n\nz' });
  });

  it.each([
    { indent: 1, lines: true },
    { indent: 4, lines: true },
    { indent: 0, lines: true },
    { indent: 1, lines: false },
    { indent: 0, lines: false },
  ])('maps each place to the file and to the cell: %j', (options) => {
    const cells = [
      { code: 'import os\n\ns = "\té"', run: 4 },
      { markdown: 'x' },
      { code: '# "quoted" \\ \nload(p)\nlast', run: null },
    ];
    const text = notebook(cells, options);
    const module = moduleOf(text);
    const load = find(module, 'load(p)');
    expect(load.cell).toEqual({ number: 3, execution: null, line: 2 });
    expect(textAt(text, load, 7)).toBe('load(p)');
    expect(find(module, 's = ').cell).toEqual({ number: 1, execution: 4, line: 3 });
    expect(textAt(text, find(module, '\té'), 3)).toBe('\\té');
    expect(textAt(text, find(module, '"quoted'), 2)).toBe('\\"');
    if (options.indent === 0) expect(load.line).toBe(1);
    if (options.lines && options.indent > 0) expect(load.line).toBe(find(module, 'last').line - 1);
    const end = module.locate(module.text.length);
    expect(textAt(text, { ...end, column: end.column - 4 }, 5)).toBe('last"');
  });

  it('ends each cell where its text ends', () => {
    const text = notebook([{ code: 'a' }, { code: 'b' }]);
    const module = moduleOf(text);
    expect(module.locate(1)).toMatchObject({ cell: { number: 1, line: 1 } });
    expect(module.locate(2)).toMatchObject({ cell: { number: 2, line: 1 } });
  });

  it('is Python to a parser, whatever IPython allows in the cells', () => {
    const text = notebook([
      { code: '%load_ext autoreload\n%autoreload 2\n!pip install -q torch \\\n    numpy\nimport torch' },
      { code: '%%time\nmodel = torch.load(path)' },
      { code: 'if torch.cuda.is_available():\n    !nvidia-smi\nelse:\n    %env DEVICE=cpu\nfiles = !ls *.pt\nmodel?' },
      { code: '%%bash\nfor f in *; do echo "$f" (\ndone' },
      { code: '>>> def f(x):\n...     return x % 2\n...\n>>> f(3)' },
      { code: '    indented = 1\n    more = 2' },
      { code: 'for i in range(3):\n    %time await train(i)\nbest = %timeit -o f(2)' },
    ]);
    const module = moduleOf(text);
    expect(parser.parse(module.text)?.rootNode.hasError).toBe(false);
    expect(module.text).toContain('\nindented = 1\nmore = 2\n');
    expect(find(module, 'return x')).toMatchObject({ cell: { number: 5, line: 2 } });
    expect(textAt(text, find(module, 'return x'), 8)).toBe('return x');
    expect(find(module, 'await train')).toMatchObject({ cell: { number: 7, line: 2 } });
  });

  it('exists in a notebook without code, so that an empty one counts as read', () => {
    expect(moduleOf(notebook([])).text).toBe('');
  });
});

describe('commands of a notebook', () => {
  const cells = [
    { code: 'import os\n!curl -H "k: v" \\\n  -o m.bin https://example.org/m\nx = 1', run: 2 },
    { code: 'y = 2\nz = %env TOKEN' },
  ];

  it('stand in the module as what IPython calls', () => {
    expect(moduleOf(notebook(cells)).text).toBe(
      [
        'import os',
        `get_ipython().system('curl -H "k: v"     -o m.bin https://example.org/m')`,
        'x = 1',
        'y = 2',
        "z = get_ipython().run_line_magic('env', 'TOKEN')",
      ].join('\n'),
    );
  });

  it.each([{ indent: 1 }, { indent: 0 }])('keep the place of each word: %j', (options) => {
    const text = notebook(cells, options);
    const module = moduleOf(text);
    expect(find(module, 'get_ipython().system').cell).toEqual({ number: 1, execution: 2, line: 2 });
    expect(textAt(text, find(module, 'get_ipython().system'), 5)).toBe('!curl');
    expect(find(module, '-o m.bin').cell).toEqual({ number: 1, execution: 2, line: 3 });
    expect(textAt(text, find(module, '-o m.bin'), 8)).toBe('-o m.bin');
    expect(textAt(text, find(module, 'TOKEN'), 5)).toBe('TOKEN');
    expect(find(module, 'TOKEN').cell).toEqual({ number: 2, execution: null, line: 2 });
  });
});

describe('what does not belong to the module', () => {
  it('is a cell that would swallow the next one', () => {
    const text = notebook([{ code: 'a = 1' }, { code: 'f(\nx = """' }, { code: 'torch.load(a)' }]);
    const [module, broken] = partsOf(text, 'source');
    expect(module?.text).toBe('a = 1\ntorch.load(a)');
    expect(broken).toMatchObject({ text: 'f(\nx = """', language: 'python', kind: 'source' });
    expect(find(broken!, 'x')).toMatchObject({ cell: { number: 2, line: 2 } });
    expect(find(module!, 'torch')).toMatchObject({ cell: { number: 3 } });
  });

  it.each([
    '%%html',
    '%%javascript',
    '%%sql postgres://',
    '%%script node',
    '%%R -i x',
    '%%writefile run.sh',
    '%%unknown',
    '\n%%latex',
  ])('is a cell in another language: %j', (first) => {
    const [module, foreign] = partsOf(notebook([{ code: `${first}\nexport A=1` }, { code: 'x' }]), 'source');
    expect(module?.text).toBe('x');
    expect(foreign).toMatchObject({ text: `${first}\nexport A=1`, language: null, kind: 'source' });
    expect(find(foreign!, 'A=1').cell).toMatchObject({ number: 1 });
  });

  it.each([
    ...['%%writefile train.py', '%%writefile -a "src/train.py"', '%%writefile x.py -a', '%%file a.py', '%%python3'],
    ...['%%python', '%%python2', '%%pypy', '%%cython -a', '%%script python3', '%%script --bg /usr/bin/env python -u'],
  ])('is Python that runs elsewhere: %s', (first) => {
    const [module, apart] = partsOf(notebook([{ code: `${first}\nimport os` }, { code: 'x' }]), 'source');
    expect(module?.text).toBe('x');
    expect(apart).toMatchObject({
      language: 'python',
      text: expect.stringMatching(/^get_ipython\(\)\.run_cell_magic\(.*, ''\)\nimport os$/),
    });
  });

  it('is what a magic below a magic says', () => {
    const text = notebook([{ code: '%%time\n%%perl\nfor (' }, { code: '%%timeit a()\n\n%%python3\nb' }, { code: 'x' }]);
    const parts = partsOf(text, 'source').map(({ text, language }) => [text.replace(/\s+/g, ' '), language]);
    expect(parts.slice(0, 3)).toEqual([
      ["get_ipython().run_cell_magic('time', '', '') get_ipython().run_cell_magic('timeit', '', ''); a() x", 'python'],
      ['%%perl for (', null],
      [" get_ipython().run_cell_magic('python3', '', '') b", 'python'],
    ]);
  });

  it('is what stands between a name and the Python that a magic runs', () => {
    const text = notebook([{ code: 'x = 1\ny = %timeit -n 2 f(x)' }, { code: 'z' }]);
    const rest = partsOf(text, 'source').at(-1)!;
    expect(rest).toMatchObject({ text: '%timeit -n 2 ', language: null });
    expect(find(rest, '-n').cell).toEqual({ number: 1, execution: null, line: 2 });
  });

  it('is nothing else: each word of the code is in exactly one part', () => {
    const cells = [
      '%pip install a\nx = %time f("b")\nc?',
      '%%bash\necho d',
      'g(\n!h',
      '%%time\nfor i in j:\n    !k "{l}"\n',
      '%%timeit -n 1 m = 1\nn',
      '   o = 1\n   %p q',
      '%%writefile r.py\nimport s',
    ];
    const text = notebook(
      cells.map((code) => ({ code })),
      { lines: false },
    );
    const parts = partsOf(text, 'source').map((part) => {
      const places = [...part.text].map((char, at) => ({ char, place: part.locate(at) }));
      const own = places.filter(({ char, place }) => /\w/.test(char) && textAt(text, place, 1) === char);
      return new Set(own.map(({ place }) => `${place.cell?.number}:${place.column}`));
    });
    const all = parts.flatMap((places) => [...places]);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(cells.join('').match(/\w/g)!.length);
  });
});

describe('the kernel', () => {
  const code = [{ code: '!ls\nx <- 1' }];

  it.each([
    [{ kernelspec: { name: 'ir', language: 'R' }, language_info: { name: 'R' } }],
    [{ language_info: { name: 'julia' } }],
    [{ kernelspec: { name: 'bash' } }],
  ])('of another language makes the code plain text: %j', (metadata) => {
    expect(partsOf(notebook(code, { metadata }))).toMatchObject([
      { kind: 'source', language: null, text: '!ls\nx <- 1' },
    ]);
  });

  it.each([
    [{}],
    [null],
    [{ kernelspec: 'odd' }],
    [{ kernelspec: { name: 'python3', language: 'R' }, language_info: { name: 'R' } }],
    [{ kernelspec: { name: 'venv', language: 'python' } }],
    [{ language_info: { name: 'ipython' } }],
    [{ kernelspec: { name: 'pysparkkernel' } }],
    [{ kernelspec: { name: 'ml-env', display_name: 'ML' } }],
  ])('is Python otherwise, also where only one word says so: %j', (metadata) => {
    expect(moduleOf(notebook(code, { metadata })).language).toBe('python');
  });
});

describe('what a notebook says of itself', () => {
  const open = (notebook: unknown) => moduleOf(JSON.stringify(notebook));
  const cell = (more: object) => ({ cell_type: 'code', outputs: [], ...more });

  it('is no language when only a cell says so', () => {
    expect(open({ cells: [cell({ language: 'R', source: 'x' })] }).language).toBe('python');
  });

  it.each(['import torch', 'x\rfrom torch import hub'])('does not make another language of %j', (source) => {
    const metadata = { kernelspec: { name: 'ir', language: 'R' }, language_info: { name: 'R' } };
    expect(open({ metadata, cells: [cell({ source })] }).language).toBe('python');
  });

  it('does not choose between two sources of a cell', () => {
    const text =
      '{"cells":[{"cell_type":"code","source":"a","input":"b","source":["c"]},{"cell_type":"code","source":"d"}]}';
    const module = moduleOf(text);
    expect(module.text).toBe('a\nb\nc\nd');
    expect(find(module, 'b').cell).toMatchObject({ number: 1 });
    expect(textAt(text, find(module, 'b'), 2)).toBe('b"');
  });

  it('ends lines at a lone \\r too', () => {
    const text = notebook([{ code: '# a\rimport b' }, { code: '%matplotlib inline\rimport c' }]);
    expect(moduleOf(text).text).toMatch(/^# a\nimport b\nget_ipython.*\nimport c$/);
    expect(textAt(text, find(moduleOf(text), 'import c'), 8)).toBe('import c');
  });
});
