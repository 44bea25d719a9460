/** Decides what a request means to the reviews that its stream already has. Pure: rows in, decision out. */
import type { ReviewRequest } from '#domain/review-request.ts';

export type ReviewState = 'queued' | 'running' | 'concluded' | 'superseded' | 'cancelled' | 'failed';

export interface StreamRow {
  readonly key: string;
  readonly state: ReviewState;
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
  readonly rerunOf: number | null;
  readonly occurredAt: Date;
  /** Which of two rows came later. */
  readonly arrival: number;
}

export type Admission =
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'outdated' }
  /** `supersedes`: the keys whose reviews have become pointless. */
  | { readonly kind: 'accepted'; readonly supersedes: readonly string[] };

/** The trigger of a pull request whose title, description or target was edited. */
const EDITED = 'pull_request.edited';

/** `rows` are those of the request's stream; `cancelledAt` is when the stream was last cancelled. */
export function admit(
  key: string,
  request: ReviewRequest,
  rows: readonly StreamRow[],
  cancelledAt: Date | null,
): Admission {
  const occurredAt = Date.parse(request.occurredAt);
  const same = rows.find((row) => row.key === key);
  if (same !== undefined && isUnfinished(same)) {
    // The key does not know drafts, and policy may: a review that began as a draft's is begun again.
    const leftDraft = same.draft !== request.draft && occurredAt > same.occurredAt.getTime();
    // Nor does it know the title and the description, which a running review has read already.
    const otherText = same.state === 'running' && request.trigger === EDITED && occurredAt >= same.occurredAt.getTime();
    return leftDraft || otherText ? { kind: 'accepted', supersedes: [] } : { kind: 'duplicate' };
  }

  // The same event delivered again keeps its place behind what came after it in the same second.
  const arrival =
    same !== undefined && occurredAt <= same.occurredAt.getTime() ? same.arrival : Number.POSITIVE_INFINITY;
  const isNewer = (row: StreamRow) =>
    row.occurredAt.getTime() > occurredAt || (row.occurredAt.getTime() === occurredAt && row.arrival > arrival);
  const isSameWork = (row: StreamRow) => row.head === request.head && row.base === request.base;

  if (cancelledAt !== null && occurredAt < cancelledAt.getTime()) return { kind: 'outdated' };
  // What a person asked to run again says nothing about where the branch stands: it outdates nothing.
  const outdates = (row: StreamRow) =>
    row.rerunOf === null && isNewer(row) && (request.rerunOf === null ? !isSameWork(row) : row.head !== request.head);
  if (rows.some(outdates)) return { kind: 'outdated' };

  const supersedes = (row: StreamRow) =>
    request.rerunOf === null && row.key !== key && isUnfinished(row) && !isNewer(row) && !isSameWork(row);
  return { kind: 'accepted', supersedes: rows.filter(supersedes).map((row) => row.key) };
}

export function isUnfinished(row: { readonly state: ReviewState }): boolean {
  return row.state === 'queued' || row.state === 'running';
}
