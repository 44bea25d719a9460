import { describe } from 'vitest';
import { openStore } from '#store/store.ts';
import { queueContract } from './contract.ts';

describe('queue on the embedded store', () => {
  queueContract(() => openStore({ databaseUrl: null, dataDir: ':memory:' }));
});
