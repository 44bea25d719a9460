/** The server's entry: environment → server, or the set-up page; drains on SIGTERM and SIGINT. */
import { existsSync } from 'node:fs';
import { AppError } from '#domain/errors.ts';
import { readConfig } from './config.ts';

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const start = readConfig(process.env);
  if (start.mode === 'set-up') {
    const { startSetUp } = await import('./set-up.ts');
    return startSetUp(start.port);
  }
  const { startServer } = await import('./server.ts');
  const server = await startServer(start.config);
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      // A second signal means it: what is running is made again after the next start.
      if (stopping) process.exit(1);
      stopping = true;
      await server.stop();
      process.exit(0);
    });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`assay: ${error.message}\n`);
  process.exitCode = 2;
}
