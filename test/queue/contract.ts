/** What the queue and its worker promise on either engine: run by embedded.test.ts and by the PostgreSQL tests. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Store } from '#store/store.ts';
import { requestCases } from './contract-requests.ts';
import { workerCases } from './contract-worker.ts';
import { openScene, type Stage } from './scene.ts';

export function queueContract(openStore: () => Promise<Store>): void {
  const stage = {} as Stage;
  beforeAll(async () => {
    stage.store = await openStore();
  });
  afterAll(() => stage.store.close());
  beforeEach(async () => {
    stage.scene = await openScene(stage.store);
  });
  afterEach(() => stage.scene.close());

  requestCases(stage);
  workerCases(stage);
}
