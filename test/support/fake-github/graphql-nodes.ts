/** What GraphQL queries walk over: a repository, its git objects and its pull requests. */
import { GraphQLError } from 'graphql';
import { allows, type Token } from './auth.ts';
import type { GitObject, TreeEntry } from './object-reader.ts';
import type { Pull, Repository, State } from './state.ts';

/** Field evidence (no documentation): longer text is cut exactly here, and isTruncated says so. */
const TEXT_BYTES = 512_000;
/** Where git itself looks for a NUL to call a file binary. */
const SNIFFED_BYTES = 8000;

/** GitHub tells kinds of errors apart by a `type` beside the message. */
export function fault(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function needs(token: Token, permission: string): void {
  if (!allows(token.permissions, permission, 'read'))
    throw fault('FORBIDDEN', 'Resource not accessible by integration');
}

export function repositoryNode(repo: Repository, state: State, token: Token) {
  const { git } = repo;
  const ref = (name: string) => ({
    __typename: 'Ref',
    id: `REF_${repo.id}_${name}`,
    name: name.replace(/^refs\/(heads|tags)\//, ''),
    prefix: /^refs\/(heads|tags)\//.exec(name)?.[0] ?? 'refs/',
    repository: () => node,
    target: () => objectNode(git.refs.get(name) ?? ''),
  });

  async function objectNode(oid: string, at = '') {
    needs(token, 'contents');
    const object = /^[0-9a-f]{40,64}$/.test(oid) ? await git.objects.read(oid) : null;
    if (object === null || object.type === 'tag') return null;
    const common = {
      id: `O_${object.oid}`,
      oid: object.oid,
      abbreviatedOid: object.oid.slice(0, 7),
      repository: () => node,
    };
    if (object.type === 'blob') return { __typename: 'Blob', ...common, ...blobFields(object) };
    if (object.type === 'tree') return { __typename: 'Tree', ...common, entries: () => entries(object.oid, at) };
    const commit = (await git.objects.commit(object.oid))!;
    return {
      __typename: 'Commit',
      ...common,
      message: commit.message,
      committedDate: new Date(commit.committedAt * 1000).toISOString(),
      tree: () => objectNode(commit.tree),
      async file({ path }: { path: string }) {
        const entry = await git.objects.entryAt(commit.tree, path);
        return entry === null ? null : treeEntryNode(entry, path);
      },
    };
  }

  async function entries(oid: string, at: string) {
    const found = [...((await git.objects.tree(oid))?.values() ?? [])];
    return found.map((entry) => treeEntryNode(entry, at === '' ? entry.name : `${at}/${entry.name}`));
  }

  function treeEntryNode({ mode, name, oid }: TreeEntry, path: string) {
    const type = mode === '40000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    return {
      mode: Number.parseInt(mode, 8),
      name,
      nameRaw: Buffer.from(name).toString('base64'),
      oid,
      path,
      pathRaw: Buffer.from(path).toString('base64'),
      type,
      size: async () => (type === 'blob' ? ((await git.objects.read(oid))?.content.length ?? 0) : 0),
      object: () => (type === 'commit' ? null : objectNode(oid, path)),
      submodule:
        type === 'commit' ? { gitUrl: `https://example.com/${name}`, name, path, subprojectCommitOid: oid } : null,
    };
  }

  /** `REV` or `REV:PATH`, as git's rev-parse reads it. */
  async function expressionNode(expression: string) {
    const colon = expression.indexOf(':');
    const commit = await git.resolve(colon === -1 ? expression : expression.slice(0, colon));
    if (commit === null) return null;
    if (colon === -1) return objectNode(commit.oid);
    const path = expression.slice(colon + 1);
    const entry = await git.objects.entryAt(commit.tree, path);
    return entry === null || entry.mode === '160000' ? null : objectNode(entry.oid, path);
  }

  const node = {
    __typename: 'Repository',
    id: `R_${repo.id}`,
    databaseId: repo.id,
    isFork: repo.forkOf !== null,
    isPrivate: repo.private,
    name: repo.name,
    nameWithOwner: repo.fullName,
    owner: { __typename: repo.owner.type, id: `U_${repo.owner.id}`, login: repo.owner.login },
    defaultBranchRef: () => {
      const name = `refs/heads/${repo.defaultBranch}`;
      return git.refs.has(name) ? ref(name) : null;
    },
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      const names = [qualifiedName, `refs/heads/${qualifiedName}`, `refs/tags/${qualifiedName}`];
      const name = names.find((one) => git.refs.has(one));
      return name === undefined ? null : ref(name);
    },
    object: ({ expression, oid }: { expression?: string; oid?: string }) => {
      needs(token, 'contents');
      return oid === undefined ? expressionNode(expression ?? 'HEAD') : objectNode(oid);
    },
    pullRequest: ({ number }: { number: number }) => {
      needs(token, 'pull_requests');
      const pull = state.pulls.find((one) => one.repo === repo && one.number === number);
      if (pull === undefined)
        throw fault('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
      return pullNode(pull);
    },
  };
  return node;
}

function blobFields({ content }: GitObject) {
  const isBinary = content.subarray(0, SNIFFED_BYTES).includes(0);
  return {
    byteSize: content.length,
    isBinary,
    isTruncated: !isBinary && content.length > TEXT_BYTES,
    text: () => (isBinary ? null : content.toString('utf8', 0, Math.min(content.length, TEXT_BYTES))),
  };
}

function pullNode(pull: Pull) {
  return {
    id: `PR_${pull.id}`,
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    state: pull.merged ? 'MERGED' : pull.state.toUpperCase(),
    merged: pull.merged,
    isDraft: pull.draft,
    isCrossRepository: pull.head.repo !== pull.repo,
    headRefName: pull.head.ref,
    headRefOid: pull.head.sha,
    baseRefName: pull.base.ref,
    baseRefOid: pull.base.sha,
    changedFiles: pull.changedFiles,
    updatedAt: pull.updatedAt,
  };
}
