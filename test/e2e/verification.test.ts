/** Secrets that vendors are asked about: the real server, policy and threads, with local stand-ins for GitHub and for the vendors. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeVendors, secretOf, startFakeVendors } from '#test/support/fake-vendors.ts';
import { notebook } from '#test/support/ml-files.ts';
import { type RunningApp, runApp } from '#test/support/run-app.ts';
import { sampleToken } from '#test/support/samples.ts';

const POLICY = 'verification: {detectors: [huggingface-user-token, github-token]}\n';
const token = sampleToken('huggingface');
const other = sampleToken('github');
const TODAY = '2026-11-21';

let vendors: FakeVendors;
let app: RunningApp;
beforeAll(async () => {
  vendors = await startFakeVendors(['https://huggingface.co', 'https://api.github.com']);
  app = await runApp({ overrides: { origins: vendors.origins, now: () => new Date(`${TODAY}T12:00:00Z`) } });
});
afterAll(async () => {
  expect(app.fake.violations).toEqual([]);
  await app.stop();
  await vendors.close();
});
beforeEach(() => {
  vendors.requests.length = 0;
  vendors.answer = (request) =>
    [token, other].includes(secretOf(request))
      ? { status: 200, body: { name: 'somebody', login: 'somebody' } }
      : { status: 401 };
});

type Files = Readonly<Record<string, string | Buffer | null>>;

async function review(base: Files, head: Files, { fork = false } = {}) {
  const repo = await app.createRepository({ files: base });
  const headRepo = fork ? await app.fake.fork(repo, `mallory-${repo.id}`) : repo;
  const { pull } = await app.fake.openPull({ repo, headRepo, files: head });
  const run = await app.concluded(pull.head.sha);
  const said = JSON.stringify([run.output, run.annotations]);
  for (const secret of [token, other]) expect(said).not.toContain(secret.slice(8));
  return { run, said };
}

const asked = () => vendors.requests.map(secretOf).filter((secret) => [token, other].includes(secret));

describe('a secret of a detector that the policy names', () => {
  it('is said to be active where its vendor knows it, wherever it hides', async () => {
    const { run, said } = await review(
      { '.github/assay.yml': POLICY },
      {
        'eda.ipynb': notebook([{ code: 'print(token)', output: `logged in with ${token}\n`, execution: 1 }]),
        'data.env.gz': gzipSync(`GITHUB_TOKEN=${other}\n`),
      },
    );
    expect(run.conclusion).toBe('failure');
    expect(said).toContain(`Hugging Face says that it is active (asked on ${TODAY})`);
    expect(said).toContain(`GitHub says that it is active (asked on ${TODAY})`);
    expect(asked().toSorted()).toEqual([token, other].toSorted());
  });

  it('blocks as before where its vendor refuses it', async () => {
    vendors.answer = () => ({ status: 401 });
    const { run, said } = await review({ '.github/assay.yml': POLICY }, { 'a.py': `t = "${token}"\n` });
    expect(run.conclusion).toBe('failure');
    expect(said).toContain(`Hugging Face refused it (asked on ${TODAY}), which does not prove it harmless`);
  });

  it('is asked about once, however many places it has', async () => {
    await review({ '.github/assay.yml': POLICY }, { 'a.py': `t = "${token}"\n`, 'b.py': `u = "${token}"\n` });
    expect(asked()).toEqual([token]);
  });

  it('in the name of a file is asked about, too', async () => {
    const { said } = await review({ '.github/assay.yml': POLICY }, { [`keys/${token}.txt`]: 'nothing\n' });
    expect(said).toContain('Hugging Face says that it is active');
  });

  it('in an earlier commit, a message, the title or the description is asked about, too', async () => {
    const [message, title] = [sampleToken('huggingface', 'message'), sampleToken('huggingface', 'title')];
    vendors.answer = (request) =>
      secretOf(request) === title || secretOf(request) === token
        ? { status: 200, body: { name: 'somebody' } }
        : { status: 401 };
    const repo = await app.createRepository({ files: { '.github/assay.yml': POLICY } });
    await app.fake.commit(repo, 'topic', { files: { 'a.env': `HF_TOKEN=${token}\n` } });
    await app.fake.commit(repo, 'topic', { files: { 'a.env': 'HF_TOKEN=\n' }, message: `Log in with ${message}` });
    const texts = { title: `Use ${title}`, body: `Try it with ${other}` };
    const { pull } = await app.fake.openPull({ repo, head: 'topic', ...texts });
    const { output } = await app.concluded(pull.head.sha);
    const lines = output.summary!.split('\n').filter((line) => line.startsWith('- '));
    const saidOf = (place: string) => lines.find((line) => line.includes(place));
    expect(saidOf('the message of commit')).toContain('Hugging Face refused it');
    expect(saidOf('the title of')).toContain('Hugging Face says that it is active');
    expect(saidOf('the description of')).toContain('GitHub refused it, as it refuses some that work elsewhere');
    expect(saidOf('a.env')).toContain('Hugging Face says that it is active');
    const sent = vendors.requests.map(secretOf);
    expect(sent).toEqual(expect.arrayContaining([token, message, title, other]));
  });

  it('is not sent where it was there before, is fixed, or is accepted', async () => {
    await review(
      { '.github/assay.yml': POLICY, 'old.py': `t = "${token}"\n`, 'gone.py': `t = "${other}"\n` },
      {
        'old.py': `# touched\nt = "${token}"\n`,
        'gone.py': 't = ""\n',
        'new.py': `k = "${sampleToken('huggingface', 2)}"  # gitleaks:allow\n`,
      },
    );
    expect(vendors.requests).toEqual([]);
  });

  // Who gave no answer is left alone for a minute.
  it('stays unknown where nobody answers', async () => {
    vendors.answer = () => ({ status: 503 });
    const { said } = await review({ '.github/assay.yml': POLICY }, { 'a.py': `t = "${other}"\n` });
    expect(said).toContain('whether it is active is unknown: GitHub gave no answer');
  });
});

describe('nobody is asked', () => {
  const change = { 'a.py': `t = "${token}"\n` };

  it('without a policy that wants it', async () => {
    const { said } = await review({}, change);
    expect(said).not.toContain('Hugging Face says');
    expect(vendors.requests).toEqual([]);
  });

  it('by the policy that the change brings along', async () => {
    await review({}, { ...change, '.github/assay.yml': POLICY });
    expect(vendors.requests).toEqual([]);
  });

  it('for a fork, and the review says so', async () => {
    const { said } = await review({ '.github/assay.yml': POLICY }, change, { fork: true });
    expect(said).toContain('but the pull request comes from a fork');
    expect(vendors.requests).toEqual([]);
  });

  it('about what only a rule of the team finds', async () => {
    const rule = `[[rules]]\nid = "github-token"\nregex = '''TOKEN=(\\S+)'''\nkeywords = ["token"]\n`;
    const base = { '.github/assay.yml': POLICY, '.gitleaks.toml': rule };
    const { said } = await review(base, { 'a.env': 'TOKEN=somethingelse\n' });
    expect(said).toContain('GitHub was not asked, because it does not look like one of theirs');
    expect(vendors.requests).toEqual([]);
  });
});

it('a policy may have forks verified', async () => {
  const policy = 'verification: {detectors: [huggingface-user-token], forks: true}\n';
  const { said } = await review({ '.github/assay.yml': policy }, { 'a.py': `t = "${token}"\n` }, { fork: true });
  expect(said).toContain('Hugging Face says that it is active');
});

it('names what a policy names in vain', async () => {
  const policy = 'verification: {detectors: [huggingface-user-tokn, slack-webhook]}\n';
  const { said } = await review({ '.github/assay.yml': policy }, { 'a.py': 'x = 1\n' });
  expect(said).toContain('Did you mean `huggingface-user-token`?');
  expect(said).toContain('`slack-webhook` in `verification.detectors` of the policy does nothing');
});
