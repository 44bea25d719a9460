import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprintKey } from '#store/fingerprint-key.ts';
import { lockFolder } from '#store/folder-lock.ts';
import { openStore } from '#store/store.ts';
import { storeContract } from './contract.ts';

const root = mkdtempSync(join(tmpdir(), 'assay-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('embedded store in memory', () => {
  storeContract(() => openStore({ databaseUrl: null, dataDir: ':memory:' }));
});

describe('embedded store in a folder', () => {
  it('keeps its rows and its key when it is opened again, and its lock while it is open', async () => {
    const dataDir = join(root, 'made', 'on', 'demand');
    const first = await openStore({ databaseUrl: null, dataDir });
    const key = await fingerprintKey(first);
    await expect(openStore({ databaseUrl: null, dataDir })).rejects.toMatchObject({
      code: 'store-locked',
      message: expect.stringContaining(`${dataDir}: stop it, choose another folder, or set DATABASE_URL`),
    });
    await first.close();

    const second = await openStore({ databaseUrl: null, dataDir });
    expect(await fingerprintKey(second)).toEqual(key);
    expect(second.session).not.toBe(first.session);
    await second.close();
  });

  it('says which folder cannot be used, and why', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    await expect(openStore({ databaseUrl: null, dataDir: join(file, 'data') })).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/a-file\/data cannot be used: ENOTDIR/),
    });
  });
});

describe('the folder lock', () => {
  it('keeps other processes out, and ends with its process however that ends', async () => {
    const folder = join(root, 'locked');
    const script = `const { lockFolder } = await import('#store/folder-lock.ts');
      lockFolder(process.argv[1]); console.log('locked'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(() => lockFolder(folder)).toThrow(/another process is using the data folder/);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockFolder(folder).release();
    lockFolder(folder).release();
  });
});
