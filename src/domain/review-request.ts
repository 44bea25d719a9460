/** One review to be made: which repository, which two commits, and what asked for it. */
import { z } from 'zod';

export const Sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'a full commit id');
export type Sha = z.infer<typeof Sha>;

export const Repository = z.object({
  id: z.number().int(),
  owner: z.string(),
  name: z.string(),
});
export type Repository = z.infer<typeof Repository>;

export const ReviewRequest = z.object({
  repo: Repository,
  installation: z.number().int(),
  /** Null for a merge group. */
  pull: z.number().int().nullable(),
  /** The tip of the target branch when the event was made; the review compares with the merge base. */
  base: Sha,
  baseRef: z.string(),
  head: Sha,
  /** What keeps two streams of heads apart: `pull/7`, or a merge group's ref. A newer head supersedes within a stream. */
  stream: z.string(),
  draft: z.boolean(),
  /** `event.action`, for logs. */
  trigger: z.string(),
  /** When GitHub says that it happened (ISO 8601): deliveries may arrive out of order. */
  occurredAt: z.iso.datetime({ offset: true }),
  /** The check run that a person asked to run again, which makes this a review of its own; else null. */
  rerunOf: z.number().int().nullable(),
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;

/** What makes two requests the same work, whatever delivery brought them. The policy joins when it is known. */
export function reviewKey(request: ReviewRequest): string {
  const { repo, stream, head, base, rerunOf } = request;
  return [repo.id, stream, head, base, ...(rerunOf === null ? [] : [`rerun-${rerunOf}`])].join(':');
}
