/** What a check run shows at each turn of a review: while it runs, when it concludes, and when it never will. */
import type { ErrorCode } from '#domain/errors.ts';
import type { Verdict } from '#domain/verdict.ts';
import { MAX_ANNOTATIONS } from './annotations.ts';
import { gapCount } from './coverage.ts';
import { renderSummary } from './summary.ts';
import { type Links, verdictTitle } from './words.ts';
import { CANCELLED, DRAFT_SKIPPED, gaveUpWords, STARTED, SUPERSEDED } from './words-conclusions.ts';

export interface CheckText {
  readonly title: string;
  /** Markdown, at most 65,535 bytes of UTF-8. */
  readonly summary: string;
}

export interface CheckOutput extends CheckText {
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped';
}

export interface CheckContext extends Links {
  /** The policy's, for the sentence that says what blocks. */
  readonly failOn?: string;
}

export function startedOutput(): CheckText {
  return STARTED;
}

export function concludedOutput(verdict: Verdict, context: CheckContext): CheckOutput {
  const fresh = [...verdict.blocking, ...verdict.advisory].filter(({ state }) => state === 'new');
  const annotated = Math.min(fresh.length, MAX_ANNOTATIONS);
  return {
    conclusion: verdict.conclusion,
    title: verdictTitle(verdict, gapCount(verdict.coverage.skipped)),
    summary: renderSummary(verdict, { ...context, annotated }),
  };
}

export function draftOutput(): CheckOutput {
  return { conclusion: 'skipped', ...DRAFT_SKIPPED };
}

/** Why a review was not made: what the queue says when it lets go of one. */
export type NoVerdict =
  | { readonly kind: 'superseded' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'gave-up'; readonly error: { readonly code: ErrorCode | 'bug' | 'crashed' } };

/** `failClosed`: the policy wants an incomplete review to fail. */
export function outcomeOutput(outcome: NoVerdict, failClosed = false): CheckOutput {
  switch (outcome.kind) {
    case 'superseded':
      return { conclusion: 'cancelled', ...SUPERSEDED };
    case 'cancelled':
      return { conclusion: 'cancelled', ...CANCELLED };
    case 'gave-up':
      return { conclusion: failClosed ? 'failure' : 'neutral', ...gaveUpWords(outcome.error.code, failClosed) };
  }
}
