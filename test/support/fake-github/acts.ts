/** What people do on GitHub: open, push, retarget, close, ask again. Each act changes the state and makes its webhook. */
import type { FileContent } from './bare-repository.ts';
import { pullDiff } from './changed-files.ts';
import { createPlaces, type PlaceContext } from './places.ts';
import { newCheckRun, suiteFor } from './routes-checks.ts';
import { accountJson, checkRunJson, checkSuiteJson, pullJson, repositoryJson } from './shapes.ts';
import type { Account, CheckRun, Pull, Repository } from './state.ts';
import type { DeliveryResult, WebhookPayload } from './webhooks.ts';

export interface Happening {
  readonly event: string;
  readonly payload: WebhookPayload;
  /** Set when the stand-in delivers by itself. */
  readonly delivery: DeliveryResult | null;
}
export interface PullHappening extends Happening {
  readonly pull: Pull;
}

export interface NewPull {
  readonly repo: Repository;
  /** The branch with the change; made from `files` where they are given. */
  readonly head?: string;
  readonly headRepo?: Repository;
  readonly base?: string;
  readonly files?: Readonly<Record<string, FileContent>>;
  readonly draft?: boolean;
  readonly title?: string;
  readonly body?: string;
}

export type Files = Readonly<Record<string, FileContent>>;
export type Acts = ReturnType<typeof createActs>;

export interface ActContext extends PlaceContext {
  readonly appId: number;
  origin(): string;
  /** Delivers to the App where an address is set. */
  announce(event: string, payload: WebhookPayload): Promise<DeliveryResult | null>;
}

