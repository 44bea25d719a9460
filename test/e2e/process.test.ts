import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '#store/store.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { CLEAN, RISKY } from '#test/support/ml-files.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A store that is made already: making one takes longer than all else that a start does. */
let madeStore: string;
let fake: FakeGitHub;
let dataDir: string;
let port: number;
const children: ChildProcess[] = [];

beforeAll(async () => {
  madeStore = await mkdtemp(join(tmpdir(), 'assay-store-'));
  const store = await openStore({ databaseUrl: null, dataDir: madeStore });
  await store.close();
});
afterAll(() => rm(madeStore, { recursive: true, force: true }));

beforeEach(async () => {
  fake = await startFakeGitHub();
  dataDir = await mkdtemp(join(tmpdir(), 'assay-process-'));
  await cp(madeStore, join(dataDir, 'data', 'store'), { recursive: true });
  port = await freePort();
  fake.webhookUrl = `http://127.0.0.1:${port}/api/github/webhooks`;
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await fake.close();
  await rm(dataDir, { recursive: true, force: true });
});

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

interface Process {
  readonly child: ChildProcess;
  readonly exited: Promise<number | NodeJS.Signals | null>;
  readonly output: () => string;
}

function spawnMain(env: Record<string, string>): Process {
  const child = spawn(process.execPath, [MAIN], {
    cwd: dataDir,
    env: { PATH: process.env.PATH ?? '', HOME: dataDir, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (output += chunk));
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on('exit', (code, signal) => resolve(code ?? signal)),
  );
  return { child, exited, output: () => output };
}

async function startMain(): Promise<Process> {
  const started = spawnMain({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_ID: String(fake.appId),
    PRIVATE_KEY: fake.privateKey,
    WEBHOOK_SECRET: fake.webhookSecret,
    GITHUB_API_URL: fake.url,
    GITHUB_URL: fake.url,
    DATA_DIR: join(dataDir, 'data'),
    THREADS: '1',
  });
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return started;
    if (started.child.exitCode !== null) throw new Error(started.output());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function openPull() {
  const repo = await fake.createRepository({ owner: 'acme', name: 'models' });
  await fake.commit(repo, 'main', { files: { 'load.py': CLEAN } });
  return fake.openPull({ repo, files: { 'load.py': RISKY } });
}

const concluded = (head: string) =>
  fake.until(
    () =>
      fake.checkRuns(head).length > 0 &&
      fake.checkRuns(head).every(({ status }) => status === 'completed') &&
      fake.checkRuns(head),
  );

// Each starts processes of its own, which takes long on a machine that has other things to do.
describe('the server', { timeout: 90_000 }, () => {
  it('that is killed in the middle of a review makes it after the next start, in the same check run', async () => {
    const first = await startMain();
    fake.failNext({ path: /\/compare\//, hold: first.exited });
    const { pull, delivery } = await openPull();
    expect(delivery).toMatchObject({ status: 202 });
    await fake.until(() => fake.requests.find(({ path }) => path.includes('/compare/')));
    first.child.kill('SIGKILL');
    expect(await first.exited).toBe('SIGKILL');
    expect(fake.checkRuns(pull.head.sha)).toMatchObject([{ status: 'in_progress' }]);
    await startMain();
    expect(await concluded(pull.head.sha)).toMatchObject([{ conclusion: 'failure', annotations: [{ start_line: 5 }] }]);
    expect(fake.violations).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('finishes its reviews on %s, and leaves with 0', async (signal) => {
    const running = await startMain();
    let release = () => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    fake.failNext({ path: /\/compare\//, hold });
    const { pull } = await openPull();
    await fake.until(() => fake.requests.find(({ path }) => path.includes('/compare/')));
    running.child.kill(signal);
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${port}/healthz`).then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('down');
    release();
    expect(await running.exited).toBe(0);
    expect(fake.checkRuns(pull.head.sha)).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('refuses to start in production without its credentials, and names all that is missing', async () => {
    const refused = spawnMain({ NODE_ENV: 'production' });
    expect(await refused.exited).toBe(2);
    for (const name of ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET']) expect(refused.output()).toContain(name);
    expect(refused.output()).not.toContain('    at ');
  });

  it('without credentials offers the set-up page, on this machine only', async () => {
    const started = spawnMain({ PORT: String(port), HOST: '0.0.0.0', NO_SMEE_SETUP: 'true' });
    const page = () =>
      fetch(`http://127.0.0.1:${port}/probot`).then(
        (response) => response.text(),
        () => '',
      );
    await expect.poll(page, { timeout: 15_000 }).toContain('Register GitHub App');
    expect(started.output()).toContain(`http://127.0.0.1:${port}`);
    const elsewhere = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    for (const { address } of elsewhere.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      expect(await isOpen(address, port)).toBe(false);
    }
  });

  it('refuses a second process on the same data folder', async () => {
    await startMain();
    port = await freePort();
    await expect(startMain()).rejects.toThrow(/in use|another/i);
  });
});
