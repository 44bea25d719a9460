/** From webhook to concluded check: reviews a second, latencies, requests, memory. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_CONCURRENCY } from '#config.ts';
import { startServer } from '#server.ts';
import type { Finished, Ready, Start } from './github-process.ts';

export interface ReviewFigures {
  readonly pulls: number;
  readonly organisations: number;
  readonly writeSpacingMs: number;
  readonly webhooksPerSecond: number | 'all at once';
  readonly reviewsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly acceptP95Ms: number;
  readonly apiRequestsPerReview: number;
  readonly gitRequestsPerReview: number;
  readonly peakMemoryMB: number;
  readonly cpuSecondsPerReview: number;
  readonly conclusions: Readonly<Record<string, number>>;
}

export interface Load {
  readonly pulls: number;
  readonly organisations: number;
  /** Between two writes of one installation (milliseconds); GitHub asks for a thousand. */
  readonly writeSpacingMs: number;
  /** Webhooks a second; 0 for all at once. */
  readonly rate: number;
}

export async function measureReviews({ pulls, organisations, writeSpacingMs, rate }: Load): Promise<ReviewFigures> {
  const child = fork(fileURLToPath(new URL('./github-process.ts', import.meta.url)), [
    String(pulls),
    String(organisations),
  ]);
  const [ready] = (await once(child, 'message')) as [Ready];
  const dataDir = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const server = await startServer(
    {
      host: '127.0.0.1',
      port: 0,
      appId: ready.appId,
      privateKey: ready.privateKey,
      webhookSecrets: [ready.webhookSecret],
      databaseUrl: process.env.DATABASE_URL ?? null,
      dataDir,
      githubApiUrl: ready.url,
      githubUrl: ready.url,
      concurrency: DEFAULT_CONCURRENCY,
      threads: 1,
      verification: 'off',
      cloneCacheBytes: 1024 ** 3,
      logLevel: 'error',
      logFormat: 'json',
    },
    { writeSpacingMs },
  );
  const cpu = process.cpuUsage();
  child.send({ kind: 'start', webhookUrl: server.webhookUrl, rate } satisfies Start);
  const [finished] = (await once(child, 'message')) as [Finished];
  const { user, system } = process.cpuUsage(cpu);
  await server.stop();
  child.disconnect();
  await rm(dataDir, { recursive: true, force: true });
  if (finished.violations > 0) throw new Error(`${finished.violations} requests broke GitHub's contract`);
  return {
    pulls,
    organisations,
    writeSpacingMs,
    webhooksPerSecond: rate === 0 ? 'all at once' : rate,
    reviewsPerSecond: round(pulls / (finished.wallMs / 1_000)),
    p50Ms: Math.round(percentile(finished.latenciesMs, 0.5)),
    p95Ms: Math.round(percentile(finished.latenciesMs, 0.95)),
    acceptP95Ms: Math.round(percentile(finished.acceptedMs, 0.95)),
    apiRequestsPerReview: round(finished.apiRequests / pulls),
    gitRequestsPerReview: round(finished.gitRequests / pulls),
    peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1_024),
    cpuSecondsPerReview: round((user + system) / 1e6 / pulls, 4),
    conclusions: finished.conclusions,
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
