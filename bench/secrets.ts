/** Secrets: `assay scan` beside Gitleaks, over the same tree in one run, with the same rules in both, and each as it is shipped. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'smol-toml';
import { peerCommand } from './peers.ts';
import { measureProcess, type ProcessFigures } from './process.ts';

const CLI = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const PACK = fileURLToPath(new URL('../rules/secrets', import.meta.url));

/** `config`: a Gitleaks configuration that both are given. */
export async function measureSecrets(tree: string, config: string | undefined) {
  const sizes = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const pack = join(folder, 'pack.toml');
    writeFileSync(pack, packAsOneFile());
    const given = config === undefined ? null : resolve(config);
    return {
      tree,
      files: sizes.length,
      megabytes: round(megabytes),
      sameConfiguration: given === null ? 'none: name one with --config' : await compare(given, given),
      samePack: await compare(pack, pack),
      asShipped: await compare(PACK, null),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }

  /** Both decode what is encoded, as they do where they are not told otherwise; Assay opens archives and notebooks besides. */
  async function compare(ours: string, theirs: string | null) {
    const ourReport = join(folder, 'assay.json');
    const theirReport = join(folder, 'gitleaks.json');
    const scan = ['scan', tree, '--only-rules', ours, '--fail-on', 'never', '--format', 'json', '--output', ourReport];
    const assay = await measureProcess(process.execPath, [CLI, ...scan]);
    const output = ['--no-banner', '--exit-code', '0', '--report-format', 'json', '--report-path', theirReport];
    const rules = theirs === null ? [] : ['--config', theirs];
    const gitleaks = await measureProcess(peerCommand('gitleaks'), ['dir', tree, ...rules, ...output]);
    if (assay === null) throw new Error('Node did not start');
    const { findings } = JSON.parse(readFileSync(ourReport, 'utf8')) as { findings: { locations?: unknown[] }[] };
    // One secret in five places is one finding of ours.
    const places = findings.reduce((sum, { locations = [] }) => sum + 1 + locations.length, 0);
    const own = { assay: withSpeed(assay, places) };
    if (gitleaks === null) return { ...own, gitleaks: 'not installed' };
    const found = JSON.parse(readFileSync(theirReport, 'utf8')) as unknown[];
    return {
      ...own,
      gitleaks: withSpeed(gitleaks, found.length),
      timesAsFast: round(gitleaks.seconds / assay.seconds),
    };
  }

  function withSpeed(figures: ProcessFigures, places: number) {
    return { ...figures, megabytesPerSecond: round(megabytes / figures.seconds), places };
  }
}

/** Our rules as Gitleaks can read them. A file's own allowlists stay those of its rules. */
function packAsOneFile(): string {
  const files = readdirSync(PACK)
    .filter((name) => name.endsWith('.toml'))
    .map((name) => parse(readFileSync(join(PACK, name), 'utf8')) as RuleTables);
  const rules = files.flatMap((file) => file.rules ?? []);
  const allowlists = files.flatMap((file) =>
    (file.allowlists ?? []).map((list) => ({ targetRules: (file.rules ?? []).map(({ id }) => id), ...list })),
  );
  return stringify({ title: 'Assay', rules, allowlists });
}

interface RuleTables {
  readonly rules?: readonly { readonly id: string }[];
  readonly allowlists?: readonly object[];
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
