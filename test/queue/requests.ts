/** Review requests for tests: pull request 7 of one repository unless told otherwise. */
import type { ReviewRequest } from '#domain/review-request.ts';

/** A commit id that is easy to tell from others: `sha('a')` is forty times a. */
export function sha(digit: string): string {
  return digit.repeat(40 / digit.length);
}

/** `second` is when it occurred, counted from a fixed moment. */
export function request(more: Partial<ReviewRequest> & { second?: number } = {}): ReviewRequest {
  const { second = 0, ...given } = more;
  return {
    repo: { id: 1, owner: 'acme', name: 'models' },
    installation: 5,
    pull: 7,
    base: sha('0'),
    baseRef: 'main',
    head: sha('a'),
    stream: 'pull/7',
    draft: false,
    trigger: 'pull_request.opened',
    occurredAt: at(second),
    rerunOf: null,
    ...given,
  };
}

export function at(second: number): string {
  return new Date(Date.UTC(2026, 10, 5, 10) + second * 1000).toISOString();
}
