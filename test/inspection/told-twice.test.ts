import { expect, it } from 'vitest';
import { createAnalyzers } from '#analyzers/registry.ts';
import { BUILT_IN_RULES, readRulebook } from '#analyzers/rulebook.ts';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import { inspect } from '#inspection/inspect.ts';
import { sampleToken } from '#test/support/samples.ts';

const analyzers = await createAnalyzers(readRulebook({ paths: [BUILT_IN_RULES] }), 'key');

function found(text: string): string[] {
  const task = { path: 'a.py', side: 'head' as const, bytes: Buffer.from(text), now: 0 };
  return inspect(task, analyzers, 20_000).findings.map(({ analyzer, location }) => `${analyzer} ${location.startLine}`);
}

it('a token that its detector knows is told once', () => {
  expect(found(`import os\nos.environ["HF_TOKEN"] = "${sampleToken('huggingface')}"\n`)).toEqual(['secrets 2']);
});

it('a key that no detector knows is told by the rule for code', () => {
  const text = 'from huggingface_hub import login\nlogin("not0a0key0but0as0long0as0one0is")\n';
  expect(found(text)).toEqual(['sast 2']);
});

it('another problem on the line is told beside it', () => {
  const text = `import os\nos.environ["HF_TOKEN"] = eval(x, "${sampleToken('huggingface')}")\n`;
  expect(found(text)).toEqual(['sast 2', 'secrets 2']);
});

it('of two rules for one problem the one that says more is heard', () => {
  const rules = (text: string) => {
    const task = { path: 'a.py', side: 'head' as const, bytes: Buffer.from(text), now: 0 };
    return inspect(task, analyzers, 20_000).findings.map(({ ruleId }) => ruleId);
  };
  const ask =
    'from openai import OpenAI\nclient = OpenAI()\nanswer = client.chat.completions.create(model="m", messages=m)\n';
  expect(rules(`${ask}eval(answer.choices[0].message.content)\n`)).toEqual(['llm-output-executed']);
  expect(rules('def run(code):\n    return eval(code)\n')).toEqual(['eval-exec-dynamic']);
});

it('a detector of files is heard beside one for what stands in their first line', async () => {
  const files = "[[rules]]\nid = \"key-file\"\npath = '''id_rsa$'''\n";
  const detectors = [await createSecretsAnalyzer([{ path: 'team.toml', text: files }], { fingerprintKey: 'key' })];
  const task = { path: 'id_rsa', side: 'head' as const, bytes: Buffer.from(sampleToken('huggingface')), now: 0 };
  const { findings } = inspect(task, [...detectors, ...analyzers], 20_000);
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['key-file', 'huggingface-user-token']);
});
