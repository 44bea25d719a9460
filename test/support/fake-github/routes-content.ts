/** What repositories hold: comparisons, commits, files, blobs, trees and refs. */
import { filesJson } from './changed-files.ts';
import { relate } from './history.ts';
import type { Commit, TreeEntry } from './object-reader.ts';
import { notFound, ok, type Reply, refuse } from './reply.ts';
import { forRepository, type RepositoryCall, type Routes } from './route.ts';
import { isoSeconds, type Repository } from './state.ts';

/** https://docs.github.com/rest/commits/commits#compare-two-commits */
const COMPARED_FILES = 300;
const COMPARED_COMMITS = 250;
/** https://docs.github.com/rest/git/blobs#get-a-blob and https://docs.github.com/rest/repos/contents */
const BLOB_BYTES = 100 * 1024 * 1024;
const CONTENT_BYTES = 1024 * 1024;

function commitJson(commit: Commit, repo: Repository, origin: string) {
  const url = `${origin}/repos/${repo.fullName}`;
  const person = { name: 'Ada Author', email: 'ada@example.com', date: isoSeconds(commit.committedAt * 1000) };
  return {
    sha: commit.oid,
    node_id: `C_${commit.oid}`,
    url: `${url}/commits/${commit.oid}`,
    html_url: `${origin}/${repo.fullName}/commit/${commit.oid}`,
    commit: {
      author: person,
      committer: person,
      message: commit.message.trimEnd(),
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.oid}`,
      comment_count: 0,
    },
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}` })),
  };
}

async function compare({ repo, params, url, origin }: RepositoryCall): Promise<Reply> {
  const [baseName = '', headName = ''] = (params.basehead ?? '').split('...');
  const [base, head] = await Promise.all([repo.git.resolve(baseName), repo.git.resolve(headName)]);
  if (base === null || head === null) return notFound();
  const { mergeBase, ahead, behindBy } = await relate(repo.git.objects, repo.git.path, base, head);
  if (mergeBase === null) return refuse(404, `No common ancestor between ${baseName} and ${headName}.`);
  const firstPage = Number(url.searchParams.get('page') ?? 1) === 1;
  const files = firstPage ? (await repo.git.diffs.diff(mergeBase.oid, head.oid)).slice(0, COMPARED_FILES) : [];
  const html = `${origin}/${repo.fullName}/compare/${baseName}...${headName}`;
  return ok({
    url: `${origin}/repos/${repo.fullName}/compare/${baseName}...${headName}`,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: commitJson(base, repo, origin),
    merge_base_commit: commitJson(mergeBase, repo, origin),
    status: ['identical', 'ahead', 'behind', 'diverged'][(ahead.length > 0 ? 1 : 0) + (behindBy > 0 ? 2 : 0)],
    ahead_by: ahead.length,
    behind_by: behindBy,
    total_commits: ahead.length,
    // "Returning commits in chronological order": of many the newest are told.
    commits: ahead
      .slice(0, COMPARED_COMMITS)
      .map((commit) => commitJson(commit, repo, origin))
      .reverse(),
    files: filesJson(files, repo, head.oid, origin),
  });
}

const TYPES: Readonly<Record<string, string>> = { '40000': 'dir', '120000': 'symlink', '160000': 'submodule' };

function raw(bytes: Uint8Array): Reply {
  return { status: 200, raw: { bytes, type: 'application/vnd.github.raw; charset=utf-8' } };
}

