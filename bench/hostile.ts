/** `assay scan` over inputs that are made to hurt: how long each takes, how much memory, and what is said of it. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import { hostileArchives } from './hostile/archives.ts';
import type { HostileCase } from './hostile/case.ts';
import { hostileTeamRules } from './hostile/team-rules.ts';
import { hostileTexts } from './hostile/texts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface HostileFigures {
  readonly name: string;
  readonly seconds: number;
  readonly peakMemoryMB: number;
  readonly exitCode: number | null;
  readonly findings: number;
  /** Each reason why something was not read, with its words. */
  readonly said: readonly string[];
}

/** Those whose name holds `wanted`. */
export function measureHostile(wanted = ''): HostileFigures[] {
  const cases = [...hostileTexts(shippedKeywords()), ...hostileArchives(), ...hostileTeamRules()];
  return cases.filter(({ name }) => name.includes(wanted)).map(measure);
}

function measure({ name, files }: HostileCase): HostileFigures {
  const folder = mkdtempSync(join(tmpdir(), 'assay-hostile-'));
  try {
    for (const [path, pieces] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      const open = openSync(file, 'w');
      for (const piece of pieces()) writeSync(open, piece as string);
      closeSync(open);
    }
    return scan(name, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function scan(name: string, folder: string): HostileFigures {
  const args = ['--import', join(ROOT, 'bench/report-memory.ts'), join(ROOT, 'src/cli.ts')];
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, 'scan', '.', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const seconds = Number(((performance.now() - started) / 1_000).toFixed(1));
  const peakMemoryMB = Number(/peak memory (\d+) MB/.exec(stderr)?.[1] ?? 0);
  const report = status === null || status > 2 || stdout === '' ? null : JSON.parse(stdout);
  const said: string[] = [
    ...(report?.skipped ?? []).map(({ reason, detail }: Record<string, string>) => `${reason}: ${detail}`),
    ...(report?.notes ?? []).map((note: unknown) => JSON.stringify(note).slice(0, 200)),
  ];
  if (report === null) said.push(stderr.slice(0, 300));
  return {
    name,
    seconds,
    peakMemoryMB,
    exitCode: status,
    findings: report?.findings?.length ?? 0,
    said: [...new Set(said)].slice(0, 5),
  };
}

function shippedKeywords(): string[] {
  const folder = join(ROOT, 'rules/secrets');
  const files = readdirSync(folder).filter((file) => file.endsWith('.toml'));
  const rules = files.flatMap(
    (file) => (parse(readFileSync(join(folder, file), 'utf8')).rules ?? []) as { keywords?: string[] }[],
  );
  return [...new Set(rules.flatMap(({ keywords = [] }) => keywords))];
}
