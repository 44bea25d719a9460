/** Expected failures of the outside world and of people's input. Anything else that is thrown is a bug. */

export type ErrorCode =
  | 'usage'
  | 'invalid-configuration'
  | 'invalid-rules'
  | 'no-repository'
  | 'unknown-revision'
  | 'unreadable-path'
  | 'github-unavailable'
  | 'github-rate-limited'
  | 'github-forbidden'
  | 'github-not-found'
  | 'github-rejected'
  | 'git-failed'
  | 'git-too-large'
  | 'store-locked'
  | 'store-unavailable'
  | 'cancelled';

/** `retry`: false, or how the same work may be tried again; `afterMs` is the wait that the other side asked for. */
export type Retry = false | { readonly afterMs: number | null };

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retry: Retry;

  constructor(code: ErrorCode, message: string, options: { retry?: Retry; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retry = options.retry ?? false;
  }
}
