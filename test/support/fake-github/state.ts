/** What the stand-in GitHub knows, as plain data: people's acts change it, routes show it, tests read it. */
import type { BareRepository } from './bare-repository.ts';

export type Access = 'read' | 'write';
/** As in app.yml, with underscores: `pull_requests: 'write'`. */
export type Permissions = Readonly<Record<string, Access>>;

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'Organization' | 'User';
}

export interface Installation {
  readonly id: number;
  readonly account: Account;
  permissions: Permissions;
  suspended: boolean;
  readonly createdAt: string;
}

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly fullName: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  /** Null where the App is not installed. */
  installation: Installation | null;
  readonly forkOf: Repository | null;
  readonly git: BareRepository;
  readonly createdAt: string;
}

/** One side of a pull request. `sha` is the branch's tip when GitHub last looked at the pull request. */
export interface PullSide {
  readonly repo: Repository;
  ref: string;
  sha: string;
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly repo: Repository;
  readonly head: PullSide;
  readonly base: PullSide;
  readonly author: Account;
  readonly createdAt: string;
  title: string;
  body: string | null;
  draft: boolean;
  state: 'open' | 'closed';
  merged: boolean;
  changedFiles: number;
  updatedAt: string;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export type CheckStatus = 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';

export interface CheckSuite {
  readonly id: number;
  readonly repo: Repository;
  readonly appId: number;
  readonly headSha: string;
  readonly createdAt: string;
}

export interface CheckRun {
  readonly id: number;
  readonly repo: Repository;
  readonly suite: CheckSuite;
  readonly appId: number;
  readonly headSha: string;
  name: string;
  status: CheckStatus;
  conclusion: string | null;
  externalId: string;
  detailsUrl: string;
  startedAt: string | null;
  completedAt: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
  annotations: Annotation[];
  actions: unknown[];
}

export interface State {
  readonly accounts: Account[];
  readonly installations: Installation[];
  readonly repositories: Repository[];
  readonly pulls: Pull[];
  readonly checkSuites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  /** Ids go up from 1001, in the order in which things were made. */
  nextId(): number;
  /** The time as GitHub writes it, to the second. */
  timestamp(): string;
}

export function createState(now: () => number): State {
  let id = 1000;
  return {
    accounts: [],
    installations: [],
    repositories: [],
    pulls: [],
    checkSuites: [],
    checkRuns: [],
    nextId: () => ++id,
    timestamp: () => isoSeconds(now()),
  };
}

export function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function findRepository(state: State, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  return state.repositories.find((repo) => repo.fullName.toLowerCase() === wanted);
}
