/** The Probot function: events → intake → queue. It returns when the work is durably stored. */
import type { Probot } from 'probot';
import { toTrigger } from '#intake/triggers.ts';
import type { Queue } from '#queue/queue.ts';

export interface AppOptions {
  readonly appId: number;
  readonly queue: Queue;
  readonly now: () => Date;
}

export function createApp({ appId, queue, now }: AppOptions): (probot: Probot) => void {
  return (probot) => {
    const enqueue = async (id: string, name: string, payload: object) => {
      const trigger = toTrigger(name, payload, appId, now().toISOString());
      if (trigger === null) return;
      if (trigger.kind === 'cancel') {
        await queue.cancel(trigger);
        return;
      }
      const requests = trigger.kind === 'review' ? [trigger.request] : await rerunRequests(queue, trigger);
      for (const request of requests) {
        const outcome = await queue.accept(request);
        probot.log.info(
          { delivery: id, trigger: request.trigger, repo: request.repo.id, stream: request.stream, outcome },
          'delivery',
        );
      }
    };
    probot.on(['pull_request', 'check_run', 'check_suite', 'merge_group'], ({ id, name, payload }) =>
      enqueue(id, name, payload).catch((error: unknown) => {
        throw withoutDelivery(error);
      }),
    );
  };
}

/** Probot hangs the delivery on what a handler throws, and logs all of it: the log must not have what a pull request says. */
function withoutDelivery(error: unknown): unknown {
  return error instanceof Error ? Object.defineProperty(error, 'event', { set: () => {} }) : error;
}

/** What was reviewed at this head before, as it was asked for then: a fork's payload does not name its pull request. */
async function rerunRequests(
  queue: Queue,
  rerun: Extract<NonNullable<ReturnType<typeof toTrigger>>, { kind: 'rerun' }>,
) {
  const { repoId, head, rerunOf, occurredAt, trigger } = rerun;
  const stored = await queue.requestsFor({ repoId, head });
  const known = new Map([...stored, ...rerun.fallback].map((request) => [request.stream, request]));
  return [...known.values()].map((request) => ({ ...request, rerunOf, occurredAt, trigger }));
}
