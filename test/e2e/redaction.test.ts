/** Tries to find a trace of a secret in everything that a review leaves behind: GitHub, log, database, reports, git, errors. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '#store/store.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import type { CheckRun } from '#test/support/fake-github/state.ts';
import type { DeliveryResult } from '#test/support/fake-github/webhooks.ts';
import { type FakeVendors, secretOf, startFakeVendors } from '#test/support/fake-vendors.ts';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import {
  AFTER,
  BASE,
  BROKEN_BASE,
  HEAD,
  MESSAGE,
  MIDDLE,
  SECRETS,
  secretsIn,
  tracesIn,
} from '#test/support/planted-secrets.ts';
import { runCli } from '#test/support/run-cli.ts';

const SERVER = fileURLToPath(new URL('../support/server-with-vendors.ts', import.meta.url));
/** Writes down how git is called, and calls it. */
const listeningGit = (calls: string) =>
  `#!/bin/sh\n{ echo "$@"; env; } >> '${calls}'\nPATH='${process.env.PATH}' exec git "$@"\n`;

function expectNone(said: string): void {
  expect(said.length).toBeGreaterThan(0);
  expect(tracesIn(said)).toEqual([]);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function isReady(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

const VENDORS = [
  'https://huggingface.co',
  'https://api.github.com',
  'https://api.openai.com',
  'https://api.anthropic.com',
];

/** Each vendor's bad manners: the secret in an answer, in an address to go to, in a failure. */
const answerWithEcho: FakeVendors['answer'] = (request) => {
  const secret = secretOf(request);
  if (secret === SECRETS.token) return { status: 200, body: { name: secret, [secret]: secret } };
  if (secret === SECRETS.openai) return { status: 302, headers: { location: `https://api.openai.com/${secret}` } };
  if (secret === SECRETS.anthropic) return { status: 500, body: `no such key: ${secret}` };
  return { status: 401, body: { error: `no such token: ${secret}` } };
};

describe('the App', () => {
  let fake: FakeGitHub;
  let vendors: FakeVendors;
  let dataDir: string;
  let child: ChildProcess;
  let log = '';
  let run: CheckRun;
  let broken: CheckRun;
  let refused: DeliveryResult;

  async function review(owner: string, base: Readonly<Record<string, string>>) {
    const repo = await fake.createRepository({ owner, name: 'models' });
    await fake.commit(repo, 'main', { files: base });
    const parent = await fake.commit(repo, 'topic', { files: MIDDLE, parent: repo.git.refs.get('refs/heads/main')! });
    const branch = `use-${SECRETS.branch}`;
    await fake.commit(repo, branch, { files: { ...HEAD, ...AFTER }, parent, message: MESSAGE });
    const texts = { title: `Use ${SECRETS.title}`, body: `With\n${SECRETS.body}` };
    const { pull, payload } = await fake.openPull({ repo, head: branch, ...texts });
    const isDone = ({ status }: CheckRun) => status === 'completed';
    const done = await fake.until(() => fake.checkRuns(pull.head.sha).find(isDone), { timeoutMs: 60_000 });
    return { done, payload };
  }

  beforeAll(async () => {
    fake = await startFakeGitHub();
    vendors = await startFakeVendors(VENDORS);
    vendors.answer = answerWithEcho;
    // Whoever is greeted by TLS there does not understand it.
    const noTls = vendors.origins['https://api.github.com']!.replace('http:', 'https:');
    const port = await freePort();
    dataDir = await mkdtemp(join(tmpdir(), 'assay-redaction-'));
    for (const folder of ['bin', 'tmp']) await mkdir(join(dataDir, folder));
    await writeFile(join(dataDir, 'bin', 'git'), listeningGit(join(dataDir, 'git-calls')));
    await chmod(join(dataDir, 'bin', 'git'), 0o755);
    child = spawn(process.execPath, [SERVER], {
      env: {
        PATH: `${join(dataDir, 'bin')}:${process.env.PATH}`,
        HOME: dataDir,
        TMPDIR: join(dataDir, 'tmp'),
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
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
        LOG_LEVEL: 'info',
        ORIGINS: JSON.stringify({ ...vendors.origins, 'https://api.github.com': noTls }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (log += chunk));
    const exited = new Promise((resolve) => child.on('exit', resolve));
    const url = `http://127.0.0.1:${port}`;
    while (!(await isReady(`${url}/readyz`))) {
      if (child.exitCode !== null) throw new Error(log);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    fake.webhookUrl = `${url}/api/github/webhooks`;
    // GitHub echoes what it was asked about, in a failure and in an answer that is none.
    const echo = { message: `cannot be read: ${Object.values(SECRETS).join(' ')}` };
    fake.failNext({ path: /\/compare\//, status: 502, body: echo });
    fake.failNext({ path: /^\/graphql$/, status: 200, body: echo });
    const first = await review('acme', BASE);
    run = first.done;
    broken = (await review('acme-2', BROKEN_BASE)).done;
    // The store cannot take this one: an error on the way in, with the payload at hand.
    const payload = structuredClone(first.payload) as { pull_request: { base: { ref: string }; number: number } };
    payload.pull_request.number = 77;
    payload.pull_request.base.ref = 'ma\u0000in';
    refused = await fake.deliver(fake.webhookUrl, 'pull_request', payload);
    child.kill('SIGTERM');
    await exited;
  }, 180_000);
  afterAll(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await vendors.close();
    await fake.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('finds each of them', () => {
    expect(run.conclusion).toBe('failure');
    const { summary } = run.output;
    for (const name of ['huggingface-user-token', 'private-key', 'whole-line', 'in the file', 'base64'])
      expect(summary).toContain(name);
    for (const place of ['gone.py', 'old/….txt', 'the message of commit', 'the title of', 'the description of'])
      expect(summary).toContain(place);
    expect(summary?.replaceAll('\\', '')).toContain('the name of the entry …/a.env');
  });

  it('has asked vendors, and says what they said', () => {
    const asked = vendors.requests.map(secretOf);
    const { token, gone, message, title, body, entry, fileName, openai, anthropic } = SECRETS;
    expect(asked).toEqual(expect.arrayContaining([token, gone, message, title, body, entry, fileName]));
    expect(asked.filter((secret) => secret === openai || secret === anthropic)).toHaveLength(2);
    expect(run.output.summary).toContain('Hugging Face says that it is active');
    expect(run.output.summary).toContain('Hugging Face refused it');
    for (const vendor of ['GitHub', 'OpenAI', 'Anthropic'])
      expect(run.output.summary).toContain(`${vendor} gave no answer`);
  });

  it('shows none on GitHub', () => {
    for (const { output, annotations } of [run, broken]) {
      expectNone(JSON.stringify(output));
      expectNone(JSON.stringify(annotations));
    }
    expectNone(JSON.stringify(fake.requests));
  });

  it('shows none where a file on the target branch is broken', () => {
    expect(broken.output.summary).toContain('waivers');
    expect(run.output.summary).toContain('broken');
  });

  it('writes none to its log, and answers none, when an error has them at hand', () => {
    expect(refused.status).toBe(503);
    expect(log).toContain('could not accept a delivery');
    expectNone(log + JSON.stringify(refused));
  });

  it('tells git none, neither by argument nor by environment', async () => {
    expectNone(await readFile(join(dataDir, 'git-calls'), 'utf8'));
  });

  it('keeps none in its database, and leaves none in a file', async () => {
    const folder = join(dataDir, 'data', 'store');
    const store = await openStore({ databaseUrl: null, dataDir: folder });
    try {
      const tables = await store.query<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
         WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
      );
      const rows = await Promise.all(tables.map(({ name }) => store.query(`SELECT * FROM ${name}`)));
      expect(tables.length).toBeGreaterThan(2);
      expectNone(JSON.stringify(rows));
    } finally {
      await store.close();
    }
    const files = await readdir(dataDir, { recursive: true, withFileTypes: true });
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      expect(tracesIn(path)).toEqual([]);
      // A clone has the commits, secrets and all.
      if (file.isFile() && !path.startsWith(join(dataDir, 'data', 'clones')))
        expect(secretsIn(await readFile(path))).toEqual([]);
    }
    expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
  }, 60_000);
});

describe('the command', () => {
  let repo: GitRepo;
  beforeAll(async () => {
    repo = await createGitRepo();
    await repo.commit(BASE, 'Start');
    await repo.branch(`use-${SECRETS.branch}`);
    await repo.commit(MIDDLE, 'Start');
    await repo.commit({ ...HEAD, ...AFTER }, MESSAGE);
  });
  afterAll(() => repo.cleanup());

  it.each([
    ['review --format text', 'review --format json'],
    ['review --format sarif', 'scan --format json'],
  ])(
    'assay %s, and %s, show none',
    async (...commands) => {
      const runs = commands.map((command) => {
        const more = command.startsWith('scan') ? ['.'] : ['--base', 'main'];
        return runCli([...command.split(' '), ...more], { cwd: repo.path });
      });
      for (const { code, stdout, stderr } of await Promise.all(runs)) {
        expect(code).toBe(1);
        expect(stdout).toContain('huggingface-user-token');
        expectNone(stdout + stderr);
      }
    },
    90_000,
  );
});
