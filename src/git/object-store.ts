/** What one repository's objects say, read without a checkout and without the network: trees, blobs and line diffs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommitChange, type Compared, inNoParent, parseCommitDiff } from './commit-diff.ts';
import { createObjectReader } from './object-reader.ts';
import { parseRawDiff, type TreeChange } from './raw-diff.ts';
import { type GitOptions, runGit } from './run-git.ts';

/** `exact` finds moved files by their id alone, which needs no blobs. */
export type Renames = 'none' | 'exact' | 'similar';

export interface BlobPair {
  readonly base: string;
  readonly head: string;
}

export interface ObjectStore {
  /** The paths that differ between two commits. `similar` reads the blobs of all added and removed files. */
  diff(base: string, head: string, renames: Renames): Promise<TreeChange[]>;
  /** What each commit brought, in their order, compared with the parents named here; of a merge what is as in none of them. */
  diffCommits(commits: readonly Compared[]): Promise<CommitChange[]>;
  /** Object id to size in bytes, for those that are there. */
  sizes(oids: readonly string[]): Promise<Map<string, number>>;
  /** Object id to bytes, for those that are there. Ask `sizes` first: everything is held in memory. */
  read(oids: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** Calls back with each `@@` line of the line diff of each pair, as (index of the pair, line). */
  hunkLines(pairs: readonly BlobPair[], onLine: (pair: number, line: string) => void): Promise<void>;
}

/** git's own default since 2.34 (diff.renameLimit): beyond a thousand by a thousand files only exact moves are followed. */
const RENAME_LIMIT = 1000;
const RENAME_ARGUMENTS = { none: ['--no-renames'], exact: ['-M100%'], similar: ['-M', `-l${RENAME_LIMIT}`] };
const DIFF_ARGUMENTS = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=none'];
/** What git reads of a line, without its end; the rest of a longer one is another line to it: builtin/diff-tree.c. */
const MAX_STDIN_LINE = 998;
/** Hunk lines are short; of the rest only the first character matters. */
const KEPT_LINE = 200;

export function createObjectStore(gitDir: string, signal?: AbortSignal): ObjectStore {
  const options: GitOptions = { cwd: gitDir, env: { GIT_DIR: gitDir }, ...(signal && { signal }) };
  let objectFolder: Promise<string> | null = null;
  // What is here stays for as long as this is used, and to start git costs more than to ask it.
  const known = new Map<string, number>();
  const lines = (oids: Iterable<string>) => [...new Set(oids)].map((oid) => `${oid}\n`).join('');

  return {
    async diff(base, head, renames) {
      const args = [
        'diff-tree',
        '-r',
        '--raw',
        '-z',
        '--no-abbrev',
        ...RENAME_ARGUMENTS[renames],
        ...DIFF_ARGUMENTS,
        base,
        head,
        '--',
      ];
      return parseRawDiff((await runGit(args, options)).stdout);
    },

    async diffCommits(commits) {
      // A commit without parents is compared with nothing.
      const args = ['diff-tree', '--stdin', '-r', '-c', '--root', '--raw', '-z', '--no-abbrev', '--no-renames'];
      const ask = async (asked: readonly string[]) => {
        if (asked.length === 0) return [];
        const input = asked.map((line) => `${line}\n`).join('');
        return parseCommitDiff((await runGit([...args, ...DIFF_ARGUMENTS], { ...options, input })).stdout);
      };
      const lineOf = ({ oid, parents }: Compared) => [oid, ...parents].join(' ');
      const isWide = (commit: Compared) => lineOf(commit).length > MAX_STDIN_LINE;
      const wide = commits.filter(isWide);
      const changes = await ask(commits.filter((commit) => !isWide(commit)).map(lineOf));
      const byParent = await ask(wide.flatMap(({ oid, parents }) => parents.map((parent) => `${oid} ${parent}`)));
      const order = new Map(commits.map(({ oid }, index) => [oid, index]));
      return [...changes, ...inNoParent(wide, byParent)].sort((a, b) => order.get(a.commit)! - order.get(b.commit)!);
    },

    async sizes(oids) {
      const unknown = oids.filter((oid) => !known.has(oid));
      if (unknown.length > 0) {
        const input = lines(unknown);
        const { stdout } = await runGit(['cat-file', '--batch-check', '--buffer'], { ...options, input });
        for (const line of stdout.toString('latin1').split('\n')) {
          const [oid = '', , size] = line.split(' ');
          if (size !== undefined) known.set(oid, Number(size));
        }
      }
      return new Map(oids.flatMap((oid) => (known.has(oid) ? [[oid, known.get(oid)!] as const] : [])));
    },

    async read(oids) {
      if (oids.length === 0) return new Map();
      const reader = createObjectReader();
      await runGit(['cat-file', '--batch', '--buffer'], { ...options, input: lines(oids), onOutput: reader.push });
      return reader.finish();
    },

    async hunkLines(pairs, onLine) {
      if (pairs.length === 0) return;
      objectFolder ??= findObjectFolder(options);
      // The pairs become two trees whose paths are their numbers, so that one process compares them all, no path needs
      // quoting, and no attribute of the repository applies. The trees live in a folder that is thrown away.
      const scratch = await mkdtemp(join(tmpdir(), 'assay-diff-'));
      try {
        const env = {
          GIT_DIR: gitDir,
          GIT_OBJECT_DIRECTORY: scratch,
          GIT_ALTERNATE_OBJECT_DIRECTORIES: await objectFolder,
        };
        const scratched = { ...options, env };
        const base = await writeTree(
          pairs.map((pair) => pair.base),
          scratched,
        );
        const head = await writeTree(
          pairs.map((pair) => pair.head),
          scratched,
        );
        const args = [
          'diff-tree',
          '-p',
          '-U3',
          '--inter-hunk-context=0',
          '--diff-algorithm=myers',
          '--text',
          '--no-renames',
        ];
        const names = ['--no-relative', '--src-prefix=a/', '--dst-prefix=b/'];
        await runGit([...args, ...names, ...DIFF_ARGUMENTS, base, head, '--'], {
          ...scratched,
          onOutput: hunkLineReader(onLine),
        });
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    },
  };
}

async function findObjectFolder(options: GitOptions): Promise<string> {
  const { stdout } = await runGit(['rev-parse', '--path-format=absolute', '--git-path', 'objects'], options);
  const path = stdout.toString('utf8').replace(/\n$/, '');
  // The variable is a list with colons between; a quoted item may hold anything.
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}

async function writeTree(oids: readonly string[], options: GitOptions): Promise<string> {
  const input = oids.map((oid, index) => `100644 blob ${oid}\t${index}\n`).join('');
  return (await runGit(['mktree'], { ...options, input })).stdout.toString('latin1').trim();
}

/** Content lines of a diff begin with a space, `+`, `-` or `\`, so a line that begins otherwise is never content. */
function hunkLineReader(onLine: (pair: number, line: string) => void): (chunk: Buffer) => void {
  let line = '';
  let pair = -1;
  const finish = () => {
    const header = /^diff --git a\/(\d+) /.exec(line);
    if (header) pair = Number(header[1]);
    else if (line.startsWith('@@ ')) onLine(pair, line);
    line = '';
  };
  return (chunk) => {
    let at = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, at)) {
      line += chunk.toString('latin1', at, Math.min(end, at + KEPT_LINE));
      finish();
      at = end + 1;
    }
    if (line.length < KEPT_LINE) line += chunk.toString('latin1', at, at + KEPT_LINE);
  };
}
