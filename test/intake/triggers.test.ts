import { describe, expect, it } from 'vitest';
import { HANDLED_EVENTS, toTrigger } from '#intake/triggers.ts';

const APP = 99;
const RECEIVED = '2026-11-20T10:00:00.000Z';
const HEAD = 'a'.repeat(40);
const BASE = 'b'.repeat(40);

const common = {
  repository: { id: 7, name: 'models', full_name: 'acme/models', owner: { login: 'acme' } },
  installation: { id: 3 },
};

function pullRequest(action: string, more: object = {}, changes?: object) {
  const pull_request = {
    number: 12,
    draft: false,
    state: 'open',
    updated_at: '2026-11-20T09:59:00Z',
    head: { sha: HEAD, ref: 'topic' },
    base: { sha: BASE, ref: 'main' },
    ...more,
  };
  return { action, pull_request, ...(changes === undefined ? {} : { changes }), ...common };
}

const trigger = (event: string, payload: unknown) => toTrigger(event, payload, APP, RECEIVED);

describe('a pull request', () => {
  it.each(['opened', 'synchronize', 'reopened', 'ready_for_review'])('is reviewed when it is %s', (action) => {
    expect(trigger('pull_request', pullRequest(action))).toEqual({
      kind: 'review',
      request: {
        repo: { id: 7, owner: 'acme', name: 'models' },
        installation: 3,
        pull: 12,
        base: BASE,
        baseRef: 'main',
        head: HEAD,
        stream: 'pull/12',
        draft: false,
        trigger: `pull_request.${action}`,
        occurredAt: '2026-11-20T09:59:00Z',
        rerunOf: null,
      },
    });
  });

  it.each(['base', 'title', 'body'])('is reviewed when its %s is changed', (what) => {
    expect(trigger('pull_request', pullRequest('edited', {}, { [what]: { from: 'old' } }))).toMatchObject({
      kind: 'review',
    });
    expect(trigger('pull_request', pullRequest('edited', { state: 'closed' }, { [what]: {} }))).toBeNull();
  });

  it('is not reviewed when something else is edited, nor when it is closed', () => {
    expect(trigger('pull_request', pullRequest('edited', {}, {}))).toBeNull();
    expect(
      trigger('pull_request', pullRequest('edited', { state: 'closed' }, { base: { ref: { from: 'dev' } } })),
    ).toBeNull();
  });

  it.each(['closed', 'converted_to_draft'])('cancels its review when it is %s', (action) => {
    const expected = { kind: 'cancel', repoId: 7, stream: 'pull/12', occurredAt: '2026-11-20T09:59:00Z' };
    expect(trigger('pull_request', pullRequest(action))).toEqual(expected);
  });

  it.each(['labeled', 'assigned', 'enqueued', 'stacked'])('is left alone when it is %s', (action) => {
    expect(trigger('pull_request', pullRequest(action))).toBeNull();
  });

  it('keeps the word that it is a draft: policy decides', () => {
    expect(trigger('pull_request', pullRequest('opened', { draft: true }))).toMatchObject({ request: { draft: true } });
  });

  it('is refused with the place when the payload lacks what it must carry', () => {
    expect(() => trigger('pull_request', pullRequest('opened', { head: { sha: 'main' } }))).toThrow(/head/);
  });
});

describe('a check run', () => {
  const run = (appId: number, pulls: object[] = []) => ({
    action: 'rerequested',
    check_run: { id: 55, head_sha: HEAD, app: { id: appId }, pull_requests: pulls },
    ...common,
  });
  const reference = { number: 12, head: { sha: HEAD }, base: { sha: BASE, ref: 'main' } };

  it('of ours is made again, with what the payload knows of the pull request', () => {
    expect(trigger('check_run', run(APP, [reference]))).toMatchObject({
      kind: 'rerun',
      repoId: 7,
      head: HEAD,
      rerunOf: 55,
      fallback: [{ pull: 12, stream: 'pull/12', base: BASE, rerunOf: 55 }],
    });
  });

  it('of a fork names no pull request', () => {
    expect(trigger('check_run', run(APP))).toMatchObject({ kind: 'rerun', head: HEAD, fallback: [] });
  });

  it('of another App is nothing to us', () => {
    expect(trigger('check_run', run(APP + 1, [reference]))).toBeNull();
  });

  it('that was created or completed is nothing to us', () => {
    expect(trigger('check_run', { ...run(APP), action: 'created' })).toBeNull();
    expect(trigger('check_run', { ...run(APP), action: 'completed' })).toBeNull();
  });
});

describe('a check suite', () => {
  const suite = (updated_at: string, appId = APP) => ({
    action: 'rerequested',
    check_suite: { id: 8, head_sha: HEAD, app: { id: appId }, updated_at, pull_requests: [] },
    ...common,
  });

  it('that is asked for twice is made twice, and a redelivery once', () => {
    const first = trigger('check_suite', suite('2026-11-20T09:00:00Z'));
    const again = trigger('check_suite', suite('2026-11-20T09:30:00Z'));
    expect(first).toEqual(trigger('check_suite', suite('2026-11-20T09:00:00Z')));
    expect(first).toMatchObject({ kind: 'rerun', head: HEAD });
    expect(first).not.toEqual(again);
  });

  it('of another App is nothing to us', () => {
    expect(trigger('check_suite', suite('2026-11-20T09:00:00Z', 1))).toBeNull();
  });
});

describe('a merge group', () => {
  const group = (action: string) => ({
    action,
    merge_group: {
      head_sha: HEAD,
      head_ref: 'refs/heads/gh-readonly-queue/main/pr-12-abc',
      base_sha: BASE,
      base_ref: 'refs/heads/main',
      head_commit: { timestamp: '2026-11-20T09:58:00Z' },
    },
    ...common,
  });

  it('is reviewed as a change of its own', () => {
    expect(trigger('merge_group', group('checks_requested'))).toMatchObject({
      kind: 'review',
      request: {
        pull: null,
        stream: 'refs/heads/gh-readonly-queue/main/pr-12-abc',
        baseRef: 'main',
        head: HEAD,
        base: BASE,
      },
    });
  });

  it('that was destroyed is cancelled', () => {
    expect(trigger('merge_group', group('destroyed'))).toMatchObject({
      kind: 'cancel',
      stream: group('').merge_group.head_ref,
    });
  });
});

describe('anything else', () => {
  it.each([
    ['push', { ref: 'refs/heads/main', ...common }],
    ['issue_comment', { action: 'created', ...common }],
    ['pull_request', null],
    ['pull_request', { action: 7 }],
    ['pull_request', []],
  ])('%s is ignored', (event, payload) => {
    expect(trigger(event, payload)).toBeNull();
  });

  it('is named in no list of handled events', () => {
    expect([...HANDLED_EVENTS].sort()).toEqual(['check_run', 'check_suite', 'merge_group', 'pull_request']);
  });
});
