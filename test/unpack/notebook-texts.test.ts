import { describe, expect, it } from 'vitest';
import { find, moduleOf, notebook, partsOf, textAt, unpackText } from './notebooks.ts';

const IMAGE = 'iVBORw0KGgo'.repeat(50);

function outputsOf(...outputs: unknown[]) {
  return partsOf(notebook([{ code: 'f()', run: 7, outputs }]), 'output').map(({ text }) => text);
}

describe('outputs', () => {
  it('are one text each, with the cell and the line in the output', () => {
    const outputs = [
      { output_type: 'stream', name: 'stdout', text: ['one\n', 'two\n'] },
      {
        output_type: 'execute_result',
        data: { 'text/plain': "'three'", 'text/html': ['<b>\n', 'four'] },
        metadata: {},
      },
    ];
    const text = notebook([{ markdown: 'x' }, { code: 'f()', run: 7, outputs }]);
    const parts = partsOf(text, 'output');
    expect(parts.map((part) => [part.text, part.language])).toEqual([
      ['one\ntwo\n', null],
      ["'three'", null],
      ['<b>\nfour', null],
    ]);
    expect(find(parts[0]!, 'two').cell).toEqual({ number: 2, execution: 7, line: 2, output: true });
    expect(textAt(text, find(parts[2]!, 'four'), 4)).toBe('four');
  });

  it('are text by their type', () => {
    const data = {
      'image/png': IMAGE,
      'image/svg+xml': '<svg/>',
      'application/pdf': IMAGE,
      'application/vnd.jupyter.widget-view+json': { model_id: 'w' },
      'application/vnd.jupyter.widget-state+json': { state: {} },
      'application/vnd.ms-excel': IMAGE,
      'application/vnd.dataresource+json': 'd',
      'application/vnd.databricks.v1+output': 'o',
      'application/json': { key: ['v', 1] },
      'application/javascript': 'js()',
      'text/latex': ['$x$'],
      'text/markdown': '*m*',
      'text/plain; charset=utf-8': 'p',
    };
    expect(outputsOf({ output_type: 'display_data', data })).toEqual([
      'd',
      'o',
      expect.stringMatching(/^\{\s*"key": \[\s*"v",\s*1\s*\]\s*\}$/),
      'js()',
      '$x$',
      '*m*',
      'p',
    ]);
  });

  it('have the error once: a traceback repeats its message', () => {
    const error = { output_type: 'error', ename: 'E', evalue: 'boom', traceback: ['Traceback', 'E: boom'] };
    expect(outputsOf(error)).toEqual(['Traceback\nE: boom']);
    expect(outputsOf({ ...error, traceback: [] })).toEqual(['boom']);
    expect(outputsOf({ ...error, traceback: ['cut'] })).toEqual(['cut', 'boom']);
  });

  it('lose the colours of a terminal, and keep their places', () => {
    const esc = String.fromCharCode(27);
    const traceback = [
      `${esc}[0;31mKeyError${esc}[0m`,
      `to${esc}[1;32mken${esc}[39m = 1 ${esc}]8;;http://a${esc}\\link`,
    ];
    const text = notebook([{ code: 'f()', outputs: [{ output_type: 'error', traceback }] }]);
    const [part] = partsOf(text, 'output');
    expect(part?.text).toBe('KeyError\ntoken = 1 link');
    expect(textAt(text, find(part!, 'ken'), 3)).toBe('ken');
    expect(find(part!, 'ken').cell?.line).toBe(2);
    expect(textAt(text, find(part!, 'link'), 4)).toBe('link');
  });

  it('tell how much of a long one was read', () => {
    const long = `${'x'.repeat(4_999_999)}yz`;
    const { parts, skipped } = unpackText(
      'a.ipynb',
      notebook([{ code: 'f()', outputs: [{ output_type: 'stream', text: long }] }]),
    );
    expect(parts.at(-1)?.text).toBe(long.slice(0, -1));
    expect(skipped).toEqual([
      { reason: 'too-large', detail: 'the first 5000000 of 5000001 characters of an output of cell 1 were read' },
    ]);
  });

  it('of odd shapes are kept as they stand', () => {
    expect(outputsOf('lost', { output_type: 'stream', text: ['a', 5] })).toEqual([
      '"lost"',
      expect.stringMatching(/^\[\s+"a",\s+5\s+\]$/),
    ]);
  });
});

describe('prose', () => {
  it('is a part for each markdown and raw cell', () => {
    const text = notebook([{ markdown: '# A\nb' }, { raw: 'c' }, { code: 'd' }]);
    expect(partsOf(text, 'prose').map((part) => part.text)).toEqual(['# A\nb', 'c']);
    expect(find(partsOf(text, 'prose')[0]!, 'b').cell).toEqual({ number: 1, execution: null, line: 2 });
  });
});

