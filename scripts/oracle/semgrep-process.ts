/** The Semgrep command: where it is, what it is given, and which rules it does not take. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const FLAGS = ['scan', '--metrics=off', '--disable-version-check', '--no-git-ignore', '--json', '--quiet', '-j', '1'];
/** Bytes of JSON that one run may print. */
const MAX_OUTPUT = 1 << 30;

const Place = z.object({ line: z.number(), col: z.number() });
const Output = z.object({
  results: z.array(
    z.object({
      check_id: z.string(),
      path: z.string(),
      start: Place,
      end: Place,
      extra: z.object({ message: z.string(), fix: z.string().optional() }),
    }),
  ),
  errors: z.array(
    z.object({
      rule_id: z.string().optional(),
      message: z.string().optional(),
      long_msg: z.string().optional(),
      path: z.string().optional(),
      spans: z.array(z.object({ file: z.string() })).optional(),
    }),
  ),
});
type Output = z.infer<typeof Output>;
export type SemgrepResult = Output['results'][number];

/** A rule as Semgrep reads it. */
export interface RawRule {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** The command, or null where it is not installed. */
export function findSemgrep(): string | null {
  const command = process.env.ASSAY_SEMGREP ?? 'semgrep';
  return spawnSync(command, ['--version', '--disable-version-check'], { encoding: 'utf8' }).status === 0
    ? command
    : null;
}

/** How many files the rules of one that Semgrep does not take are spread over, to find out which of them it is. */
const PARTS = 12;

/** Who hears what goes wrong. */
export interface Listener {
  /** A rule that does not run. */
  refuse(id: string, reason: string): void;
  /** A target that some rule made Semgrep give up: it is not said which one. */
  giveUp(path: string, reason: string): void;
}

/** Semgrep says so of a target with which all is well. */
const GIVEN_UP = /\bFailure: /;

/**
 * Runs all rules over `folder/targets`. Semgrep starts once for hundreds of
 * rules in one file, takes seconds more where each has its own, and takes all files or none: so a file that it does not
 * take is divided, until what is left of it is one rule.
 */
export function scanAll(
  command: string,
  folder: string,
  rules: readonly RawRule[],
  listener: Listener,
): SemgrepResult[] {
  let groups: (readonly RawRule[])[] = [rules];
  while (groups.length > 0) {
    const files = new Map(groups.map((group, i) => [`rules-${i}.json`, group]));
    for (const [name, group] of files) writeFileSync(join(folder, name), JSON.stringify({ rules: group }));
    const configs = [...files.keys()].flatMap((name) => ['--config', name]);
    const { results, errors } = runOnce(command, folder, [...FLAGS, ...configs, 'targets']);
    const wrong = new Map<string, string>();
    const divided = new Set<string>();
    for (const { rule_id, message, long_msg, path, spans = [] } of errors) {
      const reason = long_msg ?? message ?? 'no reason given';
      if (path !== undefined && GIVEN_UP.test(reason)) listener.giveUp(path, reason);
      if (rule_id !== undefined && path === undefined) listener.refuse(rule_id, reason);
      for (const { file } of spans) if ((files.get(file)?.length ?? 0) > 1) divided.add(file);
      for (const { id } of blamed(reason, spans, files)) wrong.set(id, reason);
    }
    for (const [id, reason] of wrong) listener.refuse(id, reason);
    if (wrong.size === 0 && divided.size === 0) return results;
    groups = [...files]
      .map(([name, group]) => [name, group.filter(({ id }) => !wrong.has(id))] as const)
      .flatMap(([name, group]) => (divided.has(name) ? divide(group) : [group]))
      .filter((group) => group.length > 0);
  }
  return [];
}

function divide(rules: readonly RawRule[]): RawRule[][] {
  const size = Math.ceil(rules.length / PARTS);
  return Array.from({ length: PARTS }, (_, i) => rules.slice(i * size, (i + 1) * size));
}

/** The rules that an error speaks of, where that is sure. */
function blamed(
  reason: string,
  spans: readonly { readonly file: string }[],
  files: ReadonlyMap<string, readonly RawRule[]>,
): RawRule[] {
  const [, language] = /^unsupported language: (\S+)\. supported/.exec(reason) ?? [];
  if (language !== undefined)
    return [...files.values()].flat().filter(({ languages }) => [languages].flat().includes(language));
  return spans.flatMap(({ file }) => {
    const group = files.get(file) ?? [];
    return group.length === 1 ? group : [];
  });
}

/** @throws Error when Semgrep says nothing that can be read. */
function runOnce(command: string, folder: string, args: readonly string[]): Output {
  const run = spawnSync(command, args, { cwd: folder, encoding: 'utf8', maxBuffer: MAX_OUTPUT });
  try {
    return Output.parse(JSON.parse(run.stdout));
  } catch (cause) {
    throw new Error(`Semgrep failed: ${run.stderr.slice(0, 2_000) || run.stdout.slice(0, 2_000)}`, { cause });
  }
}
