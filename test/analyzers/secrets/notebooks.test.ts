/** A notebook as teams commit them: its secrets are found where they stand, and what merely looks like one is not. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sampleToken } from '#test/support/samples.ts';
import { unpack } from '#unpack/unpack.ts';
import { createShippedAnalyzer, NO_LIMIT } from './support.ts';

const analyzer = await createShippedAnalyzer();
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const image = Buffer.from(Array.from({ length: 6_000 }, (_, at) => (at * at * 31 + at * 7) % 256)).toString('base64');

const code = (source: string, outputs: readonly unknown[] = [], metadata: unknown = {}) => ({
  cell_type: 'code',
  execution_count: 4,
  id: digest(source).slice(0, 8),
  metadata,
  outputs,
  source: source.split(/(?<=\n)/),
});
const stream = (text: string) => ({ output_type: 'stream', name: 'stdout', text: text.split(/(?<=\n)/) });
const display = (data: unknown) => ({ output_type: 'display_data', data, metadata: {} });

function read(cells: readonly unknown[], metadata: Readonly<Record<string, unknown>> = {}) {
  const notebook = {
    cells,
    metadata: { kernelspec: { name: 'python3', language: 'python', display_name: 'Python 3' }, ...metadata },
    nbformat: 4,
    nbformat_minor: 5,
  };
  const { parts } = unpack('train.ipynb', Buffer.from(JSON.stringify(notebook, null, 1)));
  return parts.flatMap((part) =>
    analyzer.analyze(part, NO_LIMIT).matches.map(({ ruleId, start }) => {
      const { cell } = part.locate(start);
      return [ruleId, ...(cell === undefined ? [] : [cell.number, cell.line])];
    }),
  );
}

test('what is no secret stays quiet', () => {
  const hashes = Object.fromEntries(['model', 'data', 'tokenizer'].map((name) => [`${name}_key`, digest(name)]));
  const cells = [
    code('import torch\ntorch.manual_seed(42)', [
      stream(`Cloning into 'x'...\nHEAD is now at ${digest('c').slice(0, 40)}\n`),
    ]),
    code('plot()', [
      display({ 'image/png': image, 'text/plain': ['<Figure size 640x480 with 1 Axes>'] }),
      display({ 'application/vnd.jupyter.widget-view+json': { model_id: digest('w').slice(0, 32), version_major: 2 } }),
    ]),
    code('train()', [stream(`100%|██████████| 5/5 [00:01<00:00]\nEpoch 1: loss=0.31\n`)], {
      execution: { 'iopub.execute_input': '2024-01-01T00:00:00Z' },
      id: digest('id'),
      colab: { base_uri: 'https://localhost:8080/', referenced_widgets: [digest('r').slice(0, 32)] },
      outputId: '0d2b7b5e-7c0f-4d0e-8a53-2d2f1a9ec7f1',
    }),
  ];
  const state = { [digest('s').slice(0, 32)]: { model_name: 'HTMLModel', state: { token: digest('t') } } };
  expect(
    read(cells, {
      interpreter: { hash: digest('interpreter') },
      vscode: { interpreter: { hash: digest('vscode') } },
      widgets: { 'application/vnd.jupyter.widget-state+json': { state } },
      signature: `sha256:${digest('signature')}`,
      checkpoints: hashes,
    }),
  ).toEqual([]);
});

test('secrets are found in sources, in text, in HTML, in tracebacks, in data and in metadata', () => {
  const token = sampleToken('huggingface');
  const html = `<table><tr><td>HF_TOKEN</td><td>${token}</td></tr></table>`;
  const traceback = ['\u001b[0;31mHTTPError\u001b[0m', `401 for url: https://hub/?token=\u001b[1m${token}\u001b[0m`];
  expect(
    read(
      [
        code(`import os\nos.environ["HF_TOKEN"] = "${token}"\n`),
        code('env', [stream(`HOME=/root\nHF_TOKEN=${token}\n`)]),
        code('df', [display({ 'text/html': [html] })]),
        code('get()', [{ output_type: 'error', ename: 'HTTPError', evalue: '401', traceback }]),
        code('table()', [display({ 'application/vnd.dataresource+json': { data: [{ id: 1, key: token }] } })]),
        code('x = 1', [], { config: { hf_token: token }, nbgrader: { grade_id: token } }),
      ],
      { papermill: { parameters: { hf_token: token } }, my_run: { env: { HF_TOKEN: token } } },
    ),
  ).toEqual([
    ['huggingface-user-token', 1, 2],
    ['huggingface-user-token', 2, 2],
    ['huggingface-user-token', 3, 1],
    ['huggingface-user-token', 4, 2],
    ['huggingface-user-token', 5, 5],
    ['huggingface-user-token'],
    ['huggingface-user-token'],
    ['huggingface-user-token'],
  ]);
});
