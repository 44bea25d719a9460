import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createAnalyzers } from '#analyzers/registry.ts';
import { BUILT_IN_RULES, readRulebook } from '#analyzers/rulebook.ts';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { compare } from '#baseline/compare.ts';
import type { Analyzer } from '#domain/analyzer.ts';
import { inspect, MAX_FINDINGS } from '#inspection/inspect.ts';
import { CLEAN, notebook } from '#test/support/ml-files.ts';
import { sampleToken } from '#test/support/samples.ts';
import { zip } from '#test/unpack/archives.ts';

const task = (path: string, text: string) => ({ path, side: 'head' as const, bytes: Buffer.from(text), now: 0 });
const rule = 'rules:\n  - {id: r, languages: [python], severity: ERROR, message: m, pattern: f(...)}\n';
const sast = () => createSastAnalyzer([{ path: 'r.yaml', text: rule }]);

describe('one side of one file', () => {
  it('has its findings placed in the stored file', async () => {
    const text = notebook([{ code: 'x = 1' }, { code: 'y = 2\nf(y)', execution: 4 }]);
    const { findings, analysed } = inspect(task('n.ipynb', text), [await sast()], 1_000);
    const line = text.split('\n').findIndex((row) => row.includes('f(y)')) + 1;
    expect(findings).toMatchObject([
      {
        ruleId: 'r',
        analyzer: 'sast',
        location: { path: 'n.ipynb', startLine: line, cell: { number: 2, execution: 4, line: 2 } },
      },
    ]);
    expect(analysed).toBe(true);
  });

  it('gives equal findings fingerprints of their own', async () => {
    const { findings } = inspect(task('a.py', 'f(1)\nf(1)\n'), [await sast()], 1_000);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('says where its code could not be understood', async () => {
    const { skipped, findings } = inspect(task('a.py', 'f(1)\nx = (\n'), [await sast()], 1_000);
    expect(skipped).toMatchObject([{ reason: 'syntax-error', analyzer: 'sast', detail: 'syntax error at line 2' }]);
    expect(findings).toHaveLength(1);
  });

  it('says when there is more to find than is told', async () => {
    const { skipped, findings } = inspect(task('a.py', 'f()\n'.repeat(5_001)), [await sast()], 20_000);
    expect(findings).toHaveLength(5_000);
    expect(skipped).toMatchObject([{ reason: 'too-many-findings', detail: 'only the first 5000 findings of r' }]);
  });

  it('says where something was too large to be decoded', async () => {
    const analyzers = await createAnalyzers(readRulebook({ paths: [BUILT_IN_RULES] }), 'key');
    const zipped = gzipSync('epochs = 3\n'.repeat(400_000)).toString('base64');
    const { skipped } = inspect(task('a.txt', `x\n${zipped}\n`), analyzers, 20_000);
    const detail = 'what stands under base64 on line 2 unpacks to more than 4194304 bytes';
    expect(skipped).toMatchObject([{ reason: 'too-large', analyzer: 'secrets', detail }]);
  });

  it('says when a file of many texts has more findings than are told', () => {
    const one = {
      ruleId: 'r',
      severity: 'low',
      confidence: 'high',
      message: 'm',
      excerpt: '',
      scope: '',
      identity: '',
    } as const;
    const matches = Array.from({ length: 600 }, (_, start) => ({ ...one, start, end: start + 1 }));
    const many: Analyzer = { name: 'many', rules: [], problems: [], accepts: () => true, analyze: () => ({ matches }) };
    const bytes = zip(Array.from({ length: 40 }, (_, index) => ({ name: `${index}`, content: 'x'.repeat(600) })));
    const { skipped, findings } = inspect({ ...task('a.zip', ''), bytes }, [many], 20_000);
    expect(findings).toHaveLength(MAX_FINDINGS);
    expect(skipped).toMatchObject([{ reason: 'too-many-findings', detail: 'only the first 10000 findings in it' }]);
  });

  it('says when an analyzer ran out of time', () => {
    const slow: Analyzer = {
      name: 'slow',
      rules: [],
      problems: [],
      accepts: () => true,
      analyze: (_, budget) => {
        while (!budget.expired());
        return { matches: [] };
      },
    };
    const { skipped } = inspect(task('a.py', CLEAN), [slow], 20);
    expect(skipped).toMatchObject([{ reason: 'time-budget', analyzer: 'slow', detail: 'stopped after 0.02 s' }]);
  });
});

describe('a secret', () => {
  it('is in clear in nothing that is said of its file', async () => {
    const token = sampleToken('huggingface');
    const rulebook = readRulebook({ paths: [BUILT_IN_RULES] });
    const analyzers = await createAnalyzers(rulebook, 'key');
    const text = [
      'from transformers import AutoModel',
      `m = AutoModel.from_pretrained("x", token="${token}", trust_remote_code=True)`,
      'import torch',
      `torch.load("x")  # assay: allow[torch-load-untrusted] reason="key ${token}" until=2999-01-01`,
      `# assay: allow[${token}]`,
    ].join('\n');
    const inspection = inspect(task('a.py', text), analyzers, 5_000);
    const rules = inspection.findings.map(({ ruleId }) => ruleId);
    expect(rules).toEqual(
      expect.arrayContaining(['trust-remote-code', 'huggingface-user-token', 'torch-load-untrusted']),
    );
    expect(JSON.stringify(inspection)).not.toContain(token.slice(8));
  });

  it('is not quoted either where the search for secrets did not come to its end', async () => {
    const token = sampleToken('huggingface');
    const stopped: Analyzer = {
      name: 'secrets',
      rules: [],
      problems: [],
      accepts: () => true,
      analyze: () => ({ matches: [], stopped: 'stopped after 5 s' }),
    };
    const text = `f("${token}", password="hunter2")  # assay: allow[${token}] reason="hunter2"\n`;
    const inspection = inspect(task('a.py', text), [stopped, await sast()], 1_000);
    expect(inspection.findings).toMatchObject([{ ruleId: 'r', message: 'm', excerpt: '…' }]);
    expect(inspection.suppressions).toHaveLength(1);
    const { findings, suppressions } = inspection;
    const said = JSON.stringify([findings.map((one) => ({ ...one, scope: '' })), suppressions]);
    for (const secret of [token.slice(8), 'hunter2']) expect(said).not.toContain(secret);
  });

  it('in the name of an entry of an archive is found, and hidden wherever the entry is named', async () => {
    const token = sampleToken('huggingface');
    const analyzers = await createAnalyzers(readRulebook({ paths: [BUILT_IN_RULES] }), 'key');
    const bytes = zip([
      { name: `dumps/${token}/a.txt`, content: `again ${token}\n` },
      { name: `dumps/${token}/b.txt`, content: 'x', encrypted: true },
    ]);
    const inspection = inspect({ ...task('a.zip', ''), bytes }, analyzers, 5_000);
    expect(inspection.findings.map(({ location }) => location.entry)).toEqual([
      { path: 'dumps/…/a.txt', line: 1, column: 7 },
      { path: 'dumps/…/a.txt', line: 1, column: 7, name: true },
      { path: 'dumps/…/b.txt', line: 1, column: 7, name: true },
    ]);
    expect(inspection.skipped.map(({ detail }) => detail)).toEqual(['entry "dumps/…/b.txt": encrypted']);
    expect(JSON.stringify(inspection)).not.toContain(token.slice(8));
  });

  it('in an archive is accepted by the comment on its own line, and by none of another line or entry', async () => {
    const analyzers = await createAnalyzers(readRulebook({ paths: [BUILT_IN_RULES] }), 'key');
    const line = (seed: number) => `key = ${sampleToken('huggingface', seed)}`;
    const mark = '# gitleaks:allow';
    const bytes = zip([
      { name: 'accepted.env', content: `${line(1)}\n\n${line(2)} ${mark}\n` },
      { name: 'other.env', content: `a = 1 ${mark}\nb = 2\n${line(3)}\n` },
      { name: `${mark}.txt`, content: line(4) },
    ]);
    const head = inspect({ ...task('a.zip', ''), bytes }, analyzers, 5_000);
    const base = { findings: [], suppressions: [], skipped: [], analysed: false };
    const { judged } = compare([{ path: 'a.zip', previousPath: null, base, head }], { refuseNew: false });
    expect(judged.map(({ location: { entry }, state }) => `${entry?.path}:${entry?.line} ${state}`)).toEqual([
      'accepted.env:1 new',
      'accepted.env:3 suppressed',
      'other.env:3 new',
      `${mark}.txt:1 new`,
    ]);
    expect(judged[1]).toMatchObject({ suppression: { location: { entry: { path: 'accepted.env', line: 3 } } } });
  });
});
