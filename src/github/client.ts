/** One installation's way to the API: paced, authenticated, with every failure turned into an AppError. */
import { ProbotOctokit } from 'probot';
import { AppError } from '#domain/errors.ts';
import { type GraphqlError, githubFailure, isGraphqlFailure, isHttpFailure } from './failure.ts';
import type { InstallationToken } from './installation-token.ts';
import { createThrottle } from './throttle.ts';

export type Octokit = InstanceType<typeof ProbotOctokit>;

/** One request that was answered or failed: for counters and logs, without parameters or bodies. */
export interface RequestInfo {
  readonly installation: number | null;
  readonly method: string;
  /** The template, such as `/repos/{owner}/{repo}/check-runs`. */
  readonly route: string;
  /** 0 when nothing was answered. */
  readonly status: number;
  readonly durationMs: number;
}

export interface ClientOptions {
  readonly baseUrl: string;
  readonly onRequest: (info: RequestInfo) => void;
  readonly now: () => number;
  readonly writeSpacingMs: number;
  readonly timeoutMs: number;
}

/** `task` names the work in error messages: a clause such as `reading o/r`. */
export interface Client {
  /** May be sent twice. */
  read<T>(task: string, work: (octokit: Octokit) => Promise<{ data: T }>): Promise<T>;
  /** Sent once, but for a token that was refused before anything was done. */
  write<T>(task: string, work: (octokit: Octokit) => Promise<{ data: T }>): Promise<T>;
  /** `tolerate` says which errors may stand beside the data; all others fail the query. */
  query<T>(task: string, query: Query, tolerate?: (error: GraphqlError) => boolean): Promise<T>;
}

export interface Query {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** True when the caller knows another way, and a query that was too much for GitHub is not worth a second try. */
  readonly once?: boolean;
}

/** The version that GitHub Enterprise Server knows as well. */
const API_VERSION = '2022-11-28';
const SECOND_TRY_AFTER_MS = 300;

/** Octokit without its own waiting and retrying, which block in memory for up to an hour and repeat writes. */
export function createOctokit(options: ClientOptions, installation: number | null, auth: object): Octokit {
  const octokit = new ProbotOctokit({
    ...auth,
    baseUrl: options.baseUrl,
    throttle: { enabled: false },
    retry: { enabled: false },
    // Octokit's plugin logs request bodies at debug level; they hold what people wrote.
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  octokit.hook.wrap('request', async (request, parameters) => {
    const startedAt = options.now();
    const report = (status: number) => {
      const { method, url } = parameters;
      options.onRequest({ installation, method, route: url, status, durationMs: options.now() - startedAt });
    };
    // Only what is changed in place reaches the hooks within; what `request` is called with does not.
    parameters.headers['x-github-api-version'] = API_VERSION;
    parameters.request = { ...parameters.request, signal: AbortSignal.timeout(options.timeoutMs) };
    try {
      const response = await request(parameters);
      report(response.status);
      return response;
    } catch (error) {
      report(isHttpFailure(error) && error.response !== undefined ? error.status : 0);
      throw error;
    }
  });
  return octokit;
}

export function createClient(options: ClientOptions, installation: number, token: InstallationToken): Client {
  const octokit = createOctokit(options, installation, { authStrategy: () => tokenAuth(token) });
  const throttle = createThrottle(options.writeSpacingMs);
  /** Asking on while GitHub says to wait may get an App banned. */
  const blockedUntil = { rest: 0, graphql: 0 };

  async function send<T>(task: string, budget: 'rest' | 'graphql', work: () => Promise<T>): Promise<T> {
    const wait = blockedUntil[budget] - options.now();
    if (wait > 0)
      throw new AppError('github-rate-limited', `${task}: GitHub asked to wait`, { retry: { afterMs: wait } });
    try {
      const used = await token.get();
      return await work().catch((error: unknown) => {
        if (!isHttpFailure(error) || error.status !== 401) throw error;
        token.drop(used);
        return work();
      });
    } catch (error) {
      const failure = githubFailure(error, task, options.now());
      if (failure instanceof AppError && failure.code === 'github-rate-limited' && failure.retry) {
        const until = options.now() + (failure.retry.afterMs ?? 0);
        const primary = String(headersOf(error)['x-ratelimit-remaining']) === '0';
        for (const each of primary ? [budget] : (['rest', 'graphql'] as const)) blockedUntil[each] = until;
      }
      throw failure;
    }
  }

  return {
    read: (task, work) =>
      throttle.read(() => twice(() => send(task, 'rest', async () => understood(task, (await work(octokit)).data)))),

    write: (task, work) =>
      throttle.write(() => send(task, 'rest', async () => understood(task, (await work(octokit)).data))),

    query: <T>(task: string, query: Query, tolerate: (error: GraphqlError) => boolean = () => false) => {
      const ask = async () => {
        const data = await octokit.graphql<T>(query.text, query.variables).catch((error: unknown) => {
          if (isGraphqlFailure(error) && error.data && error.errors.every(tolerate)) return error.data as T;
          throw error;
        });
        return understood(task, data);
      };
      const once = () => send(task, 'graphql', ask);
      return throttle.read(() => (query.once ? once() : twice(once)));
    },
  };
}

async function twice<T>(work: () => Promise<T>): Promise<T> {
  return work().catch(async (error: unknown) => {
    if (!isPassing(error)) throw error;
    await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_AFTER_MS));
    return work();
  });
}

/** A gateway's failure or a broken connection often works at once; where a wait is asked for, it does not. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'github-unavailable') return false;
  return error.retry !== false && error.retry.afterMs === null;
}

/** Octokit's port for credentials. */
function tokenAuth(token: InstallationToken) {
  const hook = async (request: Octokit['request'], route: string, parameters?: object) => {
    const endpoint: { headers: Record<string, unknown> } = request.endpoint.merge(route, parameters as never);
    endpoint.headers.authorization = `token ${await token.get()}`;
    return request(endpoint as never);
  };
  return Object.assign(async () => ({ type: 'token' }), { hook });
}

/** An answer that was cut off, or that a proxy wrote, reaches us as text. */
function understood<T>(task: string, data: T): T {
  if (typeof data === 'object' && data !== null) return data;
  throw new AppError('github-unavailable', `${task}: GitHub's answer is not understood`, { retry: { afterMs: null } });
}

function headersOf(error: unknown): Readonly<Record<string, unknown>> {
  if (isGraphqlFailure(error)) return error.headers;
  return isHttpFailure(error) ? (error.response?.headers ?? {}) : {};
}
