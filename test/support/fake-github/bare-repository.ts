/** A repository of the stand-in GitHub on disk: bare, made by git, served by git, and quick to commit to. */
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DiffReader, openDiffs } from './diff-reader.ts';
import { runGit } from './git-process.ts';
import { type Commit, type ObjectReader, openObjects } from './object-reader.ts';

/** `null` removes the file. A link's text is its target; a submodule is a commit of another repository. */
export type FileContent =
  | string
  | Uint8Array
  | { readonly executable: string | Uint8Array }
  | { readonly symlink: string }
  | { readonly submodule: string }
  | null;

export interface NewCommit {
  readonly files?: Readonly<Record<string, FileContent>>;
  /** Without it the branch's tip, or where the branch is new that of `main`; null makes a root commit. */
  readonly parent?: string | null;
  readonly message?: string;
}

export interface BareRepository {
  readonly path: string;
  /** By full name: `refs/heads/main`. */
  readonly refs: ReadonlyMap<string, string>;
  readonly objects: ObjectReader;
  readonly diffs: DiffReader;
  /** Adds a commit and moves `ref` to it, whatever stood there; gives its id. `at` is in milliseconds since 1970. */
  commit(ref: string, parent: string | null, commit: NewCommit, at: number): Promise<string>;
  /** A merge of two commits as GitHub makes it for a merge queue. Paths that both sides changed differently make it fail. */
  merge(ref: string, ours: string, theirs: string, message: string, at: number): Promise<string>;
  setRef(ref: string, oid: string): Promise<void>;
  deleteRef(ref: string): Promise<void>;
  /** Copies what `oid` needs from another repository. */
  fetchFrom(source: BareRepository, oid: string, ref: string): Promise<void>;
  /** A commit id, a full or short ref name or HEAD; null when there is no such commit. */
  resolve(revision: string): Promise<Commit | null>;
  close(): Promise<void>;
}

/** What a fetch of single commits without blobs needs; and speed, as nothing here must outlive the test. */
const CONFIGURATION = `[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[core]
	compression = 1
	looseCompression = 1
	fsync = none
[fastimport]
	unpackLimit = 1
[gc]
	auto = 0
`;

export async function createBareRepository(
  path: string,
  { defaultBranch, forkOf }: { defaultBranch: string; forkOf: BareRepository | null },
): Promise<BareRepository> {
  await runGit(['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`, path]);
  await appendFile(join(path, 'config'), CONFIGURATION);
  const refs = new Map<string, string>();
  const objects = openObjects(path);
  const diffs = openDiffs(path);

  async function setRef(ref: string, oid: string): Promise<void> {
    const file = join(path, ref);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${oid}\n`);
    refs.set(ref, oid);
  }

  if (forkOf !== null) {
    await mkdir(join(path, 'objects', 'info'), { recursive: true });
    await writeFile(join(path, 'objects', 'info', 'alternates'), `${join(forkOf.path, 'objects')}\n`);
    for (const [ref, oid] of forkOf.refs) if (ref.startsWith('refs/heads/')) await setRef(ref, oid);
  }

  return {
    path,
    refs,
    objects,
    diffs,
    setRef,
    async commit(ref, parent, commit, at) {
      const input = importCommands(ref, parent, commit, at);
      const oid = (await runGit(['-C', path, 'fast-import', '--quiet', '--force'], { stdin: input })).toString().trim();
      refs.set(ref, oid);
      return oid;
    },
    async merge(ref, ours, theirs, message, at) {
      const base = (await runGit(['-C', path, 'merge-base', ours, theirs])).toString().trim();
      const index = join(path, `index-${theirs}`);
      const env = { GIT_INDEX_FILE: index, GIT_AUTHOR_DATE: gitDate(at), GIT_COMMITTER_DATE: gitDate(at) };
      await runGit(['-C', path, 'read-tree', '-i', '-m', '--aggressive', base, ours, theirs], { env });
      const tree = (await runGit(['-C', path, 'write-tree'], { env })).toString().trim();
      await rm(index);
      const args = ['commit-tree', tree, '-p', ours, '-p', theirs, '-m', message];
      const oid = (await runGit(['-C', path, ...args], { env })).toString().trim();
      await setRef(ref, oid);
      return oid;
    },
    async deleteRef(ref) {
      refs.delete(ref);
      await runGit(['-C', path, 'update-ref', '-d', ref]);
    },
    async fetchFrom(source, oid, ref) {
      await runGit(['-C', path, 'fetch', '--quiet', '--no-tags', source.path, `+${oid}:${ref}`]);
      refs.set(ref, oid);
    },
    async resolve(revision) {
      const name = revision === 'HEAD' ? defaultBranch : revision;
      const oid = [name, `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`].map((ref) => refs.get(ref));
      return objects.commit(oid.find((one) => one !== undefined) ?? name);
    },
    async close() {
      await Promise.all([objects.close(), diffs.close()]);
    },
  };
}

function gitDate(at: number): string {
  return `${Math.floor(at / 1000)} +0000`;
}

/** The commit as `git fast-import` reads it: one process whatever the number of files. */
function* importCommands(ref: string, parent: string | null, commit: NewCommit, at: number) {
  yield `reset ${ref}\n\ncommit ${ref}\nmark :1\n`;
  yield `author Ada Author <ada@example.com> ${gitDate(at)}\ncommitter Ada Author <ada@example.com> ${gitDate(at)}\n`;
  yield* data(commit.message ?? 'Change files');
  if (parent !== null) yield `from ${parent}\n`;
  for (const [path, content] of Object.entries(commit.files ?? {})) yield* fileCommands(quoted(path), content);
  yield '\nget-mark :1\n';
}

function* fileCommands(path: string, content: FileContent) {
  if (content === null) yield `D ${path}\n`;
  else if (typeof content === 'string' || content instanceof Uint8Array) yield* inline('100644', path, content);
  else if ('executable' in content) yield* inline('100755', path, content.executable);
  else if ('symlink' in content) yield* inline('120000', path, content.symlink);
  else yield `M 160000 ${content.submodule} ${path}\n`;
}

function* inline(mode: string, path: string, content: string | Uint8Array) {
  yield `M ${mode} inline ${path}\n`;
  yield* data(content);
}

function* data(content: string | Uint8Array) {
  yield `data ${Buffer.byteLength(content)}\n`;
  yield content;
  yield '\n';
}

function quoted(path: string): string {
  const escaped = path.replace(/["\\\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
  return `"${escaped}"`;
}
