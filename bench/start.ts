/** What it takes to start: `assay scan` of one small file, beside Gitleaks on the same file. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peerSeconds } from './peers.ts';

const REPORT = fileURLToPath(new URL('./report-cpu.js', import.meta.url));
const CLI = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const FILES = {
  'train.py': 'import torch\n\n\ndef evaluate(model, batch):\n    return model(batch).argmax(dim=-1)\n',
  'notes.md': '# Notes\n\nThe loss falls more slowly with the smaller batch.\n',
};
const RUNS = 7;

export interface StartFigures {
  /** Medians of the runs. */
  readonly seconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
  readonly gitleaks: 'not installed' | { readonly seconds: number; readonly timesAsLong: number };
}

export function measureStart(): Record<string, StartFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-start-'));
  try {
    return Object.fromEntries(
      Object.entries(FILES).map(([name, text]) => {
        const path = join(folder, name);
        writeFileSync(path, text);
        return [name, measure(path)];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(path: string): StartFigures {
  // The first run fills what Node keeps of compiled code.
  const runs = Array.from({ length: RUNS + 1 }, () => startAssay(path)).slice(1);
  const seconds = median(runs.map((run) => run.seconds));
  const peers = Array.from({ length: RUNS }, () => peerSeconds('gitleaks', ['dir', path, '--no-banner']));
  const peer = peers.includes(null) ? null : median(peers.map((one) => one ?? 0));
  return {
    seconds,
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    gitleaks:
      peer === null
        ? 'not installed'
        : { seconds: peer, timesAsLong: Number((seconds / Math.max(peer, 0.01)).toFixed(1)) },
  };
}

function startAssay(path: string): { seconds: number; cpuSeconds: number } {
  const started = performance.now();
  const { error, status, stderr } = spawnSync(process.execPath, ['--import', REPORT, CLI, 'scan', path], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`the scan failed: ${stderr.slice(-500)}`);
  const cpu = /CPU (\d+) ms/.exec(stderr)?.[1];
  return { seconds: round((performance.now() - started) / 1_000), cpuSeconds: round(Number(cpu) / 1_000) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
