/** Tries to find a secret in clear in everything that a review leaves behind: GitHub, the log, the database, reports, errors. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '#store/store.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import type { CheckRun } from '#test/support/fake-github/state.ts';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { notebook } from '#test/support/ml-files.ts';
import { runCli } from '#test/support/run-cli.ts';
import { sampleToken } from '#test/support/samples.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

const token = sampleToken('huggingface');
const named = sampleToken('huggingface', 'in a name');
const key = sampleToken('private-key');
const nested = sampleToken('github');
const gone = sampleToken('huggingface', 'gone again');
const goneName = sampleToken('huggingface', 'in a name that is gone again');
const inMessage = sampleToken('huggingface', 'in a message');
const inTitle = sampleToken('huggingface', 'in a title');
const inBody = sampleToken('huggingface', 'in a description');
const encoded = Buffer.from(`TOKEN = "${nested}"`).toString('base64');

/** One secret wherever text of a change comes to be shown. */
const FILES = {
  'train.py': [
    'import torch',
    'from transformers import AutoModel',
    `m = AutoModel.from_pretrained("x", token="${token}", trust_remote_code=True)`,
    `torch.load("${token}")  # assay: allow[torch-load-untrusted] reason="key ${token}" until=2999-01-01`,
    `# assay: allow[${token}]`,
    `torch.load("x")  # nosemgrep: ${token}`,
  ].join('\n'),
  'eda.ipynb': notebook([{ code: 'print(token)', output: `logged in with ${token}\n`, execution: 1 }]),
  'broken.ipynb': `{"cells": [${token}`,
  'broken.py': `def f(${token}:\n  x = "${token}`,
  [`keys/${named}.txt`]: 'nothing\n',
  [`keys/${named}.png`]: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]).toString('latin1'),
  [`keys/${named}/load.py`]: `import torch\ntorch.load("keys/${named}")\n`,
  id_rsa: `${key}\n`,
  'config.py': `BLOB = "${encoded}"\nimport torch\ntorch.load("${encoded}")\n`,
};

/** What a commit in the middle has, and the head has not. */
const MIDDLE = {
  'middle.py': `token = "${gone}"  # gitleaks:allow ${gone}\n`,
  'gone.py': `# ${gone}\ntoken = "${gone}"\n`,
  [`old/${goneName}.txt`]: `${gone}\n`,
};
const AFTER = { 'middle.py': 'pass\n', 'gone.py': null, [`old/${goneName}.txt`]: null };
const MESSAGE = `Log in\n\nwith ${inMessage}`;

/** Each secret by a piece of it that no prefix gives away, in clear and as it may be encoded on the way. */
const HIDDEN = [token, named, nested, gone, goneName, inMessage, inTitle, inBody].map((one) => one.slice(8));
const PIECES = [...HIDDEN, encoded.slice(20), key.split('\n')[3]!].flatMap((piece) => [
  piece,
  encodeURIComponent(piece),
  Buffer.from(piece).toString('hex'),
  JSON.stringify(piece).slice(1, -1),
]);

function expectNone(said: string): void {
  expect(said.length).toBeGreaterThan(0);
  expect(PIECES.filter((piece) => said.includes(piece))).toEqual([]);
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

describe('the App', () => {
  let fake: FakeGitHub;
  let dataDir: string;
  let child: ChildProcess;
  let log = '';
  let run: CheckRun;

  beforeAll(async () => {
    fake = await startFakeGitHub();
    const port = await freePort();
    dataDir = await mkdtemp(join(tmpdir(), 'assay-redaction-'));
    child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env.PATH ?? '',
        HOME: dataDir,
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
    const repo = await fake.createRepository({ owner: 'acme', name: 'models' });
    await fake.commit(repo, 'main', { files: { OWNER: 'acme' } });
    const parent = await fake.commit(repo, 'topic', { files: MIDDLE, parent: repo.git.refs.get('refs/heads/main')! });
    await fake.commit(repo, 'topic', { files: { ...FILES, ...AFTER }, parent, message: MESSAGE });
    const { pull } = await fake.openPull({ repo, head: 'topic', title: `Use ${inTitle}`, body: `With\n${inBody}` });
    run = await fake.until(() => fake.checkRuns(pull.head.sha).find(({ status }) => status === 'completed'));
    child.kill('SIGTERM');
    await exited;
  }, 60_000);
  afterAll(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await fake.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('finds each of them', () => {
    expect(run.conclusion).toBe('failure');
    for (const name of ['huggingface-user-token', 'private-key', 'in the file'])
      expect(run.output.summary).toContain(name);
    expect(run.output.summary).toContain('base64');
    for (const place of ['gone.py', 'old/….txt', 'the message of commit', 'the title of', 'the description of'])
      expect(run.output.summary).toContain(place);
  });

  it('shows none on GitHub', () => {
    expectNone(JSON.stringify(run.output));
    expectNone(JSON.stringify(run.annotations));
  });

  it('writes none to its log', () => {
    expectNone(log);
  });

  it('keeps none in its database, in no row and in no file', async () => {
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
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const text = await readFile(join(file.parentPath, file.name), 'latin1');
      expect(PIECES.filter((piece) => text.includes(piece))).toEqual([]);
    }
  }, 30_000);
});

describe('the command', () => {
  let repo: GitRepo;
  beforeAll(async () => {
    repo = await createGitRepo();
    await repo.commit({ OWNER: 'acme' }, 'Start');
    await repo.branch('topic');
    await repo.commit(MIDDLE, 'Start');
    await repo.commit({ ...FILES, ...AFTER }, MESSAGE);
  });
  afterAll(() => repo.cleanup());

  it.each([
    ['review', 'text'],
    ['review', 'json'],
    ['review', 'sarif'],
    ['scan', 'json'],
  ])(
    'assay %s --format %s shows none',
    async (command, format) => {
      const args = command === 'review' ? ['review', '--base', 'main'] : ['scan', '.'];
      const { code, stdout, stderr } = await runCli([...args, '--format', format], { cwd: repo.path });
      expect(code).toBe(1);
      expect(stdout).toContain('huggingface-user-token');
      expectNone(stdout + stderr);
    },
    60_000,
  );
});
