/** The manifests on disk: what the files of a scan run with. */
import { readFile } from 'node:fs/promises';
import type { ManifestSource } from '#domain/manifests.ts';

/** A file that cannot be read says nothing of versions, as one that is not there. */
export const manifestsOnDisk: ManifestSource = {
  maxFolders: Number.POSITIVE_INFINITY,
  async read({ head }) {
    const texts = new Map<string, string>();
    for (const path of head) {
      const text = await readFile(path, 'utf8').catch(() => null);
      if (text !== null) texts.set(path, text);
    }
    return { base: new Map(), head: texts };
  },
};
