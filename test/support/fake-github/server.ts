/** The stand-in's front door: prefix, log, faults, then git or an answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answer, type RequestEntry, visibleRepository, type World } from './answer.ts';
import { type Contract, loadContract } from './contract.ts';
import { waitOut } from './faults.ts';
import { gitPath, isPush, serveGit } from './git-http.ts';
import { type Resource, rateLimitHeaders } from './limits.ts';
import { notFound, type Reply } from './reply.ts';

export function createFrontDoor(world: World): Server {
  const contract = loadContract();
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    respond(world, contract, request, response).catch((error: unknown) => {
      // A client that is killed while it sends is no error of anybody here.
      if (request.destroyed && !request.complete) return;
      const problem = `the stand-in failed: ${error instanceof Error ? error.stack : String(error)}`;
      world.violations.push({ method: request.method ?? '', path: request.url ?? '', problem });
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

async function respond(
  world: World,
  contract: Contract,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', world.origin());
  const path = url.pathname.replace(/^\/api(\/v3)?(?=\/)/, '');
  const method = request.method ?? 'GET';
  const git = gitPath(path);
  const kind = git !== null ? 'git' : path === '/graphql' ? 'graphql' : 'rest';
  const entry: RequestEntry = {
    kind,
    method,
    path,
    operation: null,
    status: null,
    installation: null,
    at: world.now(),
  };
  world.requests.push(entry);
  world.changed();
  const body = git === null ? await readBody(request) : '';
  const fault = world.faults.take(method, path, body);
  if (fault !== null) await waitOut(fault);
  const denied = fault?.status !== undefined || fault?.destroySocket === true;
  const header = (name: string) => request.headers[name]?.toString();

  if (git !== null && !denied) {
    const repo = openToGit(world, git, entry, header('authorization'));
    if (repo !== null && !isPush(git, url)) {
      entry.status = await serveGit(request, response, { repo, rest: git.rest, url });
      return world.changed();
    }
    const challenge = { 'www-authenticate': 'Basic realm="GitHub"' };
    send(response, entry, repo === null ? { status: 401, headers: challenge } : { status: 403 });
    return world.changed();
  }

  const applied =
    denied && fault?.afterApplying !== true ? null : await answer(world, contract, { entry, url, body, header });
  if (fault?.destroySocket === true) {
    entry.status = 0;
    request.socket.destroy();
  } else if (denied) {
    send(response, entry, { status: fault?.status ?? 500, body: fault?.body ?? {}, headers: fault?.headers ?? {} });
  } else {
    const resource: Resource = kind === 'graphql' ? 'graphql' : 'core';
    const usage = world.limits.usage(entry.installation ?? 0, resource);
    send(response, entry, applied ?? notFound(), rateLimitHeaders(usage, resource));
  }
  world.changed();
}

/** The repository that the credentials open; null where they open none. */
function openToGit(
  world: World,
  { owner, name }: { owner: string; name: string },
  entry: RequestEntry,
  authorization: string | undefined,
) {
  const token = world.auth.token(authorization);
  if (token === null) return null;
  entry.installation = token.installation.id;
  return visibleRepository(world.state, token, owner, name, 'contents');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, entry: RequestEntry, reply: Reply, headers: Record<string, string> = {}): void {
  const { status, raw } = reply;
  const bytes = raw?.bytes ?? (reply.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(reply.body)));
  const type = raw?.type ?? 'application/json; charset=utf-8';
  entry.status = status;
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...headers, ...reply.headers });
  response.end(bytes);
}
