/** Serves the bare repositories over HTTP through git's own `git http-backend`, for live installation tokens only. */
import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GIT_ENVIRONMENT } from './git-environment.ts';
import type { Repository } from './state.ts';

const PATH = /^\/([^/]+)\/([^/]+?)\.git(\/.*)$/;

export interface GitPath {
  readonly owner: string;
  readonly name: string;
  readonly rest: string;
}

export function gitPath(pathname: string): GitPath | null {
  const [, owner, name, rest] = PATH.exec(pathname) ?? [];
  return owner === undefined || name === undefined || rest === undefined ? null : { owner, name, rest };
}

export function isPush({ rest }: GitPath, url: URL): boolean {
  return rest === '/git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack';
}

/** Pipes the request through the CGI program; resolves with the status when the answer is sent. */
export async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  { repo, rest, url }: { repo: Repository; rest: string; url: URL },
): Promise<number> {
  const header = (name: string) => String(request.headers[name] ?? '');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...GIT_ENVIRONMENT,
      GIT_PROJECT_ROOT: repo.git.path,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: rest,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: header('content-type'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
      ...(request.headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: header('content-length') }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A client may hang up, and the program may end without reading it all; the end of the answer tells.
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  response.once('close', () => child.kill());
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    let head: Buffer | null = Buffer.alloc(0);
    child.stdout.on('data', (chunk: Buffer) => {
      if (head === null) return;
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      writeHead(response, head.toString('latin1', 0, end));
      response.write(head.subarray(end + 4));
      head = null;
      child.stdout.removeAllListeners('data');
      child.stdout.pipe(response);
    });
    child.stdout.once('end', () => {
      if (head === null) return;
      response.writeHead(500).end();
    });
    response.once('close', () => resolve(response.statusCode));
  });
}

function writeHead(response: ServerResponse, text: string): void {
  let status = 200;
  for (const line of text.split('\r\n')) {
    const [name = '', value = ''] = line.split(/:\s*/, 2);
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
