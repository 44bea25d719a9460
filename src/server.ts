/** The whole server, joined: store, queue, doors, threads, Probot and HTTP. Started by main.ts, by tests, by the demo and the benchmark. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Probot } from 'probot';
import { BUILT_IN_RULES, readRulebook } from '#analyzers/rulebook.ts';
import { createInspectionPool } from '#analyzers/run.ts';
import { createCloneCache } from '#git/clone-cache.ts';
import { createGitHub } from '#github/github.ts';
import { OWN_RULES } from '#inspection/own-rules.ts';
import { createWebhookHandler } from '#intake/webhook.ts';
import type { Backoff } from '#queue/backoff.ts';
import { createQueue } from '#queue/queue.ts';
import { createWorker } from '#queue/worker.ts';
import { fingerprintKey } from '#store/fingerprint-key.ts';
import { openStore } from '#store/store.ts';
import { FILE_LIMIT_MS } from '#verification/verify-secrets.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { createReviewHandlers } from './review-job.ts';

/** Where GitHub sends deliveries: Probot's own default path. */
export const WEBHOOK_PATH = '/api/github/webhooks';
/** What one fetch may bring (bytes): a pull request of a hundred files at GitHub's limit of 100 MB would fill the disk. */
const MAX_FETCH_BYTES = 2 * 1024 * 1024 * 1024;
/** How long a drain waits for running reviews (milliseconds); what is not done then is done after the next start. */
const DRAIN_MS = 45_000;

export interface RunningServer {
  readonly url: string;
  readonly webhookUrl: string;
  /** Takes no more deliveries, finishes running reviews within the drain time, and closes the store. */
  stop(): Promise<void>;
}

export interface ServerOverrides {
  /** Shorter waits, for tests. */
  readonly writeSpacingMs?: number;
  readonly backoff?: Backoff;
  readonly pollMs?: number;
  /** The embedded store without a folder: gone with the process. */
  readonly inMemory?: boolean;
  /** What stands for vendors that are asked about secrets, by their origin; then no other one is asked. */
  readonly origins?: Readonly<Record<string, string>>;
  readonly now?: () => Date;
}

export async function startServer(config: Config, overrides: ServerOverrides = {}): Promise<RunningServer> {
  const now = overrides.now ?? (() => new Date());
  const probot = new Probot({
    appId: config.appId,
    privateKey: config.privateKey,
    secret: config.webhookSecrets[0]!,
    baseUrl: config.githubApiUrl,
    logLevel: config.logLevel as 'info',
    logFormat: config.logFormat,
  });
  await probot.ready();
  const { log } = probot;

  const dataDir = overrides.inMemory ? ':memory:' : join(config.dataDir, 'store');
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir, log });
  const queue = await createQueue(store, { log });
  const rulebook = readRulebook({ paths: [BUILT_IN_RULES] });
  const key = Buffer.from(await fingerprintKey(store)).toString('hex');
  const pool = createInspectionPool({
    entry: new URL('./inspection/thread.ts', import.meta.url),
    threads: config.threads,
    rulebook,
    fingerprintKey: key,
  });
  const verifiers = createInspectionPool({
    entry: new URL('./verification/verify-thread.ts', import.meta.url),
    threads: 1,
    rulebook: { ...rulebook, code: [] },
    fingerprintKey: key,
    hardLimitMs: FILE_LIMIT_MS,
    origins: overrides.origins,
  });
  const { rules, problems } = await pool.describe();
  for (const problem of problems) log.error(problem, 'a rule cannot be used');
  const github = createGitHub({
    appId: config.appId,
    privateKey: config.privateKey,
    baseUrl: config.githubApiUrl,
    ...(overrides.writeSpacingMs === undefined ? {} : { writeSpacingMs: overrides.writeSpacingMs }),
  });
  const clones = createCloneCache({
    dir: join(config.dataDir, 'clones'),
    maxBytes: config.cloneCacheBytes,
    maxBytesPerFetch: Math.min(MAX_FETCH_BYTES, config.cloneCacheBytes),
    url: ({ owner, name }) => `${config.githubUrl}/${owner}/${name}.git`,
  });
  const handlers = createReviewHandlers({
    github,
    clones,
    pool,
    verification: { vendors: rulebook.verification, by: config.verification === 'on' ? verifiers : 'switched-off' },
    rules: [...rules, ...OWN_RULES],
    rulesDigest: rulebook.digest,
    githubUrl: config.githubUrl,
    now,
  });
  const worker = createWorker(queue, {
    concurrency: config.concurrency,
    handlers,
    log,
    ...(overrides.backoff === undefined ? {} : { limits: { backoff: overrides.backoff } }),
    ...(overrides.pollMs === undefined ? {} : { timing: { pollMs: overrides.pollMs } }),
  });
  await probot.load(createApp({ appId: config.appId, queue, now }));
  const handleWebhook = createWebhookHandler({
    secrets: config.webhookSecrets,
    log,
    // The event's name was checked against those that the App handles.
    receive: ({ id, event, payload }) =>
      probot.receive({ id, name: event, payload } as Parameters<Probot['receive']>[0]),
  });

  const http = createServer(async (request, response) => {
    const path = request.url?.split('?')[0];
    if (path === WEBHOOK_PATH) return handleWebhook(request, response);
    if (path === '/healthz') return void response.end('ok\n');
    if (path === '/readyz') {
      const ready = await store.query('SELECT 1').then(
        () => true,
        () => false,
      );
      return void response.writeHead(ready ? 200 : 503).end(ready ? 'ready\n' : 'the store does not answer\n');
    }
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.port, config.host, resolve);
  });
  await worker.start();
  const { port } = http.address() as AddressInfo;
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  log.info({ url, store: store.kind, rules: rules.length }, 'Assay is listening');
  return {
    url,
    webhookUrl: `${url}${WEBHOOK_PATH}`,
    async stop() {
      await new Promise((resolve) => http.close(resolve).closeIdleConnections());
      await worker.stop({ timeoutMs: DRAIN_MS });
      await pool.close();
      await verifiers.close();
      await queue.close();
      await store.close();
    },
  };
}
