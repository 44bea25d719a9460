import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from '#config.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const complete = { APP_ID: '7', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 's' };

const message = (variables: NodeJS.ProcessEnv): string => {
  try {
    readConfig(variables);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('the environment', () => {
  it('starts the server when it is complete', () => {
    expect(readConfig(complete)).toMatchObject({
      mode: 'serve',
      config: {
        appId: 7,
        port: 3000,
        host: 'localhost',
        databaseUrl: null,
        webhookSecrets: ['s'],
        githubApiUrl: 'https://api.github.com',
      },
    });
  });

  it('lets vendors be asked about secrets unless it says off', () => {
    expect(readConfig(complete)).toMatchObject({ config: { verification: 'on' } });
    expect(readConfig({ ...complete, VERIFICATION: 'off' })).toMatchObject({ config: { verification: 'off' } });
    expect(message({ ...complete, VERIFICATION: 'no' })).toContain('VERIFICATION: ');
  });

  it('starts the set-up page when there are no credentials at all', () => {
    expect(readConfig({})).toEqual({ mode: 'set-up', port: 3000 });
  });

  it('names everything that is missing in production at once', () => {
    const text = message({ NODE_ENV: 'production' });
    expect(text).toContain('APP_ID: missing');
    expect(text).toContain('PRIVATE_KEY or PRIVATE_KEY_PATH: missing');
    expect(text).toContain('WEBHOOK_SECRET: missing');
  });

  it('does not fall back to a default secret outside production', () => {
    expect(message({ ...complete, WEBHOOK_SECRET: '' })).toContain('WEBHOOK_SECRET: missing');
  });

  it('names every variable that is wrong at once', () => {
    const text = message({
      ...complete,
      APP_ID: 'Iv1.abc',
      PORT: '99999',
      DATABASE_URL: 'mysql://x',
      PRIVATE_KEY: 'nonsense',
    });
    for (const name of ['APP_ID', 'PORT', 'DATABASE_URL', 'PRIVATE_KEY']) expect(text).toContain(`\n  ${name}: `);
  });

  it('takes the key with escaped line ends or in base64', () => {
    const escaped = readConfig({ ...complete, PRIVATE_KEY: privateKey.replaceAll('\n', '\\n') });
    const encoded = readConfig({ ...complete, PRIVATE_KEY: Buffer.from(privateKey).toString('base64') });
    expect(escaped).toMatchObject({ config: { privateKey } });
    expect(encoded).toMatchObject({ config: { privateKey } });
  });

  it('names a key file that is not there', () => {
    expect(message({ APP_ID: '7', WEBHOOK_SECRET: 's', PRIVATE_KEY_PATH: 'no/such.pem' })).toContain(
      'no such file: no/such.pem',
    );
  });

  it('takes the previous secret along during a rotation', () => {
    expect(readConfig({ ...complete, WEBHOOK_SECRET_PREVIOUS: 'p' })).toMatchObject({
      config: { webhookSecrets: ['s', 'p'] },
    });
  });
});
