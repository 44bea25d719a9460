/** GraphQL: a part of GitHub's own schema (contract/schema.graphql), answered from git and the state. */
import { readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import type { Token } from './auth.ts';
import { fault, repositoryNode } from './graphql-nodes.ts';
import { ok, type Reply } from './reply.ts';
import { findRepository, type State } from './state.ts';

const REMEMBERED_QUERIES = 200;

export interface GraphqlRequest {
  readonly query?: unknown;
  readonly variables?: unknown;
  readonly operationName?: unknown;
}

export interface RateLimitView {
  readonly limit: number;
  readonly remaining: number;
  readonly used: number;
  readonly resetAt: string;
}

interface Known {
  readonly document: DocumentNode | null;
  readonly errors: readonly GraphQLError[];
}

let schema: GraphQLSchema | null = null;
const queries = new Map<string, Known>();

function check(query: string): Known {
  const known = queries.get(query);
  if (known !== undefined) return known;
  schema ??= buildSchema(readFileSync(new URL('./contract/schema.graphql', import.meta.url), 'utf8'));
  let result: Known;
  try {
    const document = parse(query, { noLocation: false });
    const errors = validate(schema, document);
    result = { document: errors.length === 0 ? document : null, errors };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    result = { document: null, errors: [error] };
  }
  if (queries.size >= REMEMBERED_QUERIES) queries.clear();
  queries.set(query, result);
  return result;
}

/** Gives also the problems of the query itself, which no client of ours may have. GitHub answers 200 all the same. */
export async function answerGraphql(
  request: GraphqlRequest,
  { state, token, rateLimit }: { state: State; token: Token; rateLimit: RateLimitView },
): Promise<{ reply: Reply; problems: readonly string[] }> {
  const { document, errors } = check(typeof request.query === 'string' ? request.query : '');
  if (document === null || schema === null) {
    return { reply: ok({ errors: errors.map(formatted) }), problems: errors.map((error) => error.message) };
  }
  const result = await execute({
    schema,
    document,
    rootValue: query(state, token, rateLimit),
    variableValues: (request.variables ?? {}) as Record<string, unknown>,
    operationName: typeof request.operationName === 'string' ? request.operationName : null,
  });
  const failed = (result.errors ?? []).filter((error) => error.extensions.type === undefined);
  const body = result.errors === undefined ? result : { ...result, errors: result.errors.map(formatted) };
  return {
    reply: ok(body),
    problems: failed.map(({ message, originalError }) => `${message} ${originalError?.stack ?? ''}`),
  };
}

/** GitHub puts the kind of error beside the message. */
function formatted(error: GraphQLError): object {
  const { message, locations, path, extensions } = error;
  return { ...extensions, ...(path === undefined ? {} : { path }), locations, message };
}

function query(state: State, token: Token, rateLimit: RateLimitView) {
  return {
    id: 'Q_1',
    rateLimit: { ...rateLimit, cost: 1, nodeCount: 0 },
    repository({ owner, name }: { owner: string; name: string }) {
      const repo = findRepository(state, owner, name);
      const visible = repo?.installation === token.installation && (token.repositoryIds?.has(repo.id) ?? true);
      if (repo === undefined || !visible) {
        throw fault('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return repositoryNode(repo, state, token);
    },
  };
}
