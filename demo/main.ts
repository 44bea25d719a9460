/** `npm run demo`: a pull request is opened on a stand-in GitHub, the real App reviews it, and the result is shown. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '#server.ts';
import { startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { configFor } from '#test/support/run-app.ts';
import { renderPage } from './page.ts';
import { pageData } from './page-data.ts';
import { BASE_FILES, headFiles } from './repository.ts';
import { renderReview } from './terminal.ts';

const PORT = 3100;

const once = process.argv.includes('--once');
const say = (text: string) => process.stdout.write(`${text}\n`);

const dataDir = await mkdtemp(join(tmpdir(), 'assay-demo-'));
const github = await startFakeGitHub();
say(`A stand-in for GitHub answers at ${github.url}, with git over HTTP.`);
const assay = await startServer(configFor(github, dataDir));
github.webhookUrl = assay.webhookUrl;
say(`Assay listens at ${assay.webhookUrl}, on its embedded store.`);

const repo = await github.createRepository({ owner: 'acme', name: 'sentiment' });
await github.commit(repo, 'main', { files: BASE_FILES, message: 'Train and serve' });
const title = 'Resume from a checkpoint, track runs, explore errors';
const started = performance.now();
const { pull, delivery } = await github.openPull({ repo, head: 'resume', title, files: headFiles() });
say(`Ada opens pull request #${pull.number}; GitHub signs a webhook, and Assay answers ${delivery?.status}.`);

const check = await github.until(() => github.checkRuns(pull.head.sha).find(({ status }) => status === 'completed'));
const took = Math.round(performance.now() - started);
const requests = github.apiRequestCount();
say(`Reviewed in ${took} ms with ${requests} requests to GitHub's API.\n`);
say(renderReview(check, { color: process.stdout.isTTY && process.env.NO_COLOR === undefined }));

if (once) await leave();
else {
  const data = await pageData(github, pull, check);
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(renderPage(data));
  });
  server.once('error', () => server.listen(0, '127.0.0.1'));
  server.on('listening', () => {
    say(
      `\nThe pull request as a person sees it: http://127.0.0.1:${(server.address() as AddressInfo).port} (Ctrl-C ends the demo)`,
    );
  });
  server.listen(PORT, '127.0.0.1');
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
}

async function leave(): Promise<void> {
  await assay.stop();
  await github.close();
  await rm(dataDir, { recursive: true, force: true });
  process.exit(check.conclusion === 'failure' ? 1 : 0);
}
