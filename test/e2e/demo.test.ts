import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderPage } from '#demo/page.ts';

const DEMO = fileURLToPath(new URL('../../demo/main.ts', import.meta.url));

describe('the demo', () => {
  it("prints the review and exits with the verdict's code", async () => {
    const { code, output } = await new Promise<{ code: number | null; output: string }>((resolve) => {
      const child = execFile(process.execPath, [DEMO, '--once'], (_, stdout, stderr) =>
        resolve({ code: child.exitCode, output: stdout + stderr }),
      );
    });
    expect(output).toContain('Check run Assay: failure');
    for (const place of ['train.py:21', 'train.py:37', 'config.yaml:6', 'notebooks/explore.ipynb:'])
      expect(output).toContain(place);
    expect(code).toBe(1);
  });

  it('escapes on its page what comes from the pull request', () => {
    const hostile = '<script>alert(1)</script>';
    const page = renderPage({
      title: hostile,
      number: 1,
      repository: hostile,
      headRef: hostile,
      baseRef: hostile,
      check: { conclusion: 'failure', title: hostile, summary: 'fine' },
      annotations: [
        { path: hostile, start_line: 1, end_line: 1, annotation_level: 'failure', title: hostile, message: hostile },
      ],
      files: [{ filename: hostile, status: 'added', patch: `@@ -0,0 +1 @@\n+${hostile}` }],
    });
    expect(page).not.toContain('<script>');
    expect(page.match(/&#60;script/g)).toHaveLength(10);
  });
});
