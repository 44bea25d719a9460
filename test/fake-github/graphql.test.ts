import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Client, connect } from '#test/fake-github/client.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import type { Repository } from '#test/support/fake-github/state.ts';

/** Where GitHub cuts text: field evidence. */
const TEXT_BYTES = 512_000;

let fake: FakeGitHub;
let repo: Repository;
let client: Client;
let head: string;
let allowedViolations = 0;

const files = {
  'dir/a.py': 'print("é")\n',
  'latin.py': Uint8Array.from([0x23, 0xe9, 0x0a]),
  'data.bin': Uint8Array.from([1, 0, 2]),
  'long.txt': 'é'.repeat(TEXT_BYTES / 2 + 1),
  'line\nend.py': 'x\n',
  'empty.py': '',
  link: { symlink: 'dir/a.py' },
  sub: { submodule: '2'.repeat(40) },
};

beforeAll(async () => {
  fake = await startFakeGitHub();
  repo = await fake.createRepository({ owner: 'acme', name: 'ml' });
  head = await fake.commit(repo, 'main', { files });
  client = await connect(fake, repo.installation!);
});
afterEach(() => expect(fake.violations).toHaveLength(allowedViolations));
afterAll(() => fake.close());

const BLOB = '... on Blob { oid byteSize isBinary isTruncated text }';

async function blob(path: string) {
  const query = `query($expression: String!) { repository(owner: "acme", name: "ml") { object(expression: $expression) { ${BLOB} } } }`;
  const { status, body } = await client.graphql(query, { expression: `${head}:${path}` });
  expect(status).toBe(200);
  return body.data.repository.object;
}

test('the text of a blob, cut and lossy as on GitHub', async () => {
  expect(await blob('dir/a.py')).toMatchObject({
    text: 'print("é")\n',
    byteSize: 12,
    isBinary: false,
    isTruncated: false,
  });
  expect(await blob('line\nend.py')).toMatchObject({ text: 'x\n' });
  expect(await blob('empty.py')).toMatchObject({ text: '', byteSize: 0 });
  expect(await blob('latin.py')).toMatchObject({ text: '#\ufffd\n', isBinary: false, isTruncated: false });
  expect(await blob('data.bin')).toMatchObject({ text: null, isBinary: true, isTruncated: false });
  const long = await blob('long.txt');
  expect(long).toMatchObject({ isTruncated: true, byteSize: TEXT_BYTES + 2 });
  expect(Buffer.byteLength(long.text)).toBe(TEXT_BYTES);
  expect(await blob('missing.py')).toBeNull();
  expect(await blob('sub')).toBeNull();
});

test('an entry of a commit says what it is', async () => {
  const query = `query($oid: GitObjectID!) {
    repository(owner: "acme", name: "ml") {
      object(oid: $oid) { ... on Commit {
        link: file(path: "link") { mode type size object { ... on Blob { text } } }
        sub: file(path: "sub") { mode type oid submodule { subprojectCommitOid } object { oid } }
        dir: file(path: "dir") { mode type object { ... on Tree { entries { name path mode } } } }
        nothing: file(path: "nothing") { mode }
      } }
    }
  }`;
  const { body } = await client.graphql(query, { oid: head });
  expect(body).not.toHaveProperty('errors');
  expect(body.data.repository.object).toEqual({
    link: { mode: 0o120000, type: 'blob', size: 8, object: { text: 'dir/a.py' } },
    sub: {
      mode: 0o160000,
      type: 'commit',
      oid: '2'.repeat(40),
      submodule: { subprojectCommitOid: '2'.repeat(40) },
      object: null,
    },
    dir: { mode: 0o040000, type: 'tree', object: { entries: [{ name: 'a.py', path: 'dir/a.py', mode: 0o100644 }] } },
    nothing: null,
  });
});

test('600 aliases are one request and one point', async () => {
  const before = await client.graphql('{ rateLimit { used } }');
  const aliases = Array.from(
    { length: 600 },
    (_, index) => `f${index}: object(expression: "${head}:dir/a.py") { ...content }`,
  );
  const query = `{ rateLimit { cost used } repository(owner: "acme", name: "ml") { ${aliases.join(' ')} } }
    fragment content on Blob { oid text }`;
  const { body } = await client.graphql(query);
  expect(Object.keys(body.data.repository)).toHaveLength(600);
  expect(body.data.rateLimit).toEqual({ cost: 1, used: before.body.data.rateLimit.used + 1 });
});

test('branches and pull requests', async () => {
  const { pull } = await fake.openPull({ repo, files: { 'b.py': '1\n' }, draft: true });
  const query = `{ repository(owner: "acme", name: "ml") {
    defaultBranchRef { name prefix target { oid } }
    pullRequest(number: 1) { headRefOid baseRefOid state isDraft changedFiles isCrossRepository }
  } }`;
  const { body } = await client.graphql(query);
  expect(body.data.repository).toEqual({
    defaultBranchRef: { name: 'main', prefix: 'refs/heads/', target: { oid: head } },
    pullRequest: {
      ...{ headRefOid: pull.head.sha, baseRefOid: head, state: 'OPEN' },
      ...{ isDraft: true, changedFiles: 1, isCrossRepository: false },
    },
  });
});

test('what the installation cannot see is not found, with 200', async () => {
  const other = await fake.createRepository({ owner: 'other', name: 'secret' });
  for (const owner of [other.owner.login, 'nobody']) {
    const { status, body } = await client.graphql(`{ repository(owner: "${owner}", name: "secret") { id } }`);
    expect(status).toBe(200);
    expect(body.data).toEqual({ repository: null });
    expect(body.errors).toMatchObject([
      {
        type: 'NOT_FOUND',
        path: ['repository'],
        message: `Could not resolve to a Repository with the name '${owner}/secret'.`,
      },
    ]);
  }
});

test('a permission that was not granted is missed', async () => {
  const narrow = await connect(fake, repo.installation!, { permissions: { metadata: 'read' } });
  const { body } = await narrow.graphql(
    '{ repository(owner: "acme", name: "ml") { name object(expression: "main") { oid } } }',
  );
  expect(body.data.repository).toEqual({ name: 'ml', object: null });
  expect(body.errors).toMatchObject([{ type: 'FORBIDDEN', path: ['repository', 'object'] }]);
});

test.each([
  [
    'a field that GitHub does not have',
    '{ repository(owner: "acme", name: "ml") { contents } }',
    'Cannot query field "contents"',
  ],
  ['an argument that is missing', '{ repository(owner: "acme") { id } }', '"name"'],
  ['no GraphQL', '{ repository(', 'Syntax Error'],
])('%s is a violation', async (_, query, words) => {
  const { status, body } = await client.graphql(query);
  expect(status).toBe(200);
  expect(body).not.toHaveProperty('data');
  expect(body.errors[0].message).toContain(words);
  expect(fake.violations.at(-1)).toMatchObject({ method: 'POST', path: '/graphql' });
  expect(fake.violations.at(-1)?.problem).toContain(words);
  allowedViolations++;
});

test('a variable of the wrong type is a violation', async () => {
  const query =
    'query($number: Int!) { repository(owner: "acme", name: "ml") { pullRequest(number: $number) { id } } }';
  await client.graphql(query, { number: 'one' });
  expect(fake.violations.at(-1)?.problem).toContain('$number');
  allowedViolations++;
});
