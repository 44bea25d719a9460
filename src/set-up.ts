/** Probot's page that registers the App and writes its credentials into .env: on this machine only, and never in production. */
import { run } from 'probot';

export async function startSetUp(port: number): Promise<void> {
  // The page has no password: whoever can open it can set the App's key.
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port) };
  // Without this it asks a relay on the internet for a channel.
  if (process.env.WEBHOOK_PROXY_URL === undefined) process.env.NO_SMEE_SETUP = 'true';
  process.stdout.write(
    `Assay has no credentials yet: register the App at http://127.0.0.1:${port}, or set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.\n`,
  );
  await run(() => {}, { env });
}