export function createActs(context: ActContext) {
  const { state, appId } = context;

  const { account, commit, ...places } = createPlaces(context);

  function tip(repo: Repository, branch: string): string {
    const sha = repo.git.refs.get(`refs/heads/${branch}`);
    if (sha === undefined) throw new Error(`${repo.fullName} has no branch ${branch}`);
    return sha;
  }

  /** Brings the pull request up to its branches, as GitHub does when one of them moves or is changed. */
  async function refresh(pull: Pull): Promise<void> {
    pull.head.sha = tip(pull.head.repo, pull.head.ref);
    pull.base.sha = tip(pull.repo, pull.base.ref);
    const ref = `refs/pull/${pull.number}/head`;
    if (pull.head.repo === pull.repo) await pull.repo.git.setRef(ref, pull.head.sha);
    else await pull.repo.git.fetchFrom(pull.head.repo.git, pull.head.sha, ref);
    pull.changedFiles = (await pullDiff(pull)).length;
    pull.updatedAt = state.timestamp();
  }

  async function announce(
    event: string,
    repo: Repository,
    sender: Account,
    rest: object,
    action: string,
  ): Promise<Happening> {
    const origin = context.origin();
    const { installation } = repo;
    const payload: WebhookPayload = {
      action,
      ...rest,
      repository: repositoryJson(repo, origin),
      ...(repo.owner.type === 'Organization' ? { organization: accountJson(repo.owner, origin) } : {}),
      ...(installation === null ? {} : { installation: { id: installation.id, node_id: `I_${installation.id}` } }),
      sender: accountJson(sender, origin),
    };
    return { event, payload, delivery: installation === null ? null : await context.announce(event, payload) };
  }

  async function pullEvent(pull: Pull, action: string, more: object = {}): Promise<PullHappening> {
    const rest = { number: pull.number, pull_request: pullJson(pull, context.origin()), ...more };
    return { pull, ...(await announce('pull_request', pull.repo, pull.author, rest, action)) };
  }

  async function pushed(pull: Pull, before: string): Promise<PullHappening> {
    await refresh(pull);
    return pullEvent(pull, 'synchronize', { before, after: pull.head.sha });
  }

  async function changed(pull: Pull, action: string, change: Partial<Pick<Pull, 'state' | 'draft' | 'merged'>>) {
    Object.assign(pull, change, { updatedAt: state.timestamp() });
    return pullEvent(pull, action);
  }

  return {
    ...places,
    commit,

    async openPull(wanted: NewPull): Promise<PullHappening> {
      const { repo, headRepo = repo, base = repo.defaultBranch, files } = wanted;
      const number = state.pulls.filter((pull) => pull.repo === repo).length + 1;
      const head = wanted.head ?? `change-${number}`;
      if (files !== undefined) await commit(headRepo, head, { files, message: wanted.title ?? `Change ${number}` });
      const pull: Pull = {
        id: state.nextId(),
        number,
        repo,
        head: { repo: headRepo, ref: head, sha: '' },
        base: { repo, ref: base, sha: '' },
        author: headRepo === repo ? account('ada', 'User') : headRepo.owner,
        createdAt: state.timestamp(),
        title: wanted.title ?? `Change ${number}`,
        body: wanted.body ?? null,
        draft: wanted.draft ?? false,
        state: 'open',
        merged: false,
        changedFiles: 0,
        updatedAt: state.timestamp(),
      };
      await refresh(pull);
      state.pulls.push(pull);
      return pullEvent(pull, 'opened');
    },

    async push(pull: Pull, files: Files, message = 'Push again'): Promise<PullHappening> {
      const before = pull.head.sha;
      await commit(pull.head.repo, pull.head.ref, { files, message });
      return pushed(pull, before);
    },

    /** Puts one commit on `parent` (the base's tip when left out) in the place of the branch. */
    async forcePush(pull: Pull, files: Files, parent = tip(pull.repo, pull.base.ref)): Promise<PullHappening> {
      const before = pull.head.sha;
      await commit(pull.head.repo, pull.head.ref, { files, parent, message: 'Start over' });
      return pushed(pull, before);
    },

    async retarget(pull: Pull, base: string): Promise<PullHappening> {
      const from = { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } };
      pull.base.ref = base;
      await refresh(pull);
      return pullEvent(pull, 'edited', { changes: { base: from } });
    },

    async editTitle(pull: Pull, title: string): Promise<PullHappening> {
      const changes = { title: { from: pull.title } };
      Object.assign(pull, { title, updatedAt: state.timestamp() });
      return pullEvent(pull, 'edited', { changes });
    },

    async editDescription(pull: Pull, body: string): Promise<PullHappening> {
      const changes = { body: { from: pull.body } };
      Object.assign(pull, { body, updatedAt: state.timestamp() });
      return pullEvent(pull, 'edited', { changes });
    },

    closePull: (pull: Pull, { merged = false } = {}) => changed(pull, 'closed', { state: 'closed', merged }),
    reopen: (pull: Pull) => changed(pull, 'reopened', { state: 'open' }),
    readyForReview: (pull: Pull) => changed(pull, 'ready_for_review', { draft: false }),
    convertToDraft: (pull: Pull) => changed(pull, 'converted_to_draft', { draft: true }),

    rerequestCheckRun(run: CheckRun): Promise<Happening> {
      const origin = context.origin();
      const check_run = { ...checkRunJson(run, state, origin), check_suite: checkSuiteJson(run.suite, state, origin) };
      return announce('check_run', run.repo, account('ada', 'User'), { check_run }, 'rerequested');
    },

    rerequestSuite(repo: Repository, headSha: string): Promise<Happening> {
      const check_suite = checkSuiteJson(suiteFor(state, repo, headSha, appId), state, context.origin());
      return announce('check_suite', repo, account('ada', 'User'), { check_suite }, 'rerequested');
    },

    /** A check run that another App made. */
    addForeignCheckRun: (repo: Repository, headSha: string, name: string, foreignAppId = appId + 1): CheckRun =>
      newCheckRun(state, suiteFor(state, repo, headSha, foreignAppId), name),

    /** The queue puts the pull requests, in this order, on top of the branch that they aim at. */
    async mergeGroup(repo: Repository, pulls: readonly Pull[]): Promise<Happening> {
      const last = pulls.at(-1);
      if (last === undefined) throw new Error('a merge group needs a pull request');
      const baseSha = tip(repo, last.base.ref);
      const ref = `refs/heads/gh-readonly-queue/${last.base.ref}/pr-${last.number}-${baseSha}`;
      let head = baseSha;
      for (const pull of pulls) {
        head = await repo.git.merge(ref, head, pull.head.sha, `Merge pull request #${pull.number}`, context.now());
      }
      const made = await repo.git.objects.commit(head);
      const person = { name: 'Ada Author', email: 'ada@example.com' };
      const head_commit = {
        id: head,
        tree_id: made?.tree,
        message: made?.message.trimEnd(),
        timestamp: state.timestamp(),
      };
      const merge_group = {
        head_sha: head,
        head_ref: ref,
        base_sha: baseSha,
        base_ref: `refs/heads/${last.base.ref}`,
        head_commit: { ...head_commit, author: person, committer: person },
      };
      return announce('merge_group', repo, account('ada', 'User'), { merge_group }, 'checks_requested');
    },
  };
}
