/** Rules that judge a file by its name alone speak once for each file, also where nothing in it can be read. */
import type { Part } from '#domain/part.ts';

/** An archive's parts are texts in it, and an empty file holds nothing. */
export function withName(path: string, bytes: Uint8Array, parts: readonly Part[]): readonly Part[] {
  if (bytes.length === 0) return parts;
  if (parts.length === 0) {
    return [{ path, kind: 'source', language: null, text: '', named: true, locate: () => ({ line: 1, column: 1 }) }];
  }
  const at = parts.findIndex(({ locate }) => locate(0).entry === undefined);
  return parts.map((part, index) => (index === at ? { ...part, named: true } : part));
}
