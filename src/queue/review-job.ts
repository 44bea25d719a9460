/** What the worker hands to those who review and conclude: one attempt at one review. */
import type { ErrorCode } from '#domain/errors.ts';
import type { ReviewRequest } from '#domain/review-request.ts';

export interface ReviewJob {
  readonly key: string;
  readonly request: ReviewRequest;
  /** Counts from 1, every beginning: also those that ended with their process, or because the worker had to stop. */
  readonly attempt: number;
  /** True when a failure of this attempt that could be retried will not be. */
  readonly lastAttempt: boolean;
  /** The check run that this review has open, also from an earlier attempt: to be updated, not created again. */
  readonly checkRunId: number | null;
  /** The policy digest under which this same work was concluded before, and what was published still stands; else null. */
  readonly concludedUnder: string | null;
  /** Aborts when the review is superseded or cancelled, taken over by another process, or when the worker must stop. */
  readonly signal: AbortSignal;
  /** To be called as soon as the check run exists. @throws AppError `cancelled` when the review is no longer held here. */
  saveCheckRun(id: number): Promise<void>;
}

export interface Reviewed {
  /** A digest of the policy and rules that it was concluded under. */
  readonly policy: string;
  readonly conclusion: string;
}

/** Why the last attempt failed. `bug`: anything that is no AppError; `crashed`: the attempts ended with their process. */
export interface Failure {
  readonly code: ErrorCode | 'bug' | 'crashed';
  /** For a bug only the error's name: its message may quote the code under review. */
  readonly message: string;
}

export type Outcome =
  | { readonly kind: 'superseded' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'gave-up'; readonly error: Failure };

export interface Handlers {
  /**
   * Reviews and publishes. It throws when `job.signal` aborts; when it returns, the check run is concluded. Null says
   * that what was concluded under `job.concludedUnder` still stands.
   */
  review(job: ReviewJob): Promise<Reviewed | null>;
  /** Concludes the check run of a review that will not be made. `job.checkRunId` may be null when it gave up early. */
  conclude(job: ReviewJob, outcome: Outcome): Promise<void>;
}
