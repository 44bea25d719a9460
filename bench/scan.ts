/** `assay scan` over a large tree, beside the peers that are installed, as megabytes a second and as ratios. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peerSeconds } from './peers.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface ScanFigures {
  readonly tree: string;
  readonly files: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  readonly peakMemoryMB: number;
  readonly peers: Readonly<
    Record<string, { readonly seconds: number; readonly timesAsFast: number } | 'not installed'>
  >;
}

/** The tree that was named, else the library of the machine's Python; null where there is none. */
export function findTree(named: string | undefined): string | null {
  if (named !== undefined) return named;
  const python = spawnSync('python3', ['-c', 'import os; print(os.path.dirname(os.__file__))'], { encoding: 'utf8' });
  return python.status === 0 ? python.stdout.trim() : null;
}

export function measureScan(tree: string): ScanFigures {
  const sizes = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  const assay = time(process.execPath, [
    '--import',
    join(ROOT, 'bench/report-memory.ts'),
    join(ROOT, 'bin/assay.js'),
    'scan',
    tree,
    '--format',
    'json',
    '--output',
    '/dev/null',
  ]);
  const peer = (command: string, args: string[]) => {
    const seconds = peerSeconds(command, args);
    return seconds === null
      ? ('not installed' as const)
      : { seconds, timesAsFast: Number((seconds / assay.seconds).toFixed(1)) };
  };
  return {
    tree,
    files: sizes.length,
    megabytes: Number(megabytes.toFixed(1)),
    seconds: assay.seconds,
    megabytesPerSecond: Number((megabytes / assay.seconds).toFixed(1)),
    peakMemoryMB: assay.peakMemoryMB,
    peers: {
      'semgrep, the same rules': peer('semgrep', [
        'scan',
        '--config',
        join(ROOT, 'rules/python'),
        '--metrics',
        'off',
        '--disable-version-check',
        '--no-git-ignore',
        '--quiet',
        '--json',
        tree,
      ]),
      'gitleaks, its own rules': peer('gitleaks', ['dir', tree, '--no-banner', '--exit-code', '0']),
    },
  };
}

/** Wall-clock seconds of a command, and its memory. */
function time(command: string, args: readonly string[]): { seconds: number; peakMemoryMB: number } {
  const started = performance.now();
  const { error, stderr } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (error !== undefined) throw error;
  const memory = /peak memory (\d+) MB/.exec(stderr)?.[1];
  return { seconds: Number(((performance.now() - started) / 1_000).toFixed(2)), peakMemoryMB: Number(memory ?? 0) };
}
