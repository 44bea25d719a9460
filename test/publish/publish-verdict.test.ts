import { describe, expect, it } from 'vitest';
import type { Annotation, CheckRunUpdate } from '#github/check-runs.ts';
import { toAnnotations } from '#publish/annotations.ts';
import { concludedOutput, draftOutput } from '#publish/check-run.ts';
import { type CheckRunTarget, planUpdates, publish, publishVerdict } from '#publish/publish-verdict.ts';
import { emptyVerdict, LINKS, manyFindings } from '#test/publish/verdicts.ts';

const NOW = new Date('2026-11-20T10:00:00Z');
const repo = { id: 1, owner: 'acme', name: 'vision' };

/** A check run as GitHub keeps it. `fail` makes the nth update fail, before or after GitHub has made it. */
function checkRun(fail: { update: number; made: boolean } | null = null) {
  const state = {
    status: 'in_progress',
    conclusion: null as string | null,
    title: '',
    summary: '',
    annotations: [] as Annotation[],
    updates: 0,
  };
  const installation: CheckRunTarget['installation'] = {
    async getCheckRun() {
      return { status: state.status, annotations: state.annotations.length };
    },
    async updateCheckRun(_repo, _id, update: CheckRunUpdate) {
      state.updates += 1;
      const failing = fail?.update === state.updates ? fail : null;
      if (failing?.made === false) throw new Error('502');
      const { annotations = [], conclusion, status, title, summary } = update;
      if (annotations.length > 50) throw new Error('422: No more than 50 items are allowed');
      if (state.status === 'completed') throw new Error('the run was concluded twice');
      state.annotations.push(...annotations);
      Object.assign(state, { title, summary, ...(status && { status }), ...(conclusion && { conclusion }) });
      if (failing?.made === true) throw new Error('502');
    },
  };
  return { state, target: (retried: boolean): CheckRunTarget => ({ installation, repo, checkRunId: 7, retried }) };
}

const verdictOf = (count: number) =>
  emptyVerdict({ conclusion: count > 0 ? 'failure' : 'success', blocking: manyFindings(count, 3) });

describe('a verdict becomes a concluded check run', () => {
  it.each([
    [0, 1],
    [50, 1],
    [51, 2],
    [120, 3],
  ])('%i annotations in %i updates', async (count, updates) => {
    const run = checkRun();
    const verdict = verdictOf(count);
    await publishVerdict(run.target(false), verdict, concludedOutput(verdict, LINKS), NOW);
    expect(run.state.annotations).toEqual(toAnnotations(verdict));
    expect(run.state).toMatchObject({ status: 'completed', conclusion: verdict.conclusion, updates });
    expect(run.state.title).toBe(concludedOutput(verdict, LINKS).title);
  });

  const failures = [1, 2, 3].flatMap((update) => [true, false].map((made) => ({ update, made })));

  it.each(failures)('also when an update fails: %j', async (fail) => {
    const run = checkRun(fail);
    const verdict = verdictOf(120);
    const output = concludedOutput(verdict, LINKS);
    await expect(publishVerdict(run.target(false), verdict, output, NOW)).rejects.toThrow('502');
    await publishVerdict(run.target(true), verdict, output, NOW);
    expect(run.state.annotations).toEqual(toAnnotations(verdict));
    expect(run.state).toMatchObject({ status: 'completed', conclusion: 'failure', title: output.title });
  });

  it('does not look finished before it is', async () => {
    const run = checkRun({ update: 2, made: true });
    const verdict = verdictOf(120);
    await expect(publishVerdict(run.target(false), verdict, concludedOutput(verdict, LINKS), NOW)).rejects.toThrow();
    expect(run.state).toMatchObject({ status: 'in_progress', conclusion: null, title: 'Reviewing…' });
  });

  it('leaves a run alone that something else has concluded meanwhile', async () => {
    const run = checkRun();
    await publish(run.target(false), draftOutput(), NOW);
    await publish(run.target(true), concludedOutput(verdictOf(1), LINKS), NOW);
    expect(run.state).toMatchObject({ conclusion: 'skipped', title: 'Drafts are not reviewed', updates: 1 });
  });
});

describe('the plan', () => {
  const output = concludedOutput(verdictOf(120), LINKS);
  const annotations = toAnnotations(verdictOf(120));

  it.each([
    [0, [50, 50, 20]],
    [50, [50, 20]],
    [100, [20]],
    [120, [0]],
    [70, [50]],
  ])('with %i annotations there: %j', (already, sizes) => {
    const plan = planUpdates(output, annotations, already, NOW);
    expect(plan.map((update) => update.annotations!.length)).toEqual(sizes);
    expect(plan.flatMap((update) => update.annotations!)).toEqual(annotations.slice(already));
    expect(plan.map(({ status }) => status)).toEqual([...sizes.slice(1).map(() => undefined), 'completed']);
    expect(plan.at(-1)).toMatchObject({ conclusion: 'failure', completedAt: '2026-11-20T10:00:00.000Z' });
  });
});