describe('metadata', () => {
  it('is read where papermill left the parameters of a run', () => {
    const metadata = { papermill: { parameters: { user: 'u', password: 'p' } }, widgets: { state: { a: 'b' } } };
    const part = partsOf(notebook([], { metadata }), 'output').at(-1)!;
    expect(JSON.parse(`{${part.text}}`)).toEqual({ papermill: metadata.papermill });
    expect(part.text).not.toContain('state');
    expect(part.locate(0).cell).toBeUndefined();
  });
});

describe('metadata that can hold a secret', () => {
  it('is read in the notebook, in its kernel and in its cells, and nothing else of it', () => {
    const cells = [
      {
        cell_type: 'code',
        metadata: { params: 'cccccccc', papermill: 'noooooooo', id: 'noooooooo', my_note: 'dddddddd', trusted: true },
        outputs: [],
        source: '',
      },
    ];
    const metadata = {
      kernelspec: { name: 'python3', env: 'aaaaaaaa', display_name: 'noooooooo' },
      environment: 'bbbbbbbb',
      interpreter: { hash: 'noooooooo' },
      data_sha256: 'noooooooo',
      widgets: { 'application/vnd.jupyter.widget-state+json': { env: 'noooooooo' } },
    };
    const parts = partsOf(JSON.stringify({ cells, metadata, nbformat: 4 }), 'output');
    expect(parts.map(({ text }) => text)).toEqual([
      '"params":"cccccccc"',
      '"my_note":"dddddddd"',
      '"env":"aaaaaaaa"',
      '"environment":"bbbbbbbb"',
    ]);
  });
});

describe('nbformat 3', () => {
  const text = JSON.stringify(
    {
      metadata: { name: '' },
      nbformat: 3,
      nbformat_minor: 0,
      worksheets: [
        {
          cells: [
            { cell_type: 'heading', level: 1, source: ['Title'] },
            {
              cell_type: 'code',
              collapsed: false,
              input: ['%pylab\n', 'x = 1'],
              language: 'python',
              prompt_number: 12,
              outputs: [
                { output_type: 'pyout', prompt_number: 12, text: ['1'], html: ['<i>1</i>'], png: IMAGE },
                { output_type: 'stream', stream: 'stdout', text: 'out' },
                { output_type: 'pyerr', ename: 'E', evalue: 'v', traceback: ['tb v'] },
              ],
            },
            { cell_type: 'code', input: 'y = x', language: 'python', outputs: [] },
          ],
        },
      ],
    },
    null,
    1,
  );

  it('gives the same parts', () => {
    expect(partsOf(text).map(({ kind, language, text }) => [kind, language, text])).toEqual([
      ['source', 'python', "get_ipython().run_line_magic('pylab', '')\nx = 1\ny = x"],
      ['prose', null, 'Title'],
      ['output', null, '1'],
      ['output', null, '<i>1</i>'],
      ['output', null, 'out'],
      ['output', null, 'tb v'],
    ]);
    expect(find(moduleOf(text), 'x = 1').cell).toEqual({ number: 2, execution: 12, line: 2 });
    expect(textAt(text, find(moduleOf(text), 'y = x'), 5)).toBe('y = x');
  });

  it('is Python whatever its cells are labelled', () => {
    expect(partsOf(text.replaceAll('"python"', '"ruby"'))[0]?.language).toBe('python');
  });
});

