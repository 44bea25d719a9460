/** The check run as GitHub keeps it: created once, updated with annotations fifty at a time, concluded. */
import type { Repository } from '#domain/review-request.ts';
import type { Client } from './client.ts';

/** "The Checks API limits the number of annotations to a maximum of 50 per API request" (each update appends). */
export const MAX_ANNOTATIONS = 50;

export type CheckStatus = 'queued' | 'in_progress' | 'completed';
export type CheckConclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required';

/** Lines count from 1. Columns are for annotations of one line only. */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

export interface NewCheckRun {
  readonly repo: Repository;
  readonly head: string;
  readonly name: string;
  /** Comes back with every event about the run; at most one run of a name and head should carry it. */
  readonly externalId: string;
  readonly title: string;
  readonly summary: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

export interface CheckRunUpdate {
  readonly status?: CheckStatus;
  readonly conclusion?: CheckConclusion;
  readonly completedAt?: string;
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
  /** Appended to those that the run has; at most MAX_ANNOTATIONS. */
  readonly annotations?: readonly Annotation[];
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly head: string;
  readonly externalId: string;
  readonly status: string;
  readonly conclusion: string | null;
  /** How many annotations it has. */
  readonly annotations: number;
  /** Where a person sees it. */
  readonly url: string | null;
  /** The App that made it. */
  readonly appId: number | null;
}

export interface CheckRuns {
  createCheckRun(run: NewCheckRun): Promise<CheckRun>;
  /** The newest run of this App with this name and external id: how a creation that was not answered is found again. */
  findCheckRun(run: Pick<NewCheckRun, 'repo' | 'head' | 'name' | 'externalId'>): Promise<CheckRun | null>;
  getCheckRun(repo: Repository, id: number): Promise<CheckRun>;
  updateCheckRun(repo: Repository, id: number, update: CheckRunUpdate): Promise<CheckRun>;
}

export function createCheckRuns(client: Client, appId: number): CheckRuns {
  return {
    async createCheckRun({ repo, head, name, externalId, title, summary, startedAt }) {
      const run = await client.write(`creating the check run on ${repo.owner}/${repo.name}`, (octokit) =>
        octokit.rest.checks.create({
          owner: repo.owner,
          repo: repo.name,
          head_sha: head,
          name,
          external_id: externalId,
          status: 'in_progress',
          started_at: startedAt,
          output: { title, summary },
        }),
      );
      return checkRun(run);
    },

    async findCheckRun({ repo, head, name, externalId }) {
      const found = await client.read(`listing the check runs of ${repo.owner}/${repo.name}`, (octokit) =>
        octokit.rest.checks.listForRef({
          owner: repo.owner,
          repo: repo.name,
          ref: head,
          check_name: name,
          filter: 'all',
          app_id: appId,
          per_page: 100,
        }),
      );
      const own = found.check_runs.filter((run) => run.external_id === externalId && run.app?.id === appId);
      const newest = own.sort((a, b) => b.id - a.id)[0];
      return newest === undefined ? null : checkRun(newest);
    },

    async getCheckRun(repo, id) {
      const run = await client.read(`reading check run ${id} of ${repo.owner}/${repo.name}`, (octokit) =>
        octokit.rest.checks.get({ owner: repo.owner, repo: repo.name, check_run_id: id }),
      );
      return checkRun(run);
    },

    async updateCheckRun(repo, id, update) {
      const { status, conclusion, completedAt, title, summary, text, annotations = [] } = update;
      if (annotations.length > MAX_ANNOTATIONS) throw new Error(`${annotations.length} annotations in one update`);
      const run = await client.write(`updating check run ${id} of ${repo.owner}/${repo.name}`, (octokit) =>
        octokit.rest.checks.update({
          owner: repo.owner,
          repo: repo.name,
          check_run_id: id,
          ...(status && { status }),
          ...(conclusion && { conclusion }),
          ...(completedAt && { completed_at: completedAt }),
          output: {
            title,
            summary,
            ...(text !== undefined && { text }),
            ...(annotations.length > 0 && { annotations: annotations.map(wireAnnotation) }),
          },
        }),
      );
      return checkRun(run);
    },
  };
}

function wireAnnotation({ path, startLine, endLine, startColumn, endColumn, level, title, message }: Annotation) {
  // GitHub refuses columns on annotations of several lines.
  const columns = startLine === endLine && startColumn !== undefined && endColumn !== undefined;
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    ...(columns && { start_column: startColumn, end_column: endColumn }),
    annotation_level: level,
    title,
    message,
  };
}

interface WireCheckRun {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly external_id: string | null;
  readonly status: string;
  readonly conclusion: string | null;
  readonly html_url: string | null;
  readonly output: { readonly annotations_count: number };
  readonly app: { readonly id: number } | null;
}

function checkRun(run: WireCheckRun): CheckRun {
  return {
    id: run.id,
    name: run.name,
    head: run.head_sha,
    externalId: run.external_id ?? '',
    status: run.status,
    conclusion: run.conclusion,
    annotations: run.output.annotations_count,
    url: run.html_url,
    appId: run.app?.id ?? null,
  };
}
