/** Asks Semgrep, all cases in one run: it takes seconds to start and milliseconds for a rule. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Answer, Case, Found, Refusal } from './case.ts';
import { type Listener, type RawRule, type SemgrepResult, scanAll } from './semgrep-process.ts';

/** A rule file as it goes into the run: its rules have names that are unique there. Files of the same text are one. */
interface FileInRun {
  readonly rules: RawRule[];
  readonly targets: Set<string>;
  readonly refused: Refusal[];
}

/** Answers in the order of the cases. */
export function runSemgrep(command: string, cases: readonly Case[]): Answer[] {
  const folder = mkdtempSync(join(tmpdir(), 'assay-oracle-'));
  try {
    const targets = writeTargets(folder, cases);
    const files = new Map<string, FileInRun>();
    const keys = new Map<string, FileInRun>();
    for (const { rules, target } of cases) {
      const file = files.get(rules.text) ?? readRules(rules.text, `r${files.size}`);
      if (!files.has(rules.text)) keys.set(`r${files.size}`, file);
      files.set(rules.text, file);
      file.targets.add(targets.get(target)!);
    }
    const found = new Map<string, Found[]>();
    const givenUp = new Map<string, Refusal>();
    const listener: Listener = {
      refuse(id, reason) {
        const { key, ruleId } = nameInRun(id);
        keys.get(key)!.refused.push({ ruleId, reason });
      },
      giveUp: (path, reason) => givenUp.set(targetOf(path), { ruleId: null, reason }),
    };
    const texts = new Map([...targets].map(([{ bytes }, name]) => [name, new TextDecoder().decode(bytes).split('\n')]));
    for (const result of scanAll(command, folder, [...files.values()].flatMap(rulesOf), listener)) {
      const { key, ruleId } = nameInRun(result.check_id);
      const name = targetOf(result.path);
      const at = `${key} ${name}`;
      found.set(at, [...(found.get(at) ?? []), toFound(ruleId, result, texts.get(name)!)]);
    }
    const keyOf = new Map([...keys].map(([key, file]) => [file, key]));
    return cases.map(({ rules, target }) => {
      const file = files.get(rules.text)!;
      const name = targets.get(target)!;
      const failed = givenUp.get(name);
      const refused = failed === undefined ? file.refused : [...file.refused, failed];
      return { found: found.get(`${keyOf.get(file)} ${name}`) ?? [], refused };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each target has a folder of its own, so that its path below it may matter to a rule. */
function writeTargets(folder: string, cases: readonly Case[]): Map<Case['target'], string> {
  const names = new Map<Case['target'], string>();
  for (const { target } of cases) {
    if (names.has(target)) continue;
    const name = `t${names.size}`;
    names.set(target, name);
    const path = join(folder, 'targets', name, target.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, target.bytes);
  }
  return names;
}

function readRules(text: string, key: string): FileInRun {
  const file: FileInRun = { rules: [], targets: new Set(), refused: [] };
  try {
    const { rules } = parse(text, { version: '1.2', logLevel: 'silent' }) as { rules: Record<string, unknown>[] };
    // `nosemgrep: id` means a rule whose name ends in `.id` too.
    file.rules.push(...rules.map((rule) => ({ ...rule, id: `${key}.${String(rule.id)}` })));
  } catch (error) {
    file.refused.push({ ruleId: null, reason: (error as Error).message });
  }
  return file;
}

function nameInRun(id: string): { key: string; ruleId: string } {
  const [, key = '', ruleId = ''] = /(?:^|\.)(r\d+)\.(.*)$/s.exec(id) ?? [];
  return { key, ruleId };
}

/** The folder of a path below `targets`. */
function targetOf(path: string): string {
  return path.split('/')[1]!;
}

/** More targets than this, and a rule looks at all files of the run. */
const MAX_NAMED_TARGETS = 50;

/** A rule that says itself which paths it is for keeps to that. */
function rulesOf({ rules, targets }: FileInRun): RawRule[] {
  if (targets.size > MAX_NAMED_TARGETS) return rules;
  const include = [...targets].map((name) => `**/${name}/**`);
  return rules.map((rule) => ({ paths: { include }, ...rule }));
}

/** Semgrep counts columns in bytes. */
function toFound(ruleId: string, { start, end, extra }: SemgrepResult, lines: readonly string[]): Found {
  return {
    ruleId,
    startLine: start.line,
    startColumn: columnOf(lines[start.line - 1] ?? '', start.col),
    endLine: end.line,
    endColumn: columnOf(lines[end.line - 1] ?? '', end.col),
    message: extra.message.trim(),
    fix: extra.fix ?? null,
  };
}

function columnOf(line: string, column: number): number {
  const before = Buffer.from(line).subarray(0, column - 1);
  return before.length < column - 1 ? column : before.toString().length + 1;
}