describe('broken notebooks', () => {
  const whole = notebook([{ code: 'x = 1' }]);

  it.each([
    ['cut off', whole.slice(0, whole.indexOf('x = 1') + 5), 'the JSON ends at line 9, column 11'],
    [
      'a merge conflict',
      whole.replace(' "cells"', '<<<<<<< HEAD\n "cells"'),
      'the JSON has "<" out of place at line 2, column 1',
    ],
    [
      'something behind it',
      `${whole}\n}`,
      `the JSON has "}" out of place at line ${whole.split('\n').length + 1}, column 1`,
    ],
    ['nothing in it', '', 'the JSON ends at line 1, column 1'],
    ['no cells', '{"metadata": {}}', 'the JSON holds no list of cells'],
    ['cells of the wrong type', '{"cells": {"a": 1}}', 'the JSON holds no list of cells'],
    ['another root', '[1, 2]', 'the JSON holds no list of cells'],
    ['a million brackets', '['.repeat(1_000_000), 'the JSON ends at line 1, column 1000001'],
  ])('with %s is read as plain text', (_, text, detail) => {
    const { parts, skipped } = unpackText('a.ipynb', text);
    expect(skipped).toEqual([{ reason: 'broken-notebook', detail }]);
    expect(parts).toMatchObject([{ text, kind: 'source', language: null, path: 'a.ipynb' }]);
  });

  it('that are broken in one cell only lose nothing else', () => {
    const cells = [
      { cell_type: 'code', source: 'a = 1' },
      { cell_type: 'code', source: { odd: 'kept' } },
      'no cell',
      { cell_type: 'code', outputs: 'none' },
      { source: ['no type'] },
      { cell_type: 'code', source: 'b = 2', execution_count: '*' },
      { cell_type: 'code', source: ['c', 3] },
    ];
    const { parts, skipped } = unpackText('a.ipynb', JSON.stringify({ cells }));
    expect(parts.map(({ kind, language, text }) => [kind, language, text])).toEqual([
      ['source', 'python', 'a = 1\nb = 2'],
      ['source', null, '{"odd":"kept"}'],
      ['source', null, '"no cell"'],
      ['prose', null, 'no type'],
      ['source', null, '["c",3]'],
    ]);
    expect(find(parts[0]!, 'b').cell).toEqual({ number: 6, execution: null, line: 1 });
    expect(skipped).toEqual([
      { reason: 'broken-notebook', detail: 'the source of cell 2 (and of 2 more) is not a text' },
    ]);
  });

  it('take the last of two members with one name first, as every reader of JSON does, and hide nothing in the other', () => {
    const text =
      '{"cells": [{"cell_type": "code", "source": "a", "source": "b"}], "cells": [{"cell_type": "code", "source": "c", ' +
      '"outputs": [{"output_type": "stream", "text": "one"}], "outputs": [{"output_type": "stream", "text": "two"}]}]}';
    expect(moduleOf(text).text).toBe('c\na\nb');
    expect(find(moduleOf(text), 'c').cell?.number).toBe(1);
    expect(partsOf(text, 'output').map((part) => part.text)).toEqual(['one', 'two']);
  });

  it('hide nothing under names that no version knows, nor in what is attached to a cell', () => {
    const text = JSON.stringify({
      cells: [
        {
          cell_type: 'markdown',
          source: 'x',
          attachments: { a: { 'image/png': IMAGE, 'text/plain': 'attached-text' } },
          notes: 'kept by somebody',
        },
      ],
      nbformat: 4,
      extra: { more: 'kept by somebody else' },
    });
    const texts = partsOf(text, 'output')
      .map((part) => part.text)
      .join('\n');
    expect(texts).toContain('attached-text');
    expect(texts).toContain('"notes":"kept by somebody"');
    expect(texts).toContain('"extra":{"more":"kept by somebody else"}');
    expect(texts).not.toContain(IMAGE);
  });
});

describe('large notebooks', () => {
  it('are read up to 10000 cells, and say so', () => {
    const cells = Array.from({ length: 10_002 }, (_, index) => ({ code: `x${index}` }));
    const { parts, skipped } = unpackText('a.ipynb', notebook(cells, { indent: 0 }));
    expect(parts[0]?.text.endsWith('\nx9999')).toBe(true);
    expect(skipped).toEqual([{ reason: 'too-large', detail: 'the first 10000 of 10002 cells were read' }]);
  });

  it('are read up to 20000 outputs, and say so', () => {
    const outputs = Array.from({ length: 20_001 }, (_, index) => ({ output_type: 'stream', text: `out ${index}` }));
    const { parts, skipped } = unpackText(
      'a.ipynb',
      notebook([{ code: 'f()', outputs }, { code: 'g()' }], { indent: 0 }),
    );
    expect(parts[0]?.text).toBe('f()\ng()');
    expect(parts.at(-1)?.text).toBe('out 19999');
    expect(skipped).toEqual([{ reason: 'too-large', detail: 'the first 20000 of 20001 outputs were read' }]);
  });

  it('cost little where they are images', () => {
    const image = IMAGE.repeat(10_000);
    const outputs = [1, 2, 3].map(() => ({
      output_type: 'display_data',
      data: { 'image/png': image, 'text/plain': '<Figure>' },
    }));
    const text = notebook([{ code: 'plot()', outputs }, { code: 'load(p)' }], { indent: 0 });
    const parts = partsOf(text);
    expect(parts.map((part) => part.text.length)).toEqual([14, 8, 8, 8]);
    expect(textAt(text, find(parts[0]!, 'load'), 7)).toBe('load(p)');
  });

  it('cost no more than their length where every character is escaped', () => {
    const source = '\\u000a'.repeat(1_000_000);
    const text = `{"cells":[{"cell_type":"code","source":"${source}x"}]}`;
    const module = moduleOf(text);
    expect(textAt(text, find(module, 'x'), 1)).toBe('x');
    expect(find(module, 'x').cell?.line).toBe(1_000_001);
  });
});
