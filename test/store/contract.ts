/** What both engines of the store promise: run by embedded.test.ts and by the PostgreSQL tests. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprintKey } from '#store/fingerprint-key.ts';
import type { Store } from '#store/store.ts';

export function storeContract(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
    await store.query('CREATE TABLE note (id int PRIMARY KEY, text text)');
  });
  afterAll(() => store.close());

  describe('types', () => {
    it('gives numbers for int8 and counts, dates for timestamps, values for jsonb, text for dates', async () => {
      const [row] = await store.query(
        `SELECT 9007199254740991::int8 AS big, count(*) AS count, timestamptz '2026-11-05T10:00:00.123Z' AS at,
           $1::jsonb AS json, date '2026-11-05' AS day, interval '1 hour' AS span, NULL AS nothing, true AS yes,
           1.50::numeric AS exact, ARRAY['a','b'] AS list`,
        [JSON.stringify({ list: [1, null], text: 'ü' })],
      );
      expect(row).toEqual({
        big: 9007199254740991,
        count: 1,
        at: new Date('2026-11-05T10:00:00.123Z'),
        json: { list: [1, null], text: 'ü' },
        day: '2026-11-05',
        span: '01:00:00',
        nothing: null,
        yes: true,
        exact: '1.50',
        list: ['a', 'b'],
      });
    });

    it('takes lists, timestamps as ISO text, and text that SQL would read as its own', async () => {
      const hostile = `'; DROP TABLE note; -- \\ $1 "`;
      const [row] = await store.query<{ hit: boolean; at: Date; text: string }>(
        'SELECT $1 = ANY($2::text[]) AS hit, $3::timestamptz AS at, $4::text AS text',
        ['b', ['a', 'b'], '2026-01-02T03:04:05+02:00', hostile],
      );
      expect(row).toEqual({ hit: true, at: new Date('2026-01-02T01:04:05Z'), text: hostile });
    });
  });

  describe('transactions', () => {
    it('keeps everything when it resolves, and gives its value', async () => {
      const value = await store.transaction(async (tx) => {
        await tx.query(`INSERT INTO note VALUES (1, 'a'), (2, 'b')`);
        return 'done';
      });
      expect(value).toBe('done');
      expect(await store.query('SELECT id FROM note ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
    });

    it('keeps nothing when it throws, and throws the same error', async () => {
      const failure = new Error('changed my mind');
      const run = store.transaction(async (tx) => {
        await tx.query(`INSERT INTO note VALUES (3, 'c')`);
        throw failure;
      });
      await expect(run).rejects.toBe(failure);
      expect(await store.query('SELECT id FROM note WHERE id = 3')).toEqual([]);
    });

    it('keeps nothing when a statement fails, and works on afterwards', async () => {
      const run = store.transaction(async (tx) => {
        await tx.query(`INSERT INTO note VALUES (4, 'd')`);
        await tx.query(`INSERT INTO note VALUES (4, 'again')`);
      });
      await expect(run).rejects.toThrow(/duplicate key/);
      expect(await store.query('SELECT id FROM note WHERE id = 4')).toEqual([]);
    });

    it('lets many run at the same time', async () => {
      await store.query(`INSERT INTO note VALUES (10, '0')`);
      const increment = () =>
        store.transaction(async (tx) => {
          const [row] = await tx.query<{ text: string }>('SELECT text FROM note WHERE id = 10 FOR UPDATE');
          await tx.query('UPDATE note SET text = $1 WHERE id = 10', [String(Number(row!.text) + 1)]);
        });
      await Promise.all(Array.from({ length: 25 }, increment));
      expect(await store.query('SELECT text FROM note WHERE id = 10')).toEqual([{ text: '25' }]);
    });
  });

  it('makes one fingerprint key of 32 bytes, also when it is asked for many times at once', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => fingerprintKey(store)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
  });

  it('vacuums', async () => {
    await expect(store.vacuum()).resolves.toBeUndefined();
  });
}
