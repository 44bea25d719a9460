/** `npm run oracle -- secrets --config FILE --tree DIR`: every finding that only one of Assay's detectors and Gitleaks has. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import type { Part } from '#domain/part.ts';
import { createLineIndex } from '#unpack/line-index.ts';
import { askGitleaks, type GitleaksFinding } from './gitleaks.ts';

/** Where a NUL stands in so many first bytes a file is binary, which Assay does not read as text. */
const SNIFFED_BYTES = 8_000;
const USAGE = 'npm run oracle -- secrets --config FILE --tree DIR';

/** Lines are those of the whole match, as Gitleaks tells them. */
interface OurFinding {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

/** 0: the same findings; 1: differences; 2: wrong usage. */
export async function secretsOracle(args: readonly string[]): Promise<number> {
  const options = { config: { type: 'string' }, tree: { type: 'string' } } as const;
  const { config, tree } = parseArgs({ args: [...args], options }).values;
  if (config === undefined || tree === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const started = performance.now();
  const theirs = askGitleaks(resolve(config), resolve(tree));
  if (theirs === null) {
    process.stdout.write('skipped: gitleaks is not installed (ASSAY_GITLEAKS names it where it is not on the PATH)\n');
    return 0;
  }
  const answered = performance.now();
  const { found, binary, files, problems } = await runAssay(resolve(config), resolve(tree));
  const ended = performance.now();
  const compared = compare(
    found,
    theirs.filter(({ path }) => !binary.has(path)),
  );
  const lines = [
    ...problems.map((problem) => `problem: ${problem}`),
    ...compared.onlyGitleaks.map(({ rule, path, line }) => `only gitleaks: ${rule} ${path}:${line}`),
    ...compared.onlyAssay.map(({ rule, path, line }) => `only assay: ${rule} ${path}:${line}`),
    `${files} files (${binary.size} binary ones left out): ${compared.same} findings of both, ` +
      `${compared.onlyGitleaks.length} of gitleaks alone, ${compared.onlyAssay.length} of assay alone; ` +
      `${compared.merged} of gitleaks stand under a more specific rule of the same place`,
    `gitleaks ${seconds(answered - started)}, assay ${seconds(ended - answered)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return compared.onlyGitleaks.length + compared.onlyAssay.length > 0 ? 1 : 0;
}

/** The detectors alone: each file is one text, and nothing is decoded or unpacked. */
async function runAssay(config: string, tree: string) {
  const analyzer = await createSecretsAnalyzer([{ path: config, text: readFileSync(config, 'utf8') }], {
    fingerprintKey: 'oracle',
    readExtended: (path) => readFileSync(join(dirname(config), path), 'utf8'),
  });
  const found: OurFinding[] = [];
  const binary = new Set<string>();
  const paths = listFiles(tree);
  for (const path of paths) {
    const bytes = readFileSync(join(tree, path));
    if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) {
      binary.add(path);
      continue;
    }
    const part = textPart(path, bytes.toString('utf8'));
    const { matches } = analyzer.analyze(part, { expired: () => false });
    for (const { ruleId, start, end, evidence } of matches) {
      const { from = part.locate(start).line, to = part.locate(end).line } = evidence?.matchLines ?? {};
      if ((evidence?.decoders.length ?? 0) === 0) found.push({ rule: ruleId, path, line: from, endLine: to });
    }
  }
  const problems = analyzer.problems.map(({ line, message }) => `line ${line}: ${message}`);
  return { found, binary, files: paths.length, problems };
}

/** Links are not followed. */
function listFiles(tree: string, folder = ''): string[] {
  return readdirSync(join(tree, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === '.git' ? [] : listFiles(tree, path);
      return entry.isFile() ? [path] : [];
    });
}

function textPart(path: string, text: string): Part {
  const named = text === '' ? {} : { named: true as const };
  return { path, kind: 'source', language: null, text, ...named, locate: createLineIndex(text) };
}

/** One of ours answers one of theirs of the same rule; several rules for one place are one finding of ours. */
function compare(ours: readonly OurFinding[], theirs: readonly GitleaksFinding[]) {
  const waiting = Map.groupBy(theirs, ({ path }) => path);
  const onlyAssay: OurFinding[] = [];
  let same = 0;
  for (const finding of ours) {
    const list = waiting.get(finding.path) ?? [];
    const index = list.findIndex((one) => one.rule === finding.rule && isThere(finding, one.line));
    if (index >= 0) {
      list.splice(index, 1);
      same++;
    } else onlyAssay.push(finding);
  }
  const oursByPath = Map.groupBy(ours, ({ path }) => path);
  const left = [...waiting.values()].flat();
  const onlyGitleaks = left.filter((one) => !(oursByPath.get(one.path) ?? []).some((other) => meet(one, other)));
  return { same, onlyAssay, onlyGitleaks, merged: left.length - onlyGitleaks.length };
}

/** Where other rules found the secret too, the lines of ours reach over the matches of all. */
function isThere({ line, endLine }: OurFinding, theirLine: number): boolean {
  return line <= theirLine && theirLine <= endLine;
}

function meet(theirs: GitleaksFinding, ours: OurFinding): boolean {
  return theirs.line <= ours.endLine && ours.line <= Math.max(theirs.line, theirs.endLine);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
