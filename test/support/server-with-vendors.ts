/** What main.ts starts, with stand-ins for vendors: ORIGINS in the environment says where each of them stands. */
import { readConfig } from '#config.ts';
import { startServer } from '#server.ts';

const start = readConfig(process.env);
if (start.mode === 'set-up') throw new Error('credentials are missing');
const server = await startServer(start.config, {
  origins: JSON.parse(process.env.ORIGINS!),
  backoff: { baseMs: 20, capMs: 100 },
});
process.on('SIGTERM', async () => {
  await server.stop();
  process.exit(0);
});
