/** A stand-in for GitHub that holds state and refuses what GitHub refuses; for end-to-end tests, the demo and the benchmark. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Acts, createActs } from './acts.ts';
import type { RequestEntry, Violation } from './answer.ts';
import { createAuth, DEFAULT_PERMISSIONS, sharedPrivateKey } from './auth.ts';
import { createFaults, type Fault } from './faults.ts';
import { createLimits, type LimitOptions } from './limits.ts';
import { appRoutes } from './routes-app.ts';
import { checkRoutes } from './routes-checks.ts';
import { contentRoutes } from './routes-content.ts';
import { limitRoutes } from './routes-limits.ts';
import { pullRoutes } from './routes-pulls.ts';
import { createFrontDoor } from './server.ts';
import { type CheckRun, createState, type Permissions, type State } from './state.ts';
import { type DeliveryOptions, type DeliveryResult, postWebhook } from './webhooks.ts';

export interface FakeGitHubOptions {
  /** Any free one when left out. */
  readonly port?: number;
  /** Where the bare repositories are made; a temporary folder, removed on close, when left out. */
  readonly gitRoot?: string;
  readonly appId?: number;
  readonly webhookSecret?: string;
  /** PEM; the process's own when left out. */
  readonly privateKey?: string;
  /** What installations grant, unless they say otherwise. */
  readonly permissions?: Permissions;
  readonly limits?: LimitOptions;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Reports as violations what the stand-in itself answers and GitHub would not: for the stand-in's own tests. */
  readonly checkAnswers?: boolean;
}

export interface FakeGitHub extends Acts {
  /** `http://127.0.0.1:PORT`: serves REST (also below /api/v3), GraphQL, and git at /OWNER/NAME.git. */
  readonly url: string;
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Where acts deliver their webhooks by themselves; null to deliver none. */
  webhookUrl: string | null;
  readonly state: State;
  /** Every request in the order of arrival. */
  readonly requests: readonly RequestEntry[];
  /** What no client of GitHub may send; tests expect none. */
  readonly violations: readonly Violation[];
  deliver(target: string, event: string, payload: unknown, options?: DeliveryOptions): Promise<DeliveryResult>;
  /** The next requests that match meet the fault. */
  failNext(fault: Fault): void;
  clearFaults(): void;
  expireTokens(): void;
  /** REST and GraphQL requests, without git's. `since` is an earlier `requests.length`. */
  apiRequestCount(options?: { readonly since?: number }): number;
  /** Of this App, oldest first. */
  checkRuns(headSha?: string): CheckRun[];
  /** Asks again whenever a request comes or is answered until `probe` gives something; rejects after `timeoutMs`. */
  until<T>(probe: () => T | null | undefined | false, options?: { readonly timeoutMs?: number }): Promise<T>;
  close(): Promise<void>;
}

export async function startFakeGitHub(options: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  const { appId = 4321, webhookSecret = 'a secret of the stand-in', now = Date.now } = options;
  const permissions = options.permissions ?? DEFAULT_PERMISSIONS;
  const privateKey = () => options.privateKey ?? sharedPrivateKey();
  const gitRoot = options.gitRoot ?? (await mkdtemp(join(tmpdir(), 'fake-github-')));
  const state = createState(now);
  const auth = createAuth({ state, appId, privateKey, now });
  const limits = createLimits(options.limits ?? {}, now);
  const faults = createFaults();
  const requests: RequestEntry[] = [];
  const violations: Violation[] = [];
  const watchers = new Set<() => void>();
  let origin = '';

  const server = createFrontDoor({
    ...{ state, auth, limits, faults, requests, violations, appId, now },
    routes: { ...appRoutes, ...checkRoutes, ...contentRoutes, ...pullRoutes, ...limitRoutes(limits) },
    checkAnswers: options.checkAnswers ?? false,
    origin: () => origin,
    changed: () => {
      for (const watcher of watchers) watcher();
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const deliver = (target: string, event: string, payload: unknown, delivery: DeliveryOptions = {}) =>
    postWebhook(target, event, payload, { secret: webhookSecret, ...delivery, appId });

  const fake: FakeGitHub = {
    ...createActs({
      ...{ state, appId, gitRoot, permissions, now },
      origin: () => origin,
      announce: async (event, payload) => (fake.webhookUrl === null ? null : deliver(fake.webhookUrl, event, payload)),
    }),
    ...{ url: origin, appId, webhookSecret, webhookUrl: null, state, requests, violations, deliver },
    get privateKey() {
      return privateKey();
    },
    failNext: faults.add,
    clearFaults: faults.clear,
    expireTokens: auth.expireTokens,
    apiRequestCount: ({ since = 0 } = {}) => requests.slice(since).filter((entry) => entry.kind !== 'git').length,
    checkRuns: (headSha) =>
      state.checkRuns.filter((run) => run.appId === appId && (headSha === undefined || run.headSha === headSha)),
    until: (probe, { timeoutMs = 20_000 } = {}) => until(probe, timeoutMs, watchers),

    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(state.repositories.map((repo) => repo.git.close()));
      if (options.gitRoot === undefined) await rm(gitRoot, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return fake;
}

function until<T>(probe: () => T | null | undefined | false, timeoutMs: number, watchers: Set<() => void>): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      watchers.delete(look);
      settle();
    };
    const look = () => {
      const found = probe();
      if (found !== null && found !== undefined && found !== false) finish(() => resolve(found));
    };
    const timer = setTimeout(() => {
      finish(() => reject(new Error(`the stand-in GitHub did not see within ${timeoutMs} ms: ${probe}`)));
    }, timeoutMs);
    watchers.add(look);
    look();
  });
}
