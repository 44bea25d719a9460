/** The real server beside the stand-in GitHub: deliveries go in over HTTP, answers are read from the stand-in's state. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '#config.ts';
import { type RunningServer, type ServerOverrides, startServer } from '#server.ts';
import type { NewCommit } from '#test/support/fake-github/bare-repository.ts';
import { type FakeGitHub, type FakeGitHubOptions, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import type { CheckRun, Repository } from '#test/support/fake-github/state.ts';

export interface RunningApp {
  readonly fake: FakeGitHub;
  readonly server: RunningServer;
  /** A repository of an organisation of its own, so that its pace is its own. */
  createRepository(change: NewCommit): Promise<Repository>;
  /** Waits until the newest check run of a commit is concluded. */
  concluded(head: string, count?: number): Promise<CheckRun>;
  stop(): Promise<void>;
}

export function configFor(fake: FakeGitHub, dataDir: string, more: Partial<Config> = {}): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    appId: fake.appId,
    privateKey: fake.privateKey,
    webhookSecrets: [fake.webhookSecret],
    databaseUrl: null,
    dataDir,
    githubApiUrl: fake.url,
    githubUrl: fake.url,
    concurrency: 8,
    threads: 1,
    verification: 'on',
    cloneCacheBytes: 1024 ** 3,
    logLevel: 'silent',
    logFormat: 'json',
    ...more,
  };
}

export async function runApp(
  options: { fake?: FakeGitHubOptions; config?: Partial<Config>; overrides?: ServerOverrides } = {},
): Promise<RunningApp> {
  const fake = await startFakeGitHub(options.fake);
  const dataDir = await mkdtemp(join(tmpdir(), 'assay-e2e-'));
  const server = await startServer(configFor(fake, dataDir, options.config), {
    inMemory: true,
    writeSpacingMs: 0,
    backoff: { baseMs: 20, capMs: 100 },
    pollMs: 100,
    ...options.overrides,
  });
  fake.webhookUrl = server.webhookUrl;
  let organisations = 0;
  return {
    fake,
    server,
    async createRepository(change) {
      const repo = await fake.createRepository({ owner: `acme-${++organisations}`, name: 'models' });
      // Commits of the same files at the same second would have the same id in every repository.
      await fake.commit(repo, 'main', { ...change, files: { ...change.files, OWNER: repo.fullName } });
      return repo;
    },
    concluded: (head, count = 1) =>
      fake.until(() => {
        const runs = fake.checkRuns(head);
        return runs.length >= count && runs.every(({ status }) => status === 'completed') && runs.at(-1);
      }),
    async stop() {
      await server.stop();
      await fake.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
