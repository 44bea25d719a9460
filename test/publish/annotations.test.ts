import { describe, expect, it } from 'vitest';
import type { JudgedFinding } from '#domain/verdict.ts';
import { batches, MAX_ANNOTATIONS, toAnnotations } from '#publish/annotations.ts';
import { finding } from '#test/policy/judged.ts';
import { manyFindings, richVerdict } from '#test/publish/verdicts.ts';

const annotate = (change: Parameters<typeof finding>[0]) =>
  toAnnotations({ blocking: [], advisory: [finding(change)] })[0]!;

describe('annotations', () => {
  it('say what a person needs at the line, the blocking ones first', () => {
    expect(toAnnotations(richVerdict())).toMatchInlineSnapshot(`
      [
        {
          "endColumn": 39,
          "endLine": 203,
          "level": "failure",
          "message": "A Hugging Face token stands in the file. Whoever reads the repository can act as its owner. Revoke it on huggingface.co, and read it from the environment.

      In cell 4 (In [7]), line 2: login(token="hf_…9Qx")

      To accept it, write in its cell, on its line or the line above: # assay: allow[huggingface-token] reason="why this is safe" until=YYYY-MM-DD",
          "path": "notebooks/eda.ipynb",
          "startColumn": 12,
          "startLine": 203,
          "title": "Critical: huggingface-token",
        },
        {
          "endColumn": 24,
          "endLine": 14,
          "level": "failure",
          "message": "\`torch.load\` unpickles the file, and a pickle can run any code on this machine. Pass \`weights_only=True\`, or store the weights as safetensors.

      To accept it, write on this line or the line above: # assay: allow[torch-load-untrusted] reason="why this is safe" until=YYYY-MM-DD",
          "path": "train.py",
          "startColumn": 9,
          "startLine": 14,
          "title": "High: torch-load-untrusted",
        },
        {
          "endLine": 89,
          "level": "failure",
          "message": "\`torch.load\` unpickles the file, and a pickle can run any code on this machine. Pass \`weights_only=True\`, or store the weights as safetensors.

      To accept it, write on this line or the line above: # assay: allow[torch-load-untrusted] reason="why this is safe" until=YYYY-MM-DD",
          "path": "evaluate.py",
          "startLine": 88,
          "title": "High: torch-load-untrusted",
        },
        {
          "endColumn": 42,
          "endLine": 7,
          "level": "warning",
          "message": "\`yaml.load\` with this loader builds any Python object that the file asks for. Use \`yaml.safe_load\`.

      To accept it, write on this line or the line above: # assay: allow[yaml-load-unsafe] reason="why this is safe" until=YYYY-MM-DD",
          "path": "config.py",
          "startColumn": 10,
          "startLine": 7,
          "title": "Medium: yaml-load-unsafe",
        },
      ]
    `);
  });

  it.each<[Partial<JudgedFinding>, string]>([
    [{ severity: 'low', blocking: true }, 'failure'],
    [{ severity: 'critical' }, 'warning'],
    [{ severity: 'high' }, 'warning'],
    [{ severity: 'medium' }, 'warning'],
    [{ severity: 'low' }, 'notice'],
    [{ severity: 'info' }, 'notice'],
  ])('%j is a %s', (change, level) => {
    expect(annotate(change).level).toBe(level);
  });

  it('have columns on one line only, the last one included', () => {
    const at = (location: Partial<JudgedFinding['location']>) => {
      const { startLine, endLine, startColumn, endColumn } = annotate({ location });
      return { startLine, endLine, startColumn, endColumn };
    };
    expect(at({ startLine: 3, endLine: 3, startColumn: 5, endColumn: 9 })).toEqual({
      startLine: 3,
      endLine: 3,
      startColumn: 5,
      endColumn: 8,
    });
    expect(at({ startLine: 3, endLine: 3, startColumn: 5, endColumn: 5 })).toEqual({
      startLine: 3,
      endLine: 3,
      startColumn: 5,
      endColumn: 5,
    });
    expect(at({ startLine: 3, endLine: 4, startColumn: 5, endColumn: 2 })).toEqual({ startLine: 3, endLine: 4 });
  });

  it('keep within the limits of GitHub, and keep the end of the message', () => {
    const { title, message } = annotate({
      ruleId: '😀'.repeat(300),
      message: 'é'.repeat(70_000),
      excerpt: 'x'.repeat(9_000),
    });
    expect(title.length).toBeLessThanOrEqual(255);
    expect(title.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(65_536);
    expect(message).toMatch(/é…\n\nTo accept it, write on this line or the line above: # assay: allow\[/);
  });

  it('are not Markdown, and still neither notify nor hide anything', () => {
    const { message, path } = annotate({
      message: 'ask @octocat, see https://evil.example **now**\u202E\u0007\nsecond line',
      location: { path: 'a\u202Eb.ipynb', cell: { number: 1, execution: null, line: 3 } },
      excerpt: 'x = 1\n@acme/team',
    });
    expect(path).toBe('a\u202Eb.ipynb');
    expect(message).toBe(
      [
        // Plain text, where nothing becomes a link: an address must be good to copy.
        'ask @\u200Boctocat, see https://evil.example **now**\\u{202E}\\u{7}\nsecond line',
        'In cell 1, line 3: x = 1 @\u200Bacme/team',
        'To accept it, write in its cell, on its line or the line above: # assay: allow[torch-load-untrusted] reason="why this is safe" until=YYYY-MM-DD',
      ].join('\n\n'),
    );
  });

  it('are at most five hundred, the worst', () => {
    const blocking = manyFindings(400, 5);
    const advisory = manyFindings(400, 5, { blocking: false });
    const annotations = toAnnotations({ blocking, advisory });
    expect(annotations).toHaveLength(MAX_ANNOTATIONS);
    expect(annotations.filter(({ level }) => level === 'failure')).toHaveLength(400);
  });
});

it.each([
  [0, []],
  [1, [1]],
  [50, [50]],
  [51, [50, 1]],
  [120, [50, 50, 20]],
])('%i annotations go in batches of %j', (count, sizes) => {
  const annotations = toAnnotations({ blocking: manyFindings(count, 3), advisory: [] });
  expect(batches(annotations).map(({ length }) => length)).toEqual(sizes);
  expect(batches(annotations).flat()).toEqual(annotations);
});
