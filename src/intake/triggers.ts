/** Which webhook events ask for a review, and for what: event and payload → Trigger, or null for everything else. */
import { z } from 'zod';
import { type ReviewRequest, Sha } from '#domain/review-request.ts';

/** `rerun` names a head that was reviewed before; `fallback` is what the payload itself knows of it (nothing, for a fork). */
export type Trigger =
  | { readonly kind: 'review'; readonly request: ReviewRequest }
  | { readonly kind: 'cancel'; readonly repoId: number; readonly stream: string; readonly occurredAt: string }
  | {
      readonly kind: 'rerun';
      readonly repoId: number;
      readonly head: string;
      readonly rerunOf: number;
      readonly occurredAt: string;
      readonly trigger: string;
      readonly fallback: readonly ReviewRequest[];
    };

/** The events that can lead to anything; all others are answered without a look at their body. */
export const HANDLED_EVENTS: ReadonlySet<string> = new Set(['pull_request', 'check_run', 'check_suite', 'merge_group']);

const Id = z.number().int();
const Repository = z.object({ id: Id, name: z.string(), owner: z.object({ login: z.string() }) });
const Common = z.object({ repository: Repository, installation: z.object({ id: Id }) });

const PullRequestPayload = Common.extend({
  action: z.string(),
  pull_request: z.object({
    number: Id,
    draft: z.boolean().default(false),
    state: z.string().optional(),
    updated_at: z.iso.datetime({ offset: true }),
    head: z.object({ sha: Sha }),
    base: z.object({ sha: Sha, ref: z.string() }),
  }),
  changes: z
    .object({ base: z.unknown().optional(), title: z.unknown().optional(), body: z.unknown().optional() })
    .optional(),
});

const PullReference = z.object({
  number: Id,
  head: z.object({ sha: Sha }),
  base: z.object({ sha: Sha, ref: z.string() }),
});
const CheckRunPayload = Common.extend({
  check_run: z.object({
    id: Id,
    head_sha: Sha,
    app: z.object({ id: Id }).nullable(),
    completed_at: z.iso.datetime({ offset: true }).nullish(),
    pull_requests: z.array(PullReference).default([]),
  }),
});
const CheckSuitePayload = Common.extend({
  check_suite: z.object({
    head_sha: Sha,
    app: z.object({ id: Id }).nullable(),
    updated_at: z.iso.datetime({ offset: true }),
    pull_requests: z.array(PullReference).default([]),
  }),
});
const MergeGroupPayload = Common.extend({
  merge_group: z.object({
    head_sha: Sha,
    head_ref: z.string(),
    base_sha: Sha,
    base_ref: z.string(),
    head_commit: z.object({ timestamp: z.iso.datetime({ offset: true }) }).nullish(),
  }),
});

const REVIEWED = new Set(['opened', 'synchronize', 'reopened', 'ready_for_review']);
const CANCELLED = new Set(['closed', 'converted_to_draft']);

/**
 * @param receivedAt ISO 8601; stands in where the payload carries no time of its own.
 * @throws ZodError when a handled event lacks what it must carry.
 */
export function toTrigger(event: string, payload: unknown, appId: number, receivedAt: string): Trigger | null {
  const action = (payload as { action?: unknown } | null)?.action;
  if (typeof action !== 'string') return null;
  const trigger = `${event}.${action}`;
  if (event === 'pull_request') return fromPullRequest(trigger, payload);
  if (trigger === 'check_run.rerequested') return fromCheckRun(trigger, payload, appId, receivedAt);
  if (trigger === 'check_suite.rerequested') return fromCheckSuite(trigger, payload, appId);
  if (trigger === 'merge_group.checks_requested') return fromMergeGroup(trigger, payload, receivedAt);
  if (trigger === 'merge_group.destroyed') return cancelMergeGroup(payload, receivedAt);
  return null;
}

function fromPullRequest(trigger: string, payload: unknown): Trigger | null {
  const action = trigger.slice('pull_request.'.length);
  if (!REVIEWED.has(action) && !CANCELLED.has(action) && action !== 'edited') return null;
  const { pull_request: pull, changes, repository, installation } = PullRequestPayload.parse(payload);
  const stream = `pull/${pull.number}`;
  const occurredAt = pull.updated_at;
  if (CANCELLED.has(action)) return { kind: 'cancel', repoId: repository.id, stream, occurredAt };
  const isOther = [changes?.base, changes?.title, changes?.body].some((change) => change !== undefined);
  if (action === 'edited' && (!isOther || pull.state === 'closed')) return null;
  return {
    kind: 'review',
    request: {
      repo: toRepo(repository),
      installation: installation.id,
      pull: pull.number,
      base: pull.base.sha,
      baseRef: pull.base.ref,
      head: pull.head.sha,
      stream,
      draft: pull.draft,
      trigger,
      occurredAt,
      rerunOf: null,
    },
  };
}

function fromCheckRun(trigger: string, payload: unknown, appId: number, receivedAt: string): Trigger | null {
  const { check_run: run, repository, installation } = CheckRunPayload.parse(payload);
  if (run.app?.id !== appId) return null;
  const rerun = { rerunOf: run.id, occurredAt: receivedAt, trigger };
  const fallback = run.pull_requests.map((pull) => fromReference(pull, repository, installation.id, rerun));
  return { kind: 'rerun', repoId: repository.id, head: run.head_sha, fallback, ...rerun };
}

function fromCheckSuite(trigger: string, payload: unknown, appId: number): Trigger | null {
  const { check_suite: suite, repository, installation } = CheckSuitePayload.parse(payload);
  if (suite.app?.id !== appId) return null;
  // A suite keeps its id when it is run again; the time of the click tells one click from the next.
  const rerun = { rerunOf: Date.parse(suite.updated_at), occurredAt: suite.updated_at, trigger };
  const fallback = suite.pull_requests.map((pull) => fromReference(pull, repository, installation.id, rerun));
  return { kind: 'rerun', repoId: repository.id, head: suite.head_sha, fallback, ...rerun };
}

function fromMergeGroup(trigger: string, payload: unknown, receivedAt: string): Trigger {
  const { merge_group: group, repository, installation } = MergeGroupPayload.parse(payload);
  return {
    kind: 'review',
    request: {
      repo: toRepo(repository),
      installation: installation.id,
      pull: null,
      base: group.base_sha,
      baseRef: group.base_ref.replace(/^refs\/heads\//, ''),
      head: group.head_sha,
      stream: group.head_ref,
      draft: false,
      trigger,
      occurredAt: group.head_commit?.timestamp ?? receivedAt,
      rerunOf: null,
    },
  };
}

function cancelMergeGroup(payload: unknown, receivedAt: string): Trigger {
  const { merge_group: group, repository } = MergeGroupPayload.parse(payload);
  return { kind: 'cancel', repoId: repository.id, stream: group.head_ref, occurredAt: receivedAt };
}

function fromReference(
  pull: z.infer<typeof PullReference>,
  repository: z.infer<typeof Repository>,
  installation: number,
  rerun: { rerunOf: number; occurredAt: string; trigger: string },
): ReviewRequest {
  return {
    repo: toRepo(repository),
    installation,
    pull: pull.number,
    base: pull.base.sha,
    baseRef: pull.base.ref,
    head: pull.head.sha,
    stream: `pull/${pull.number}`,
    draft: false,
    ...rerun,
  };
}

function toRepo(repository: z.infer<typeof Repository>): ReviewRequest['repo'] {
  return { id: repository.id, owner: repository.owner.login, name: repository.name };
}
