/** A local stand-in for every vendor that Assay may ask about a secret: it remembers what it is asked, and answers as the test says. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface VendorRequest {
  readonly method: string;
  /** As at the vendor: `https://api.example.com/v1/me`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}
export interface VendorReply {
  readonly status: number;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeVendors {
  /** For the verifier: where each of the vendors stands. */
  readonly origins: Readonly<Record<string, string>>;
  readonly requests: VendorRequest[];
  /** Null: the request is never answered. */
  answer: (request: VendorRequest) => VendorReply | null;
  close(): Promise<void>;
}

export async function startFakeVendors(urls: readonly string[]): Promise<FakeVendors> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const asked = { method, url: `https:/${url}`, headers, body: Buffer.concat(chunks).toString('utf8') };
      fake.requests.push(asked);
      const reply = fake.answer(asked);
      if (reply === null) return;
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeVendors = {
    origins: Object.fromEntries(
      urls.map((url) => new URL(url)).map(({ origin, host }) => [origin, `http://127.0.0.1:${port}/${host}`]),
    ),
    requests: [],
    answer: () => ({ status: 500 }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

/** The secret that a request carries, wherever it stands. */
export function secretOf({ headers, body }: VendorRequest): string {
  const { authorization, 'api-key': apiKey, 'x-api-key': xApiKey, 'xi-api-key': xiApiKey } = headers;
  const key = apiKey ?? xApiKey ?? xiApiKey;
  if (typeof key === 'string') return key;
  const [scheme, value = ''] = String(authorization ?? '').split(' ');
  if (scheme !== 'Basic') return authorization === undefined ? body : value;
  return Buffer.from(value, 'base64').toString('utf8');
}
