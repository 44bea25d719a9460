/** Files of two commits in one GraphQL query: mode, blob id and, for text of up to half a megabyte, the text. */
import type { Repository } from '#domain/review-request.ts';
import type { Client } from './client.ts';

export interface WantedFile {
  readonly basePath: string | null;
  readonly headPath: string | null;
}

/** What stands at a path. `blob` is null for a submodule. */
export interface FileContent {
  readonly mode: number;
  readonly oid: string;
  readonly blob: BlobContent | null;
}

export interface BlobContent {
  readonly bytes: number;
  /** Null when GitHub cannot tell. */
  readonly binary: boolean | null;
  readonly truncated: boolean;
  /** Null for binary. May differ from what is stored, when that is not UTF-8: compare the id. */
  readonly text: string | null;
}

export interface FilePair {
  readonly base: FileContent | null;
  readonly head: FileContent | null;
}

interface WireEntry {
  readonly mode: number;
  readonly oid: string;
  readonly object: { byteSize?: number; isBinary?: boolean | null; isTruncated?: boolean; text?: string | null } | null;
}
type WireSide = Readonly<Record<string, WireEntry | null>> | null;

/** In the order of `wanted`; null when one of the commits is not to be seen. Throws AppError like every request. */
export async function readContents(
  client: Client,
  repo: Repository,
  commits: { base: string; head: string },
  wanted: readonly WantedFile[],
): Promise<FilePair[] | null> {
  const base = side(
    'b',
    wanted.map((file) => file.basePath),
  );
  const head = side(
    'h',
    wanted.map((file) => file.headPath),
  );
  const declared = [...base.names, ...head.names].map((name) => `, $${name}: String!`).join('');
  const text = `query Contents($owner: String!, $name: String!, $base: GitObjectID!, $head: GitObjectID!${declared}) {
  repository(owner: $owner, name: $name) {
    base: object(oid: $base) { ... on Commit { oid ${base.fields} } }
    head: object(oid: $head) { ... on Commit { oid ${head.fields} } }
  }
}
fragment Entry on TreeEntry { mode oid object { ... on Blob { byteSize isBinary isTruncated text } } }`;
  // The fragment may not stand unused, and without files there is nothing to ask.
  if (base.names.length + head.names.length === 0) return wanted.map(() => ({ base: null, head: null }));

  const variables = { owner: repo.owner, name: repo.name, ...commits, ...base.variables, ...head.variables };
  const task = `reading ${wanted.length} files of ${repo.owner}/${repo.name}`;
  const answer = await client.query<{ repository: { base: WireSide; head: WireSide } | null }>(task, {
    text,
    variables,
    once: true,
  });
  const sides = answer.repository;
  if (!sides?.base || !sides.head) return null;
  const found = { base: sides.base, head: sides.head };
  return wanted.map((_, index) => ({ base: content(found.base[`b${index}`]), head: content(found.head[`h${index}`]) }));
}

/** Paths travel as variables only: they come from the pull request. */
function side(prefix: string, paths: readonly (string | null)[]) {
  const present = paths.flatMap((path, index) => (path === null ? [] : [{ name: `${prefix}${index}`, path }]));
  return {
    names: present.map(({ name }) => name),
    fields: present.map(({ name }) => `${name}: file(path: $${name}) { ...Entry }`).join(' '),
    variables: Object.fromEntries(present.map(({ name, path }) => [name, path])),
  };
}

function content(entry: WireEntry | null | undefined): FileContent | null {
  if (!entry) return null;
  const { mode, oid, object } = entry;
  if (object?.byteSize === undefined) return { mode, oid, blob: null };
  const { byteSize, isBinary = null, isTruncated = true, text = null } = object;
  return { mode, oid, blob: { bytes: byteSize, binary: isBinary, truncated: isTruncated, text } };
}
