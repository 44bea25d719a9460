/** Compares two commits of one repository through one `git diff-tree --stdin` that stays. */
import { randomUUID } from 'node:crypto';
import { stayingGit } from './git-process.ts';

export interface FileDiff {
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  readonly path: string;
  readonly previousPath: string | null;
  /** The head's blob, or the base's where the file is removed. */
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
  /** From the first `@@` on; null for what is binary, a mere rename or a change of mode. */
  readonly patch: Buffer | null;
}

export interface DiffReader {
  /** In the order of the paths, as git gives it. */
  diff(base: string, head: string): Promise<FileDiff[]>;
  close(): Promise<void>;
}

const STATUS: Readonly<Record<string, FileDiff['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
};
const REMEMBERED_BYTES = 1_000_000;

export function openDiffs(gitDir: string): DiffReader {
  const end = Buffer.from(`end of diff ${randomUUID()}\n`);
  const remembered = new Map<string, FileDiff[]>();
  let chunks: Buffer[] = [];
  let tail: Buffer = Buffer.alloc(0);
  let waiting: { resolve(output: Buffer): void; reject(error: Error): void } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const args = ['diff-tree', '--stdin', '-r', '-m', '-M', '-z', '--raw', '--patch', '--unified=3', '--full-index'];
  const git = stayingGit(['-C', gitDir, ...args, '--no-color', '--no-ext-diff', '--no-textconv'], {
    data(chunk) {
      chunks.push(chunk);
      tail = Buffer.concat([tail, chunk.subarray(-end.length)]).subarray(-end.length);
      if (!tail.equals(end)) return;
      const output = Buffer.concat(chunks).subarray(0, -end.length);
      chunks = [];
      waiting?.resolve(output);
    },
    gone: (error) => waiting?.reject(error),
  });

  function ask(base: string, head: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      // "head base" means: head, as if base were its only parent. A line that is no object id is given back as it is.
      git.write(`${head} ${base}\n${end}`);
    });
  }

  return {
    async diff(base, head) {
      if (base === head) return [];
      const key = `${base} ${head}`;
      const known = remembered.get(key);
      if (known !== undefined) return known;
      const answer = last.then(() => ask(base, head));
      last = answer.catch(() => {});
      const output = await answer;
      const files = parseDiff(output, head);
      if (output.length <= REMEMBERED_BYTES) remembered.set(key, files);
      return files;
    },
    close: git.close,
  };
}

/** `HEAD NUL`, then for each file `:modes oids status NUL path NUL [path NUL]`, then NUL and the patches in the same order. */
function parseDiff(output: Buffer, head: string): FileDiff[] {
  let position = output.toString('latin1', 0, head.length) === head ? head.length + 1 : 0;
  const field = (): string => {
    const nul = output.indexOf(0, position);
    const text = output.toString('utf8', position, nul);
    position = nul + 1;
    return text;
  };
  const raw: { status: string; from: string; to: string; oid: string }[] = [];
  while (output[position] === 58) {
    const [, , oldOid = '', newOid = '', status = ''] = field().split(' ');
    const from = field();
    const kind = status[0] ?? '';
    raw.push({ status: kind, from, to: kind === 'R' ? field() : from, oid: kind === 'D' ? oldOid : newOid });
  }
  const patches = splitPatches(output.subarray(position + 1));
  return raw.map(({ status, from, to, oid }) => {
    // git shows a change of type, a file that became a link, as a removal and an addition.
    const parts = patches.splice(0, status === 'T' ? 2 : 1).map(fromFirstHunk);
    const shown = parts.filter((part) => part !== null);
    const counts = shown.map(countLines);
    return {
      status: STATUS[status] ?? 'modified',
      path: to,
      previousPath: status === 'R' ? from : null,
      oid,
      additions: counts.reduce((sum, count) => sum + count.additions, 0),
      deletions: counts.reduce((sum, count) => sum + count.deletions, 0),
      patch: shown.length === 0 ? null : Buffer.concat(shown),
    };
  });
}

/** Every line of a hunk begins with a sign, so that a line which begins with `diff --git` begins a file. */
function splitPatches(output: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = output.indexOf('diff --git ') === 0 ? 0 : -1; at !== -1; ) {
    starts.push(at);
    const next = output.indexOf('\ndiff --git ', at);
    at = next === -1 ? -1 : next + 1;
  }
  return starts.map((start, index) => output.subarray(start, starts[index + 1] ?? output.length));
}

function fromFirstHunk(patch: Buffer): Buffer | null {
  const start = patch.indexOf('\n@@ ');
  return start === -1 ? null : patch.subarray(start + 1);
}

function countLines(patch: Buffer): { additions: number; deletions: number } {
  let additions = 0;
  let deletions = 0;
  for (let at = 0; at < patch.length; ) {
    if (patch[at] === 43) additions++;
    else if (patch[at] === 45) deletions++;
    const newline = patch.indexOf(10, at);
    at = newline === -1 ? patch.length : newline + 1;
  }
  return { additions, deletions };
}
