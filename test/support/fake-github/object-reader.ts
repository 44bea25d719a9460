/** Reads git objects of one repository through one `git cat-file --batch` that stays. */
import { stayingGit } from './git-process.ts';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

export interface GitObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly content: Buffer;
}

export interface TreeEntry {
  /** As git writes it: 100644, 100755, 120000, 160000, 40000. */
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Seconds since 1970. */
  readonly committedAt: number;
}

export interface ObjectReader {
  /** Null when there is no such object. `oid` may be shortened. */
  read(oid: string): Promise<GitObject | null>;
  commit(oid: string): Promise<Commit | null>;
  tree(oid: string): Promise<ReadonlyMap<string, TreeEntry> | null>;
  /** What stands at `path` below the tree `oid`; the empty path is the tree itself. */
  entryAt(treeOid: string, path: string): Promise<TreeEntry | null>;
  close(): Promise<void>;
}

const OID = /^[0-9a-f]{4,64}$/;
const REMEMBERED_TREES = 500;

interface Waiting {
  resolve(object: GitObject | null): void;
  reject(error: Error): void;
}

export function openObjects(gitDir: string): ObjectReader {
  const waiting: Waiting[] = [];
  const commits = new Map<string, Commit>();
  const trees = new Map<string, ReadonlyMap<string, TreeEntry>>();
  let chunks: Buffer[] = [];
  let received = 0;
  let needed = 1;

  const git = stayingGit(['-C', gitDir, 'cat-file', '--batch'], {
    data(chunk) {
      chunks.push(chunk);
      received += chunk.length;
      if (received >= needed) answer();
    },
    gone(error) {
      for (const one of waiting.splice(0)) one.reject(error);
    },
  });

  /** Joins what has come only when the object that is next is complete: long ones come in hundreds of chunks. */
  function answer(): void {
    let buffer = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    needed = 1;
    while (buffer.length > 0) {
      const headerEnd = buffer.indexOf(10);
      if (headerEnd === -1) {
        needed = buffer.length + 1;
        break;
      }
      const [oid = '', type = '', size = ''] = buffer.toString('utf8', 0, headerEnd).split(' ');
      const missing = !/^\d+$/.test(size);
      const end = headerEnd + 1 + (missing ? 0 : Number(size) + 1);
      if (buffer.length < end) {
        needed = end;
        break;
      }
      const content = buffer.subarray(headerEnd + 1, end - 1);
      waiting.shift()!.resolve(missing ? null : { oid, type: type as ObjectType, content });
      buffer = buffer.subarray(end);
    }
    chunks = buffer.length === 0 ? [] : [buffer];
    received = buffer.length;
  }

  async function read(oid: string): Promise<GitObject | null> {
    if (!OID.test(oid)) return null;
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      git.write(`${oid}\n`);
    });
  }

  async function commit(oid: string): Promise<Commit | null> {
    const known = commits.get(oid);
    if (known !== undefined) return known;
    const object = await read(oid);
    if (object?.type === 'tag') return commit(/^object ([0-9a-f]+)/.exec(object.content.toString())?.[1] ?? '');
    if (object?.type !== 'commit') return null;
    const parsed = parseCommit(object);
    commits.set(object.oid, parsed);
    return parsed;
  }

  async function tree(oid: string): Promise<ReadonlyMap<string, TreeEntry> | null> {
    const known = trees.get(oid);
    if (known !== undefined) return known;
    const object = await read(oid);
    if (object?.type !== 'tree') return null;
    const parsed = parseTree(object.content);
    if (trees.size >= REMEMBERED_TREES) trees.clear();
    trees.set(object.oid, parsed);
    return parsed;
  }

  return {
    read,
    commit,
    tree,
    async entryAt(treeOid, path) {
      let entry: TreeEntry = { mode: '40000', name: '', oid: treeOid };
      for (const name of path === '' ? [] : path.split('/')) {
        if (entry.mode !== '40000') return null;
        const next = (await tree(entry.oid))?.get(name);
        if (next === undefined) return null;
        entry = next;
      }
      return entry;
    },
    close: git.close,
  };
}

function parseCommit({ oid, content }: GitObject): Commit {
  const text = content.toString();
  const bodyStart = text.indexOf('\n\n');
  const header = text.slice(0, bodyStart);
  return {
    oid,
    tree: /^tree ([0-9a-f]+)$/m.exec(header)?.[1] ?? '',
    parents: [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? ''),
    message: text.slice(bodyStart + 2),
    committedAt: Number(/^committer .* (\d+) [+-]\d{4}$/m.exec(header)?.[1] ?? 0),
  };
}

/** A tree is a run of `mode SPACE name NUL oid`, the oid as 20 bytes. */
function parseTree(content: Buffer): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  let position = 0;
  while (position < content.length) {
    const space = content.indexOf(32, position);
    const nul = content.indexOf(0, space);
    const name = content.toString('utf8', space + 1, nul);
    const oid = content.toString('hex', nul + 1, nul + 21);
    entries.set(name, { mode: content.toString('utf8', position, space), name, oid });
    position = nul + 21;
  }
  return entries;
}
