/** The rule engine beside Semgrep, on the same rules and the same files in one run: a whole tree, ten files, and more and more rules. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { listRuleFiles } from '#analyzers/rulebook.ts';
import { createInspectionPool } from '#analyzers/run.ts';
import type { RuleFile } from '#domain/rule.ts';
import { peerSeconds } from './peers.ts';

const RULES = fileURLToPath(new URL('../rules/python', import.meta.url));
const RULE_COUNTS = [10, 100, 400];
const PULL_FILES = 10;
/** What a changed file of a pull request mostly has (bytes). */
const PULL_FILE_BYTES = { from: 5_000, to: 60_000 };

interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export async function measureEngine(tree: string) {
  const files = readPython(tree);
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  const rules = readRules();
  const usual = files.filter(({ bytes }) => bytes.length > PULL_FILE_BYTES.from && bytes.length < PULL_FILE_BYTES.to);
  const stride = Math.max(1, Math.floor(usual.length / PULL_FILES));
  const pull = usual.filter((_, i) => i % stride === 0).slice(0, PULL_FILES);

  const whole = await timeInspection(rules, files);
  const ten = await timeInspection(rules, pull);
  const semgrepTree = peerSeconds('semgrep', semgrep(tree));
  const semgrepTen = peerSeconds('semgrep', semgrep(...pull.map(({ path }) => path)));
  const growth = [];
  for (const count of RULE_COUNTS) {
    growth.push({ rules: count, ...(await timeInspection(manyRules(rules, count), files)) });
  }
  return {
    tree,
    files: files.length,
    megabytes: round(megabytes),
    rules: rules.length,
    wholeTree: { ...whole, megabytesPerSecond: round(megabytes / whole.seconds), ...against(semgrepTree, whole) },
    pullRequest: { files: pull.length, ...ten, ...against(semgrepTen, ten) },
    growth,
  };
}

function semgrep(...targets: string[]): string[] {
  const quiet = ['--metrics', 'off', '--disable-version-check', '--no-git-ignore', '--quiet', '--json'];
  return ['scan', '--config', RULES, '--jobs', String(availableParallelism()), ...quiet, ...targets];
}

function against(semgrepSeconds: number | null, { seconds }: { seconds: number }) {
  if (semgrepSeconds === null) return { semgrep: 'not installed' };
  return { semgrepSeconds, timesAsFast: round(semgrepSeconds / seconds) };
}

/** Seconds by the clock and of both threads, which have started and hold the rules, as the App's have when a webhook comes. */
async function timeInspection(code: readonly RuleFile[], files: readonly SourceFile[]) {
  const pool = createInspectionPool({
    entry: new URL('../src/inspection/thread.ts', import.meta.url),
    threads: availableParallelism(),
    rulebook: { code, secrets: [], verification: [], digest: '' },
    fingerprintKey: 'bench',
  });
  const tasks = files.map(({ path, bytes }) => ({ path, side: 'head' as const, bytes, now: 0 }));
  const options = { limitMs: Number.POSITIVE_INFINITY };
  const warmUp = Array.from({ length: 64 }, (_, i) => tasks[i % tasks.length]!);
  await pool.run(warmUp, options);
  const before = process.cpuUsage();
  const started = performance.now();
  const inspections = await pool.run(tasks, options);
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before);
  await pool.close();
  const findings = inspections.reduce((sum, inspection) => sum + inspection.findings.length, 0);
  return { seconds: Number(seconds.toFixed(3)), cpuSeconds: Number(((user + system) / 1e6).toFixed(3)), findings };
}

function readPython(tree: string): SourceFile[] {
  return readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size < 1_000_000)
    .sort()
    .map((path) => ({ path, bytes: readFileSync(path) }));
}

function readRules(): RuleFile[] {
  const names = listRuleFiles(RULES).filter((name) => /\.ya?ml$/.test(name));
  return names.map((name) => ({ path: name, text: readFileSync(join(RULES, name), 'utf8') }));
}

/** More rules than there are: the same ones under other ids, about names that the tree does not have. */
function manyRules(rules: readonly RuleFile[], count: number): RuleFile[] {
  return Array.from({ length: count }, (_, i) => {
    const at = count < rules.length ? Math.floor((i * rules.length) / count) : i % rules.length;
    const { path, text } = rules[at]!;
    const round = Math.floor(i / rules.length);
    if (round === 0) return { path, text };
    return { path: `${round}/${path}`, text: stringify(elsewhere(parse(text), '', `_${round}`)) };
  });
}

/** What a rule says to Python itself stays, and so does what its regular expressions ask of names. */
const PYTHON = new Set(
  'False None True and as assert async await class def del elif else except finally for from if import in is lambda not or pass raise return try while with yield'.split(
    ' ',
  ),
);
const NAMES = /(?<![$\w])[A-Za-z_]\w*/g;

/** The rule with its id and every name in its patterns given another ending. */
function elsewhere(value: unknown, key: string, ending: string): unknown {
  if (Array.isArray(value)) return value.map((item) => elsewhere(item, key, ending));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([own, part]) => [own, elsewhere(part, own, ending)]));
  if (typeof value !== 'string') return value;
  if (key === 'id') return `${value}${ending}`;
  if (!/^pattern/.test(key) || key === 'pattern-regex') return value;
  return value.replace(NAMES, (name) => (PYTHON.has(name) ? name : `${name}${ending}`));
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
