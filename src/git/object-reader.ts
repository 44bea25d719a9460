/** Reads the stream of `git cat-file --batch` as it comes, straight into one buffer for each object. */
import { AppError } from '#domain/errors.ts';

export interface ObjectReader {
  push(chunk: Buffer): void;
  /** Object id to bytes, for those that are there. Throws when the stream ended early. */
  finish(): Map<string, Uint8Array>;
}

export function createObjectReader(): ObjectReader {
  const objects = new Map<string, Uint8Array>();
  let header = '';
  let body: Uint8Array | null = null;
  let filled = 0;

  function startBody(line: string): void {
    const [oid = '', type, size] = line.split(' ');
    if (type === 'missing') return;
    if (size === undefined || !/^\d+$/.test(size))
      throw new AppError('git-failed', 'git cat-file gave a line that is not understood');
    body = new Uint8Array(Number(size));
    filled = 0;
    objects.set(oid, body);
  }

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (body === null) {
          const end = chunk.indexOf(0x0a, at);
          header += chunk.toString('latin1', at, end === -1 ? chunk.length : end);
          if (end === -1) return;
          at = end + 1;
          startBody(header);
          header = '';
          continue;
        }
        const part = chunk.subarray(at, at + body.length - filled);
        body.set(part, filled);
        filled += part.length;
        at += part.length;
        // A newline of the format follows each object.
        if (filled === body.length && at < chunk.length) {
          at += 1;
          body = null;
        }
      }
    },
    finish() {
      if (header !== '' || body !== null)
        throw new AppError('git-failed', 'git cat-file ended in the middle of an object');
      return objects;
    },
  };
}
