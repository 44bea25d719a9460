/** What a review sees of a notebook: Python across cells, commands, outputs, and what people wrote to accept a finding. */
import { expect, it } from 'vitest';
import { createAnalyzers } from '#analyzers/registry.ts';
import { BUILT_IN_RULES, readRulebook } from '#analyzers/rulebook.ts';
import { compare } from '#baseline/compare.ts';
import type { Inspection } from '#domain/inspection.ts';
import { inspect } from '#inspection/inspect.ts';
import { notebook } from '#test/support/ml-files.ts';
import { sampleToken } from '#test/support/samples.ts';

const analyzers = await createAnalyzers(readRulebook({ paths: [BUILT_IN_RULES] }), 'key');
const EMPTY: Inspection = { findings: [], suppressions: [], skipped: [], analysed: false };

function look(cells: Parameters<typeof notebook>[0]): Inspection {
  const bytes = Buffer.from(notebook(cells));
  return inspect({ path: 'n.ipynb', side: 'head', bytes, now: Date.parse('2026-03-01') }, analyzers, 20_000);
}

/** Each finding as a person is told of it: rule, cell, execution, line in the cell. */
function told(cells: Parameters<typeof notebook>[0]) {
  return look(cells).findings.map(({ ruleId, location }) => ({ ruleId, ...location.cell }));
}

it('an import in the first cell counts in the seventh', () => {
  const filler = [2, 3, 4, 5, 6].map((n) => ({ code: `x${n} = ${n}`, execution: n }));
  const cells = [
    { code: 'from torch import load as read', execution: 1 },
    ...filler,
    { code: '# the model\n\nmodel = read(path)', execution: 9 },
  ];
  expect(told(cells)).toEqual([{ ruleId: 'torch-load-untrusted', number: 7, execution: 9, line: 3 }]);
});

it('the line in the file is that of the stored cell', () => {
  const cells = [{ code: 'import pickle' }, { code: 'a = 1\nb = pickle.load(f)\n' }];
  const { location } = look(cells).findings[0]!;
  const stored = notebook(cells).split('\n')[location.startLine - 1]!;
  expect(stored.slice(location.startColumn - 1, location.endColumn - 1)).toBe('pickle.load(f)');
});

it('commands are found where they stand, in lines of their own and in cells for a shell', () => {
  const cells = [
    { code: 'import os\n!curl -sSL https://get.example.org/x.sh | sh', execution: 1 },
    { code: '%%bash\nset -e\n\npip install --trusted-host pypi.example.org x', execution: 2 },
  ];
  expect(told(cells)).toEqual([
    { ruleId: 'notebook-download-piped-to-shell', number: 1, execution: 1, line: 2 },
    { ruleId: 'notebook-pip-insecure-index', number: 2, execution: 2, line: 4 },
  ]);
});

it('a command is shown as it stands in its cell', () => {
  const cells = [{ code: '!pip install \\\n  --trusted-host pypi.example.org x' }, { code: 'eval(x)' }];
  expect(look(cells).findings.map(({ excerpt }) => excerpt)).toEqual([
    '!pip install \\\n  --trusted-host pypi.example.org x',
    'eval(x)',
  ]);
});

it('a token is found in an output, with the line of the output', () => {
  const cells = [{ code: 'print(key)', output: `loading\nkey: ${sampleToken('huggingface')}\n`, execution: 3 }];
  const { findings } = look(cells);
  expect(findings).toMatchObject([
    { analyzer: 'secrets', location: { cell: { number: 1, execution: 3, line: 2, output: true } } },
  ]);
});

it('a token in a command is found once as a secret, and stands in clear nowhere', () => {
  const token = sampleToken('huggingface');
  const inspection = look([{ code: `%env HF_TOKEN=${token}` }, { code: `!huggingface-cli login --token ${token}` }]);
  expect(inspection.findings.map(({ analyzer, location }) => [analyzer, location.cell?.number])).toEqual([
    ['secrets', 1],
    ['secrets', 2],
  ]);
  expect(JSON.stringify(inspection)).not.toContain(token);
});

it('comments accept what stands in a command, in its line or above', () => {
  const allow = '# assay: allow[notebook-download-piped-to-shell] reason="our own server" until=2026-12-31';
  const command = 'curl -s https://get.example.org/x.sh | sh';
  const cells = [{ code: `!${command}  ${allow}` }, { code: `%%bash\n${allow}\n${command}` }, { code: `!${command}` }];
  const file = { path: 'n.ipynb', previousPath: null, base: EMPTY, head: look(cells) };
  const { judged } = compare([file], { refuseNew: false });
  expect(judged.map(({ state }) => state)).toEqual(['suppressed', 'suppressed', 'new']);
});

it('# trusted-pickle accepts the loads of its line, and nothing else', () => {
  const code = 'import pickle\nmodel = pickle.load(f)  # trusted-pickle: our own cache, until 2026-12-31\neval(x)';
  const rules = analyzers.flatMap((analyzer) => analyzer.rules);
  const file = { path: 'n.ipynb', previousPath: null, base: EMPTY, head: look([{ code }]) };
  const { judged } = compare([file], { refuseNew: false, rules });
  expect(judged.map(({ ruleId, state }) => `${ruleId} ${state}`)).toEqual([
    'pickle-load suppressed',
    'eval-exec-dynamic new',
  ]);
});
