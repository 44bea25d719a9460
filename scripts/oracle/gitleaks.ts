/** Runs Gitleaks over a tree. `ASSAY_GITLEAKS` names it where it is not on the PATH. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lines count from 1; what is found by the path alone has line 1, too. The secret itself is left where it was. */
export interface GitleaksFinding {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

/** Null when it is not installed. Paths are relative to the tree. */
export function askGitleaks(config: string, tree: string): GitleaksFinding[] | null {
  const folder = mkdtempSync(join(tmpdir(), 'assay-oracle-'));
  try {
    const report = join(folder, 'report.json');
    const output = ['--no-banner', '--report-format', 'json', '--report-path', report, '--exit-code', '0'];
    const all = [
      '--ignore-gitleaks-allow',
      '--max-decode-depth',
      '0',
      '--gitleaks-ignore-path',
      folder,
      '--config',
      config,
    ];
    const { error, status, stderr } = spawnSync(
      process.env.ASSAY_GITLEAKS ?? 'gitleaks',
      ['dir', '.', ...all, ...output],
      { cwd: tree, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
    );
    if (error !== undefined) return null;
    if (status !== 0) throw new Error(`gitleaks failed: ${stderr.slice(-500)}`);
    const found = JSON.parse(readFileSync(report, 'utf8')) as Record<string, unknown>[];
    return found.map(({ RuleID, File, StartLine, EndLine }) => ({
      rule: String(RuleID),
      path: String(File),
      line: Math.max(1, Number(StartLine)),
      endLine: Number(EndLine),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
