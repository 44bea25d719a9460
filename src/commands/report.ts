/** The end of `review` and `scan`: the verdict in the format and the place that were asked for, and the exit code. */
import { writeFileSync } from 'node:fs';
import { AppError } from '#domain/errors.ts';
import type { RuleProblem } from '#domain/rule.ts';
import type { Verdict } from '#domain/verdict.ts';
import { renderJson } from '#publish/json.ts';
import { renderSarif } from '#publish/sarif.ts';
import { renderText } from '#publish/terminal.ts';
import { ruleProblemLine } from '#publish/words-rules.ts';
import type { OutputOptions } from './arguments.ts';
import { readVersion } from './version.ts';

export interface ReportContext extends OutputOptions {
  readonly problems: readonly RuleProblem[];
  /** False when a policy file could not be used. */
  readonly soundPolicy: boolean;
  /** Full commit ids; null for a scan. */
  readonly base: string | null;
  readonly head: string | null;
}

const CLEAN = 0;
const BLOCKED = 1;
const MISUSED = 2;

/** @throws AppError `unreadable-path` when the output file cannot be written. */
export function report(verdict: Verdict, context: ReportContext): number {
  for (const problem of context.problems) process.stderr.write(`${ruleProblemLine(problem)}\n`);
  const text = render(verdict, context);
  if (context.output === null) process.stdout.write(text);
  else write(context.output, text);
  if (context.problems.some(({ kind }) => kind === 'invalid')) return MISUSED;
  if (verdict.conclusion === 'failure') return BLOCKED;
  return context.soundPolicy ? CLEAN : MISUSED;
}

function render(verdict: Verdict, { format, output, base, head }: ReportContext): string {
  const version = readVersion();
  if (format === 'json') return renderJson(verdict, { version, base, head });
  if (format === 'sarif') return renderSarif(verdict, { version, base, head });
  const { stdout, env } = process;
  const color = output === null && stdout.isTTY && (env.NO_COLOR ?? '') === '';
  return renderText(verdict, { color, compared: head !== null, ...(stdout.isTTY ? { width: stdout.columns } : {}) });
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new AppError('unreadable-path', `cannot write ${path}: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
}
