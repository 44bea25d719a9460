/** What GitHub answered when it did not do as asked, as an error that says whether and when to try again. */
import { AppError, type Retry } from '#domain/errors.ts';

/** The parts of Octokit's errors that are read here; `response` is missing when nothing was answered. */
export interface HttpFailure extends Error {
  readonly status: number;
  readonly response?: { readonly headers: Headers; readonly data: unknown };
}
export interface GraphqlFailure extends Error {
  readonly headers: Headers;
  readonly errors: readonly GraphqlError[];
  readonly data: unknown;
}
export interface GraphqlError {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
}
type Headers = Readonly<Record<string, string | number | undefined>>;

/** "If the retry-after header is not present … wait for at least one minute" (GitHub, rate limits for the REST API). */
const SECONDARY_WAIT_MS = 60_000;
const SECONDARY = /secondary rate limit|abuse detection/i;
/** GitHub's words when a query was too much for it; the same query in two may pass. */
const OVERLOADED = /something went wrong|timed? ?out|couldn't respond to your request in time|try again later/i;

export function isHttpFailure(error: unknown): error is HttpFailure {
  return error instanceof Error && error.name === 'HttpError' && 'status' in error;
}

export function isGraphqlFailure(error: unknown): error is GraphqlFailure {
  return error instanceof Error && error.name === 'GraphqlResponseError' && 'errors' in error;
}

/** `task` is a clause such as `reading o/r`. Anything that Octokit did not throw is returned as it is: it is a bug. */
export function githubFailure(error: unknown, task: string, now: number): unknown {
  if (isHttpFailure(error)) return httpFailure(error, task, now);
  if (isGraphqlFailure(error)) return graphqlFailure(error, task, now);
  return error;
}

function httpFailure(error: HttpFailure, task: string, now: number): AppError {
  const { status, response } = error;
  const fail = (code: AppError['code'], text: string, retry: Retry = false) =>
    new AppError(code, `${task}: ${text}`, { retry, cause: error });
  if (response === undefined)
    return fail('github-unavailable', `GitHub did not answer (${error.message})`, { afterMs: null });

  const said = messageOf(response.data, error.message);
  const wait = waitOf(response.headers, now);
  if (status >= 500) return fail('github-unavailable', `GitHub answered ${status}`, { afterMs: wait });
  if (status === 429 || (status === 403 && (wait !== null || SECONDARY.test(said)))) {
    return fail('github-rate-limited', `GitHub asks to slow down (${said})`, { afterMs: wait ?? SECONDARY_WAIT_MS });
  }
  if (status === 401) return fail('github-forbidden', `GitHub does not accept the App's credentials (${said})`);
  if (status === 403 || status === 451)
    return fail('github-forbidden', `GitHub refuses (${said})${permissionHint(response.headers)}`);
  if (status === 404 || status === 410)
    return fail('github-not-found', `GitHub knows no such thing, or does not show it to the App (${said})`);
  return fail('github-rejected', `GitHub answered ${status} (${said})`);
}

function graphqlFailure(error: GraphqlFailure, task: string, now: number): AppError {
  const said = shorten(error.errors.map((each) => each.message).join('; '));
  const fail = (code: AppError['code'], text: string, retry: Retry = false) =>
    new AppError(code, `${task}: ${text}`, { retry, cause: error });
  const is = (type: string) => error.errors.some((each) => each.type === type);
  if (is('RATE_LIMITED') || SECONDARY.test(said)) {
    return fail('github-rate-limited', `GitHub asks to slow down (${said})`, {
      afterMs: waitOf(error.headers, now) ?? SECONDARY_WAIT_MS,
    });
  }
  if (OVERLOADED.test(said))
    return fail('github-unavailable', `GitHub could not answer the query (${said})`, { afterMs: null });
  if (is('FORBIDDEN') || is('INSUFFICIENT_SCOPES')) return fail('github-forbidden', `GitHub refuses (${said})`);
  if (is('NOT_FOUND'))
    return fail('github-not-found', `GitHub knows no such thing, or does not show it to the App (${said})`);
  return fail('github-rejected', `GitHub rejects the query (${said})`);
}

/** Milliseconds to wait, when the headers say so: the order is that of GitHub's documentation. */
function waitOf(headers: Headers, now: number): number | null {
  const after = headers['retry-after'];
  if (after !== undefined) {
    const seconds = Number(after);
    const ms = Number.isNaN(seconds) ? Date.parse(String(after)) - now : seconds * 1000;
    if (!Number.isNaN(ms)) return Math.max(0, ms);
  }
  if (String(headers['x-ratelimit-remaining']) !== '0') return null;
  const reset = Number(headers['x-ratelimit-reset']) * 1000;
  // A second more, so that the next try comes after the reset and not with it.
  return Number.isNaN(reset) ? SECONDARY_WAIT_MS : Math.max(0, reset - now) + 1000;
}

function permissionHint(headers: Headers): string {
  const needed = headers['x-accepted-github-permissions'];
  return needed === undefined ? '' : `; the App needs the permission ${String(needed).replaceAll('=', ': ')}`;
}

function messageOf(data: unknown, fallback: string): string {
  if (typeof data !== 'object' || data === null || !('message' in data)) return shorten(fallback);
  const errors = 'errors' in data && Array.isArray(data.errors) ? data.errors : [];
  const details = errors.map((each: unknown) => (typeof each === 'string' ? each : JSON.stringify(each)));
  return shorten([String(data.message), ...details].join(': '));
}

function shorten(text: string): string {
  const line = text.replace(/\p{C}+/gu, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
