/** Brings a verdict into its check run: annotations in batches, the conclusion with the last of them. */
import type { Repository } from '#domain/review-request.ts';
import type { Verdict } from '#domain/verdict.ts';
import type { Annotation, CheckRun, CheckRunUpdate } from '#github/check-runs.ts';
import { batches, toAnnotations } from './annotations.ts';
import { type CheckOutput, startedOutput } from './check-run.ts';

/** The check run to write to, and the part of the door to GitHub that it takes. */
export interface CheckRunTarget {
  readonly installation: {
    getCheckRun(repo: Repository, id: number): Promise<Pick<CheckRun, 'status' | 'annotations'>>;
    updateCheckRun(repo: Repository, id: number, update: CheckRunUpdate): Promise<unknown>;
  };
  readonly repo: Repository;
  readonly checkRunId: number;
  /** True when an earlier attempt may have sent something: GitHub is then asked what arrived. */
  readonly retried: boolean;
}

/** Concludes without annotations. Throws the door's AppErrors. */
export async function publish(target: CheckRunTarget, output: CheckOutput, now: Date): Promise<void> {
  await send(target, output, [], now);
}

/** Annotates, and concludes. Throws the door's AppErrors; calling it again with `retried` goes on where it stopped. */
export async function publishVerdict(
  target: CheckRunTarget,
  verdict: Verdict,
  output: CheckOutput,
  now: Date,
): Promise<void> {
  await send(target, output, toAnnotations(verdict), now);
}

/**
 * The updates that are still to be made when the check run has `already` annotations. There is always one, the last,
 * which concludes.
 */
export function planUpdates(
  output: CheckOutput,
  annotations: readonly Annotation[],
  already: number,
  now: Date,
): CheckRunUpdate[] {
  const { conclusion, title, summary } = output;
  const remaining = batches(annotations.slice(already));
  const last = remaining.pop() ?? [];
  return [
    ...remaining.map((batch) => ({ ...startedOutput(), annotations: batch })),
    { status: 'completed', conclusion, completedAt: now.toISOString(), title, summary, annotations: last },
  ];
}

/**
 * GitHub appends annotations, and may answer 502 to an update that it has made. So a later attempt sends nothing before
 * it knows how many are there: the list is always in the same order, and the rest follows from the number.
 */
async function send(
  { installation, repo, checkRunId, retried }: CheckRunTarget,
  output: CheckOutput,
  annotations: readonly Annotation[],
  now: Date,
): Promise<void> {
  let already = 0;
  if (retried) {
    const run = await installation.getCheckRun(repo, checkRunId);
    if (run.status === 'completed') return;
    already = run.annotations;
  }
  for (const update of planUpdates(output, annotations, already, now)) {
    await installation.updateCheckRun(repo, checkRunId, update);
  }
}
