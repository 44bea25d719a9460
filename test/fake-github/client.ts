/** A plain client of the stand-in GitHub for its own tests: what it sends is exactly what the test says. */
import { createSign } from 'node:crypto';
import type { FakeGitHub } from '#test/support/fake-github/fake-github.ts';
import type { Installation } from '#test/support/fake-github/state.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect in it
  readonly body: any;
  readonly headers: Headers;
}

export interface Client {
  readonly token: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  graphql(query: string, variables?: object): Promise<Answer>;
}

export async function send(
  fake: FakeGitHub,
  authorization: string,
  {
    method,
    path,
    body,
    headers = {},
  }: { method: string; path: string; body?: unknown; headers?: Record<string, string> },
): Promise<Answer> {
  const response = await fetch(`${fake.url}${path}`, {
    method,
    headers: { authorization, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
}

export function makeJwt(fake: FakeGitHub, claims: object = {}, key = fake.privateKey): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + 500, iss: fake.appId, ...claims })}`;
  return `${signed}.${createSign('sha256').update(signed).sign(key, 'base64url')}`;
}

export async function connect(fake: FakeGitHub, installation: Installation, wish?: object): Promise<Client> {
  const path = `/app/installations/${installation.id}/access_tokens`;
  const answer = await send(fake, `Bearer ${makeJwt(fake)}`, { method: 'POST', path, body: wish });
  if (answer.status !== 201) throw new Error(`no token: ${JSON.stringify(answer.body)}`);
  const token: string = answer.body.token;
  const ask = (method: string) => (to: string, body?: unknown) =>
    send(fake, `token ${token}`, { method, path: to, body });
  return {
    token,
    get: (to, headers = {}) => send(fake, `token ${token}`, { method: 'GET', path: to, headers }),
    post: ask('POST'),
    patch: ask('PATCH'),
    graphql: (query, variables = {}) => ask('POST')('/graphql', { query, variables }),
  };
}
