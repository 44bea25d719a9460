/** The key that turns secrets into fingerprints: random, made at first use, the same for as long as the store lives. */
import { randomBytes } from 'node:crypto';
import type { Sql } from './engine.ts';

/** 32 bytes. Two processes that ask at the same time get the same key. */
export async function fingerprintKey(store: Sql): Promise<Uint8Array> {
  await store.query(`INSERT INTO assay.setting (name, value) VALUES ('fingerprint-key', $1) ON CONFLICT DO NOTHING`, [
    randomBytes(32).toString('hex'),
  ]);
  const [row] = await store.query<{ value: string }>(`SELECT value FROM assay.setting WHERE name = 'fingerprint-key'`);
  return Buffer.from(row!.value, 'hex');
}
