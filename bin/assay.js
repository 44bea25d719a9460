#!/usr/bin/env node
// Starts the command line on the Node that this package brings, whichever Node the machine has.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const major = Number(process.versions.node.split('.')[0]);
if (major >= 24) {
  await import(cli);
} else {
  const home = dirname(createRequire(import.meta.url).resolve('node/package.json'));
  const child = spawnSync(join(home, 'bin', 'node'), [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (child.error) throw child.error;
  process.exitCode = child.status ?? 3;
}
