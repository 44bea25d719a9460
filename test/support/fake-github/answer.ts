/** What the stand-in answers to an API request: who asks, limits, contract, route. */
import { type Auth, allows, type Token } from './auth.ts';
import type { Contract } from './contract.ts';
import type { Faults } from './faults.ts';
import { answerGraphql, type GraphqlRequest } from './graphql.ts';
import type { Limits } from './limits.ts';
import { notFound, ok, type Refusal, type Reply, refuse, violates } from './reply.ts';
import type { Call, Routes } from './route.ts';
import { findRepository, isoSeconds, type State } from './state.ts';

export interface RequestEntry {
  readonly kind: 'rest' | 'graphql' | 'git';
  readonly method: string;
  /** Without `/api/v3` and without the query. */
  readonly path: string;
  /** GitHub's name for it: `checks/create`; null for GraphQL, git and what is unknown. */
  operation: string | null;
  /** Null while it is not answered, 0 when the connection was ended. */
  status: number | null;
  installation: number | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A request that no client of GitHub may send, or an error of the stand-in itself. */
export interface Violation {
  readonly method: string;
  readonly path: string;
  readonly problem: string;
}

export interface World {
  readonly state: State;
  readonly auth: Auth;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly routes: Routes;
  readonly requests: RequestEntry[];
  readonly violations: Violation[];
  readonly appId: number;
  readonly now: () => number;
  /** Holds the stand-in's own answers against GitHub's description too. */
  readonly checkAnswers: boolean;
  origin(): string;
  /** Called when a request comes, and when it is answered. */
  changed(): void;
}

export interface Asked {
  readonly entry: RequestEntry;
  readonly url: URL;
  readonly body: string;
  readonly header: (name: string) => string | undefined;
}

export async function answer(world: World, contract: Contract, asked: Asked): Promise<Reply> {
  const { entry } = asked;
  const report = (problem: string) => world.violations.push({ method: entry.method, path: entry.path, problem });
  if (asked.header('user-agent') === undefined) {
    report('no User-Agent header');
    return refuse(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
    );
  }
  let body: unknown;
  try {
    body = asked.body === '' ? undefined : JSON.parse(asked.body);
  } catch {
    report('the body is not JSON');
    return refuse(400, 'Problems parsing JSON');
  }
  const reply =
    entry.kind === 'graphql' ? await graphql(world, asked, body, report) : await rest(world, contract, asked, body);
  for (const problem of (reply as Refusal).problems ?? []) report(problem);
  if (world.checkAnswers && entry.operation !== null) {
    for (const problem of contract.responseProblems(entry.operation, reply.status, reply.body))
      report(`answer: ${problem}`);
  }
  return reply;
}

async function graphql(world: World, asked: Asked, body: unknown, report: (problem: string) => void): Promise<Reply> {
  const { state, auth, limits } = world;
  if (asked.entry.method !== 'POST') return notFound();
  const token = auth.token(asked.header('authorization'));
  if (token === null) return refuse(401, 'Bad credentials');
  const installation = token.installation.id;
  asked.entry.installation = installation;
  const refusal = limits.count(installation, 'graphql', false);
  if (refusal !== null)
    return ok({ data: null, errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] });
  const { reset, ...usage } = limits.usage(installation, 'graphql');
  const rateLimit = { ...usage, resetAt: isoSeconds(reset * 1000) };
  const { reply, problems } = await answerGraphql((body ?? {}) as GraphqlRequest, { state, token, rateLimit });
  for (const problem of problems) report(problem);
  return reply;
}

async function rest(world: World, contract: Contract, asked: Asked, body: unknown): Promise<Reply> {
  const { state, auth, limits, appId } = world;
  const { entry, url } = asked;
  const match = contract.match(entry.method, entry.path);
  const route = match === null ? undefined : world.routes[match.operation];
  if (match === null || route === undefined)
    return { ...notFound(), problems: ['no route of the stand-in'] } as Refusal;
  entry.operation = match.operation;
  const authorization = asked.header('authorization');
  const accept = asked.header('accept') ?? '';
  const call: Call = { state, auth, origin: world.origin(), appId, params: match.params, url, accept, body };
  const problems = () => contract.requestProblems(match, url.searchParams, body);

  if (route.caller === 'app') {
    const refusal = auth.refuseApp(authorization);
    if (refusal !== null) return refusal;
    const wrong = problems();
    return wrong.length > 0 ? violates(wrong) : route.handle(call);
  }
  const token = auth.token(authorization);
  if (token === null) return refuse(401, 'Bad credentials');
  entry.installation = token.installation.id;
  const limited = limits.count(token.installation.id, 'core', entry.method !== 'GET');
  if (limited !== null) return limited;
  if (route.caller === 'installation') {
    const wrong = problems();
    return wrong.length > 0 ? violates(wrong) : route.handle({ ...call, token });
  }
  const repo = visibleRepository(state, token, match.params.owner ?? '', match.params.repo ?? '', 'metadata');
  if (repo === null) return notFound();
  if (!allows(token.permissions, route.permission, route.access)) {
    return refuse(403, 'Resource not accessible by integration');
  }
  const wrong = problems();
  return wrong.length > 0 ? violates(wrong) : route.handle({ ...call, token, repo });
}

/** Null where the token does not reach, or its permissions do not. */
export function visibleRepository(state: State, token: Token, owner: string, name: string, permission: string) {
  const repo = findRepository(state, owner, name);
  const visible = repo?.installation === token.installation && (token.repositoryIds?.has(repo.id) ?? true);
  return repo !== undefined && visible && allows(token.permissions, permission, 'read') ? repo : null;
}
