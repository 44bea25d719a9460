/** Reads the output of `git diff-tree -r --raw -z`: which paths differ between two trees, with modes and blob ids. */
import { AppError } from '#domain/errors.ts';

/** What stands at a path: the mode as a number (0o100644 …) and git's object id. */
export interface TreeEntry {
  readonly mode: number;
  readonly oid: string;
}

export interface TreeChange {
  readonly path: string;
  /** Set when git sees that the file was moved. */
  readonly previousPath: string | null;
  readonly base: TreeEntry | null;
  readonly head: TreeEntry | null;
}

const RECORD = /^:([0-7]{6}) ([0-7]{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])\d*$/;

/** Paths are bytes in git; what is not UTF-8 in them becomes U+FFFD. */
export function parseRawDiff(output: Buffer): TreeChange[] {
  const fields = output.toString('utf8').split('\0');
  const changes: TreeChange[] = [];
  let index = 0;
  const next = () => fields[index++] ?? '';
  while (index < fields.length - 1) {
    const record = RECORD.exec(next());
    if (record === null) throw new AppError('git-failed', 'git diff-tree gave a line that is not understood');
    const [, baseMode, headMode, baseOid, headOid, status] = record as unknown as string[];
    const base = entry(baseMode, baseOid);
    const head = entry(headMode, headOid);
    const first = next();
    if (status === 'R') changes.push({ path: next(), previousPath: first, base, head });
    else if (status === 'C') changes.push({ path: next(), previousPath: null, base: null, head });
    else changes.push({ path: first, previousPath: null, base, head });
  }
  return changes;
}

function entry(mode = '', oid = ''): TreeEntry | null {
  return mode === '000000' ? null : { mode: Number.parseInt(mode, 8), oid };
}
