#!/usr/bin/env node
// Starts the command line on the Node that this package brings, whichever Node the machine has.
import { spawnSync } from 'node:child_process';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// What Node has compiled is kept for the next start, by the threads too, which read it from the environment. It is code: so it
// stands beside the packages, where whoever can write could change the code itself, and in no folder that people share.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/assay', import.meta.url));

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const major = Number(process.versions.node.split('.')[0]);
if (major >= 24) {
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  await import(cli);
} else {
  const home = dirname(createRequire(import.meta.url).resolve('node/package.json'));
  const child = spawnSync(join(home, 'bin', 'node'), [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (child.error) throw child.error;
  process.exitCode = child.status ?? 3;
}
