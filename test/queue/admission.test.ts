import { describe, expect, it } from 'vitest';
import type { ReviewRequest } from '#domain/review-request.ts';
import { reviewKey } from '#domain/review-request.ts';
import { admit, type ReviewState, type StreamRow } from '#queue/admission.ts';
import { at, request, sha } from './requests.ts';

let arrivals = 0;
function row(state: ReviewState, of: ReviewRequest): StreamRow {
  const { head, base, draft, rerunOf } = of;
  return {
    key: reviewKey(of),
    state,
    head,
    base,
    draft,
    rerunOf,
    occurredAt: new Date(of.occurredAt),
    arrival: ++arrivals,
  };
}
function decide(asked: ReviewRequest, rows: StreamRow[], cancelledAt: string | null = null) {
  return admit(reviewKey(asked), asked, rows, cancelledAt === null ? null : new Date(cancelledAt));
}
const accepted = (...superseded: ReviewRequest[]) => ({ kind: 'accepted', supersedes: superseded.map(reviewKey) });

const a = request({ head: sha('a'), second: 10 });
const b = request({ head: sha('b'), second: 20 });
const c = request({ head: sha('c'), second: 30 });

describe('admit', () => {
  it('accepts the first request of a stream', () => {
    expect(decide(a, [])).toEqual(accepted());
  });

  it.each(['queued', 'running'] as const)('takes the same work that is %s as a duplicate', (state) => {
    expect(decide(a, [row(state, a)])).toEqual({ kind: 'duplicate' });
    expect(decide({ ...a, occurredAt: at(99) }, [row(state, a)])).toEqual({ kind: 'duplicate' });
  });

  it('begins again what runs when the pull request was edited meanwhile: it has read the old text', () => {
    const edited = { ...a, trigger: 'pull_request.edited' };
    expect(decide(edited, [row('running', a)])).toEqual(accepted());
    expect(decide(edited, [row('queued', a)])).toEqual({ kind: 'duplicate' });
    expect(decide(edited, [row('running', { ...a, occurredAt: at(99) })])).toEqual({ kind: 'duplicate' });
  });

  it.each(['concluded', 'superseded', 'cancelled', 'failed'] as const)('runs work that is %s again', (state) => {
    expect(decide(a, [row(state, a)])).toEqual(accepted());
  });

  it('supersedes what is unfinished and older, and nothing else', () => {
    expect(decide(c, [row('running', a), row('queued', b)])).toEqual(accepted(a, b));
    expect(decide(c, [row('concluded', a), row('failed', b)])).toEqual(accepted());
  });

  it('lets the later arrival win within the same second', () => {
    const twin = { ...b, occurredAt: a.occurredAt };
    expect(decide(twin, [row('running', a)])).toEqual(accepted(a));
  });

  it('keeps a redelivery in its old place within the same second', () => {
    const twin = { ...b, occurredAt: a.occurredAt };
    expect(decide(a, [row('superseded', a), row('running', twin)])).toEqual({ kind: 'outdated' });
  });

  it('does nothing for what is older than the newest head, finished or not', () => {
    expect(decide(a, [row('running', b)])).toEqual({ kind: 'outdated' });
    expect(decide(a, [row('concluded', b)])).toEqual({ kind: 'outdated' });
    expect(decide(a, [row('concluded', a), row('concluded', b)])).toEqual({ kind: 'outdated' });
  });

  it('takes a branch back to an earlier head', () => {
    const back = { ...a, occurredAt: at(40) };
    expect(decide(back, [row('superseded', a), row('running', b)])).toEqual(accepted(b));
  });

  it('tells two bases of one head apart', () => {
    const retargeted = { ...a, base: sha('1'), occurredAt: at(15) };
    expect(decide(retargeted, [row('running', a)])).toEqual(accepted(a));
    expect(decide(a, [row('running', retargeted)])).toEqual({ kind: 'outdated' });
  });

  it('begins again when a draft becomes ready while it is reviewed', () => {
    const draft = { ...a, draft: true };
    const ready = { ...a, occurredAt: at(11) };
    expect(decide(ready, [row('running', draft)])).toEqual(accepted());
    expect(decide({ ...draft, occurredAt: at(9) }, [row('running', a)])).toEqual({ kind: 'duplicate' });
  });

  describe('what a person asked to run again', () => {
    const rerun = (of: ReviewRequest, second: number, run = 99): ReviewRequest => ({
      ...of,
      rerunOf: run,
      occurredAt: at(second),
    });

    it('is work of its own beside the same commits', () => {
      expect(decide(rerun(b, 50), [row('concluded', b)])).toEqual(accepted());
      expect(decide(rerun(b, 50), [row('running', rerun(b, 50))])).toEqual({ kind: 'duplicate' });
    });

    it('is not outdated by its own head, but is by a newer one', () => {
      const retargeted = { ...b, base: sha('1'), occurredAt: at(60) };
      expect(decide(rerun(b, 50), [row('running', retargeted)])).toEqual(accepted());
      expect(decide(rerun(b, 25), [row('running', c)])).toEqual({ kind: 'outdated' });
    });

    it('says nothing about where the branch stands', () => {
      const old = rerun(a, 50);
      expect(decide(old, [row('running', b)])).toEqual(accepted());
      expect(decide(c, [row('concluded', b), row('running', old)])).toEqual(accepted());
      expect(decide({ ...c, occurredAt: at(51) }, [row('running', old)])).toEqual(accepted(old));
    });

    it('is not superseded by another event of the same commits', () => {
      expect(decide({ ...b, occurredAt: at(70) }, [row('concluded', b), row('running', rerun(b, 50))])).toEqual(
        accepted(),
      );
    });
  });

  it('does nothing for what occurred before the stream was cancelled', () => {
    expect(decide(a, [], at(11))).toEqual({ kind: 'outdated' });
    expect(decide(a, [], at(10))).toEqual(accepted());
    expect(decide(b, [row('cancelled', a)], at(11))).toEqual(accepted());
  });
});
