import { expect, it } from 'vitest';
import { createAnalyzers } from '#analyzers/registry.ts';
import { BUILT_IN_RULES, readRulebook } from '#analyzers/rulebook.ts';
import { inspect } from '#inspect.ts';
import { sampleToken } from '#test/support/samples.ts';

const analyzers = await createAnalyzers(readRulebook({ paths: [BUILT_IN_RULES] }), 'key');

function found(text: string): string[] {
  const task = { path: 'a.py', side: 'head' as const, bytes: Buffer.from(text), now: 0 };
  return inspect(task, analyzers, 20_000).findings.map(({ analyzer, location }) => `${analyzer} ${location.startLine}`);
}

it('a token that its detector knows is told once', () => {
  expect(found(`import os\nos.environ["HF_TOKEN"] = "${sampleToken('huggingface')}"\n`)).toEqual(['secrets 2']);
});

it('a password that no detector knows is told by the rule for code', () => {
  const text = 'import mlflow\nmlflow.set_tracking_uri("https://me:correct-horse@mlflow.example.org")\n';
  expect(found(text)).toEqual(['sast 2']);
});

it('another problem on the line is told beside it', () => {
  const text = `import os\nos.environ["HF_TOKEN"] = eval(x, "${sampleToken('huggingface')}")\n`;
  expect(found(text)).toEqual(['sast 2', 'secrets 2']);
});
