import { createHmac } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createWebhookHandler, type Delivery, isSignedBy, MAX_BODY_BYTES } from '#intake/webhook.ts';

const SECRETS = ['the new one', 'the old one'];
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function start(receive: (delivery: Delivery) => Promise<void> = async () => {}) {
  const deliveries: Delivery[] = [];
  const logged: object[] = [];
  const log = { warn: (data: object) => logged.push(data), error: (data: object) => logged.push(data) };
  const handler = createWebhookHandler({
    secrets: SECRETS,
    log,
    receive: async (delivery) => {
      deliveries.push(delivery);
      await receive(delivery);
    },
  });
  const server = createServer((request, response) => void handler(request, response)).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, deliveries, logged };
}

function sign(body: string | Uint8Array, secret = SECRETS[0]!): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

async function post(url: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    body: Buffer.from(body),
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': 'd-1',
      'x-hub-signature-256': sign(body),
      ...headers,
    },
  });
  return { status: response.status, message: ((await response.json()) as { message: string }).message };
}

describe('a delivery', () => {
  it("is signed as GitHub's documentation says", () => {
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    expect(isSignedBy("It's a Secret to Everybody", Buffer.from('Hello, World!'), signature)).toBe(true);
    expect(isSignedBy("It's a Secret to Everybody", Buffer.from('Hello, World?'), signature)).toBe(false);
  });

  it('is handed on once it is known to be genuine', async () => {
    const { url, deliveries } = await start();
    expect(await post(url, '{"action":"opened"}')).toEqual({ status: 202, message: 'accepted' });
    expect(deliveries).toEqual([{ id: 'd-1', event: 'pull_request', payload: { action: 'opened' } }]);
  });

  it('may be signed with the old secret during a rotation', async () => {
    const { url } = await start();
    const body = '{"action":"opened"}';
    expect(await post(url, body, { 'x-hub-signature-256': sign(body, SECRETS[1]) })).toMatchObject({ status: 202 });
  });

  it('with a wrong signature is refused before its body is parsed', async () => {
    const { url, deliveries, logged } = await start();
    const body = 'not even JSON';
    const answer = await post(url, body, { 'x-hub-signature-256': sign(body, 'a guess') });
    expect(answer.status).toBe(401);
    expect(answer.message).toContain('signature');
    expect(deliveries).toEqual([]);
    expect(logged).toEqual([{ event: 'pull_request', delivery: 'd-1' }]);
  });

  it('is checked on its bytes, not on what they decode to', async () => {
    const { url } = await start();
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    const decoded = bytes.toString('utf8');
    expect((await post(url, bytes, { 'x-hub-signature-256': sign(decoded) })).status).toBe(401);
    expect((await post(url, bytes)).status).toBe(202);
  });

  it('that is not JSON is refused, and not quoted', async () => {
    const { url } = await start();
    const answer = await post(url, '{"action": }');
    expect(answer).toEqual({ status: 400, message: 'the body is not JSON' });
  });

  it('of another content type, method or without its headers is refused', async () => {
    const { url } = await start();
    expect((await post(url, '{}', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await fetch(url)).status).toBe(405);
    const answer = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('x-github-event, x-github-delivery, x-hub-signature-256');
  });

  it('of an event that nobody handles is answered without being read', async () => {
    const { url, deliveries } = await start();
    const answer = await post(url, 'x'.repeat(100_000), {
      'x-github-event': 'push',
      'x-hub-signature-256': 'sha256=none',
    });
    expect(answer).toEqual({ status: 202, message: 'ignored' });
    expect(deliveries).toEqual([]);
  });

  it('is answered 503 when it cannot be stored, without the reason', async () => {
    const { url, logged } = await start(async () => {
      throw new Error('the database password is wrong');
    });
    const answer = await post(url, '{"action":"opened"}');
    expect(answer).toEqual({ status: 503, message: 'the delivery could not be stored; redeliver it later' });
    expect(JSON.stringify(logged)).toContain('d-1');
  });
});

describe('a body over 25 MB', () => {
  it('is refused by its declared length, unread', async () => {
    const { url, deliveries } = await start();
    const status = await new Promise<number>((resolve, reject) => {
      const client = httpRequest(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': String(MAX_BODY_BYTES + 1),
          'x-github-event': 'pull_request',
          'x-github-delivery': 'd-2',
          'x-hub-signature-256': 'sha256=x',
        },
      });
      client.on('response', (response) => {
        resolve(response.statusCode!);
        client.destroy();
      });
      client.on('error', reject);
      client.write('{');
    });
    expect(status).toBe(413);
    expect(deliveries).toEqual([]);
  });

  it('is cut off when it declares no length', async () => {
    const { url, deliveries } = await start();
    const status = await new Promise<number | string>((resolve) => {
      const client = httpRequest(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'transfer-encoding': 'chunked',
          'x-github-event': 'pull_request',
          'x-github-delivery': 'd-3',
          'x-hub-signature-256': 'sha256=x',
        },
      });
      client.on('response', (response) => {
        resolve(response.statusCode!);
        client.destroy();
      });
      client.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      for (let sent = 0; sent < MAX_BODY_BYTES + chunk.length; sent += chunk.length) client.write(chunk);
    });
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(status);
    expect(deliveries).toEqual([]);
  });
});
