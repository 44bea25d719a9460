/** Verdicts that the publishers are shown: an ordinary one, an empty one, and whatever a test needs besides. */
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import { finding, rule, skipped, suppression } from '#test/policy/judged.ts';

export const LINKS = {
  repoUrl: 'https://github.com/acme/vision',
  head: '1111111111111111111111111111111111111111',
  mergeBase: '2222222222222222222222222222222222222222',
};

export function emptyVerdict(change: Partial<Verdict> = {}): Verdict {
  return {
    conclusion: 'success',
    blocking: [],
    advisory: [],
    known: [],
    fixed: [],
    suppressed: [],
    addedSuppressions: [],
    coverage: { analysed: 3, changed: 3, skipped: [] },
    incomplete: false,
    notes: [],
    rules: [],
    ...change,
  };
}

const cell = { number: 4, execution: 7, line: 2 };
const notebook = { path: 'notebooks/eda.ipynb', startLine: 203, startColumn: 12, endLine: 203, endColumn: 40 };

const hubToken: Partial<JudgedFinding> = {
  ruleId: 'huggingface-token',
  analyzer: 'secrets',
  severity: 'critical',
  message:
    'A Hugging Face token stands in the file. Whoever reads the repository can act as its owner. Revoke it on huggingface.co, and read it from the environment.',
  excerpt: 'login(token="hf_…9Qx")',
  fingerprint: 'aa11bb22cc33dd44ee55',
};

const yamlLoad: Partial<JudgedFinding> = {
  ruleId: 'yaml-load-unsafe',
  severity: 'medium',
  message: '`yaml.load` with this loader builds any Python object that the file asks for. Use `yaml.safe_load`.',
  excerpt: 'yaml.load(f, Loader=yaml.Loader)',
  fingerprint: 'bb11bb22cc33dd44ee55',
};

/** What an everyday pull request of a data science team may come to. */
export function richVerdict(): Verdict {
  const accepted = suppression();
  return emptyVerdict({
    conclusion: 'failure',
    blocking: [
      finding({ ...hubToken, blocking: true, location: { ...notebook, cell } }),
      finding({ blocking: true }),
      finding({
        blocking: true,
        excerpt: 'torch.load(ckpt)',
        location: { path: 'evaluate.py', startLine: 88, startColumn: 5, endLine: 89, endColumn: 2 },
      }),
    ],
    advisory: [
      finding({
        ...yamlLoad,
        location: { path: 'config.py', startLine: 7, endLine: 7, startColumn: 10, endColumn: 43 },
      }),
    ],
    known: [
      finding({ state: 'known', location: { path: 'legacy/a.py' } }),
      finding({ state: 'known', location: { path: 'legacy/b.py' } }),
      finding({ ...yamlLoad, state: 'known', location: { path: 'legacy/a.py' } }),
    ],
    fixed: [finding({ ...yamlLoad, state: 'fixed', location: { path: 'serve.py', startLine: 30, endLine: 30 } })],
    suppressed: [finding({ state: 'suppressed', suppression: accepted })],
    addedSuppressions: [
      accepted,
      suppression({
        ruleIds: ['yaml-load-unsafe'],
        reason: '',
        until: '',
        problem: 'no-reason',
        location: { ...accepted.location, path: 'config.py', startLine: 20 },
      }),
    ],
    coverage: {
      analysed: 12,
      changed: 16,
      skipped: [
        skipped('data/embeddings.json', 'too-large', '30.1 MB, the limit is 5 MB'),
        skipped('assets/logo.png', 'binary'),
        skipped('assets/banner.png', 'binary'),
        skipped('models/encoder.bin', 'lfs-pointer', '1.3 GB'),
        skipped('notebooks/old.ipynb', 'syntax-error', 'cell 2, line 3', { analyzer: 'sast' }),
      ],
    },
    incomplete: true,
    notes: [
      "`fail-on: critical` in `.github/assay.yml` is looser than the organisation's policy allows; `fail-on: high` stands.",
    ],
    rules: [
      rule('huggingface-token', {
        analyzer: 'secrets',
        severity: 'critical',
        cwe: ['CWE-798: Use of Hard-coded Credentials'],
        references: ['https://huggingface.co/docs/hub/security-tokens'],
      }),
      rule('torch-load-untrusted', { references: ['https://pytorch.org/docs/stable/generated/torch.load.html'] }),
      rule('yaml-load-unsafe', { severity: 'medium' }),
    ],
  });
}

/** `count` blocking findings of `rules` rules, spread over files. */
export function manyFindings(count: number, rules: number, change: Partial<JudgedFinding> = {}): JudgedFinding[] {
  return Array.from({ length: count }, (_, index) =>
    finding({
      blocking: true,
      ruleId: `rule-${index % rules}`,
      fingerprint: `f${index}`,
      ...change,
      location: { path: `src/file_${index}.py`, startLine: index + 1, endLine: index + 1 },
    }),
  );
}