async function contents({ repo, params, url, accept, origin }: RepositoryCall): Promise<Reply> {
  const commit = await repo.git.resolve(url.searchParams.get('ref') ?? 'HEAD');
  const path = params.path ?? '';
  const entry = commit === null ? null : await repo.git.objects.entryAt(commit.tree, path);
  if (entry === null) return notFound();
  const describe = ({ mode, name, oid }: TreeEntry, at: string, size: number) => ({
    type: TYPES[mode] ?? 'file',
    name,
    path: at,
    sha: oid,
    size,
    url: `${origin}/repos/${repo.fullName}/contents/${at}`,
    git_url: `${origin}/repos/${repo.fullName}/git/blobs/${oid}`,
    html_url: `${origin}/${repo.fullName}/blob/${commit?.oid}/${at}`,
    download_url: null,
  });
  if (entry.mode === '40000') {
    const tree = (await repo.git.objects.tree(entry.oid)) ?? new Map<string, TreeEntry>();
    return ok([...tree.values()].map((one) => describe(one, path === '' ? one.name : `${path}/${one.name}`, 0)));
  }
  const blob = entry.mode === '160000' ? null : await repo.git.objects.read(entry.oid);
  if (blob === null) return ok({ ...describe(entry, path, 0), submodule_git_url: null });
  const short = blob.content.length <= CONTENT_BYTES;
  if (blob.content.length > BLOB_BYTES || !(short || /raw|object/.test(accept))) return tooLarge();
  if (/raw/.test(accept)) return raw(blob.content);
  const content = { encoding: short ? 'base64' : 'none', content: short ? blob.content.toString('base64') : '' };
  return ok({ ...describe(entry, path, blob.content.length), ...content });
}

function tooLarge(): Reply {
  return refuse(
    403,
    'This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API.',
  );
}

export const contentRoutes: Routes = {
  'repos/compare-commits-with-basehead': forRepository('contents', 'read', compare),
  'repos/get-content': forRepository('contents', 'read', contents),

  'repos/get-commit': forRepository('contents', 'read', async ({ repo, params, origin }) => {
    const commit = await repo.git.resolve(params.ref ?? '');
    if (commit === null) return refuse(422, `No commit found for SHA: ${params.ref}`);
    const parent = commit.parents[0];
    const files = parent === undefined ? [] : await repo.git.diffs.diff(parent, commit.oid);
    return ok({ ...commitJson(commit, repo, origin), files: filesJson(files, repo, commit.oid, origin) });
  }),

  'git/get-blob': forRepository('contents', 'read', async ({ repo, params, accept, origin }) => {
    const sha = params.file_sha ?? '';
    const blob = /^[0-9a-f]{40,64}$/.test(sha) ? await repo.git.objects.read(sha) : null;
    if (blob?.type !== 'blob') return notFound();
    if (blob.content.length > BLOB_BYTES) return tooLarge();
    if (/raw/.test(accept)) return raw(blob.content);
    const content = { content: blob.content.toString('base64'), encoding: 'base64', size: blob.content.length };
    return ok({ sha, node_id: `B_${sha}`, url: `${origin}/repos/${repo.fullName}/git/blobs/${sha}`, ...content });
  }),

  'git/get-tree': forRepository('contents', 'read', async ({ repo, params, url, origin }) => {
    const name = params.tree_sha ?? '';
    const sha = (await repo.git.resolve(name))?.tree ?? name;
    const tree = await repo.git.objects.tree(sha);
    if (tree === null) return notFound();
    const recursive = url.searchParams.has('recursive');
    return ok({
      sha,
      url: `${origin}/repos/${repo.fullName}/git/trees/${sha}`,
      truncated: false,
      tree: await list(tree, ''),
    });

    async function list(entries: ReadonlyMap<string, TreeEntry>, prefix: string): Promise<object[]> {
      const listed: object[] = [];
      for (const { mode, name: entryName, oid } of entries.values()) {
        const path = `${prefix}${entryName}`;
        const type = mode === '40000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
        const size = type === 'blob' ? { size: (await repo.git.objects.read(oid))?.content.length ?? 0 } : {};
        listed.push({ path, mode: mode.padStart(6, '0'), type, sha: oid, ...size });
        const below = recursive && type === 'tree' ? await repo.git.objects.tree(oid) : null;
        if (below !== null) listed.push(...(await list(below, `${path}/`)));
      }
      return listed;
    }
  }),

  'git/get-ref': forRepository('contents', 'read', ({ repo, params, origin }) => {
    const ref = `refs/${params.ref}`;
    const sha = repo.git.refs.get(ref);
    if (sha === undefined) return notFound();
    const url = `${origin}/repos/${repo.fullName}/git`;
    const object = { type: 'commit', sha, url: `${url}/commits/${sha}` };
    return ok({ ref, node_id: `REF_${sha}`, url: `${url}/${ref}`, object });
  }),
};
