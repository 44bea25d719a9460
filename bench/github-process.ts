/** The stand-in GitHub in a process of its own, so that its work is not counted as the App's. */
import { setTimeout as delay } from 'node:timers/promises';
import { startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { createMix } from './mix.ts';

export interface Ready {
  readonly kind: 'ready';
  readonly url: string;
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
}
export interface Start {
  readonly kind: 'start';
  readonly webhookUrl: string;
  /** Deliveries a second; 0 for all at once. */
  readonly rate: number;
}
export interface Finished {
  readonly kind: 'finished';
  readonly wallMs: number;
  readonly latenciesMs: readonly number[];
  readonly acceptedMs: readonly number[];
  readonly apiRequests: number;
  readonly gitRequests: number;
  readonly conclusions: Readonly<Record<string, number>>;
  readonly violations: number;
}

const pulls = Number(process.argv[2]);
const organisations = Number(process.argv[3]);
const send = (message: Ready | Finished) => process.send?.(message);

const github = await startFakeGitHub();
const opened: { head: string; payload: unknown }[] = [];
for (const [index, { organisation, base, head }] of createMix(pulls, organisations).entries()) {
  const repo = await github.createRepository({ owner: `org-${organisation}`, name: `repo-${index}` });
  await github.commit(repo, 'main', { files: base });
  const { pull, payload } = await github.openPull({ repo, head: 'topic', files: head });
  opened.push({ head: pull.head.sha, payload });
}
const { url, appId, privateKey, webhookSecret } = github;
send({ kind: 'ready', url, appId, privateKey, webhookSecret });

process.on('message', async ({ webhookUrl, rate }: Start) => {
  const since = github.requests.length;
  const started = performance.now();
  const measured = opened.map(async ({ head, payload }, index) => {
    if (rate > 0) await delay((index * 1_000) / rate);
    const sent = performance.now();
    const { status } = await github.deliver(webhookUrl, 'pull_request', payload);
    const accepted = performance.now() - sent;
    if (status !== 202) throw new Error(`a delivery was answered ${status}`);
    const run = await github.until(() => github.checkRuns(head).find(({ status }) => status === 'completed'), {
      timeoutMs: 600_000,
    });
    return { accepted, latency: performance.now() - sent, conclusion: run.conclusion ?? 'none' };
  });
  const results = await Promise.all(measured);
  const conclusions: Record<string, number> = {};
  for (const { conclusion } of results) conclusions[conclusion] = (conclusions[conclusion] ?? 0) + 1;
  const apiRequests = github.apiRequestCount({ since });
  send({
    kind: 'finished',
    wallMs: performance.now() - started,
    latenciesMs: results.map(({ latency }) => latency),
    acceptedMs: results.map(({ accepted }) => accepted),
    apiRequests,
    gitRequests: github.requests.length - since - apiRequests,
    conclusions,
    violations: github.violations.length,
  });
});
process.on('disconnect', () => void github.close().then(() => process.exit(0)));
