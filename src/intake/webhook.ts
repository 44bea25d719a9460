/** The door for deliveries: size, signature and shape are checked on the raw bytes before anything is parsed. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { HANDLED_EVENTS } from './triggers.ts';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads: "Payloads are capped at 25 MB." */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;

export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly payload: unknown;
}

export interface WebhookOptions {
  /** Any of them may have signed: during a rotation both the new and the old one. */
  readonly secrets: readonly string[];
  /** Resolves when the work is durably stored. A rejection is answered 503, so that GitHub shows the delivery as failed. */
  readonly receive: (delivery: Delivery) => Promise<void>;
  readonly log: { warn(data: object, message: string): void; error(data: object, message: string): void };
}

type Answer = { readonly status: number; readonly message: string };

export function createWebhookHandler(
  options: WebhookOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const { status, message } = await answer(request, options);
    // What was refused unread must not be taken for the connection's next request.
    if (!request.complete) response.setHeader('connection', 'close');
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify({ message })}\n`);
    if (!request.complete) request.resume();
  };
}

async function answer(request: IncomingMessage, options: WebhookOptions): Promise<Answer> {
  const refused = refuseByHeaders(request);
  if (refused !== null) return refused;
  const event = header(request, 'x-github-event');
  if (!HANDLED_EVENTS.has(event) && event !== 'ping') return { status: 202, message: 'ignored' };

  const body = await readBody(request);
  if (body === null) return tooLarge();
  if (!options.secrets.some((secret) => isSignedBy(secret, body, header(request, 'x-hub-signature-256')))) {
    options.log.warn(
      { event, delivery: header(request, 'x-github-delivery') },
      'refused a delivery with a wrong signature',
    );
    return {
      status: 401,
      message:
        'the signature in X-Hub-Signature-256 does not match: check that both sides have the same webhook secret',
    };
  }
  const payload = parseJson(body);
  if (payload === undefined) return { status: 400, message: 'the body is not JSON' };

  const id = header(request, 'x-github-delivery');
  try {
    await options.receive({ id, event, payload });
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 422, message: `not a payload of ${event}: ${describe(error)}` };
    // The error has the delivery in it, and with it what a pull request says; Probot has logged the rest of it.
    options.log.error({ event, delivery: id }, 'could not accept a delivery');
    return { status: 503, message: 'the delivery could not be stored; redeliver it later' };
  }
  return { status: 202, message: 'accepted' };
}

function refuseByHeaders(request: IncomingMessage): Answer | null {
  if (request.method !== 'POST') return { status: 405, message: 'webhooks are sent by POST' };
  if (!/^application\/json\b/i.test(header(request, 'content-type'))) {
    return { status: 415, message: 'set the content type of the webhook to application/json' };
  }
  if (Number(header(request, 'content-length')) > MAX_BODY_BYTES) return tooLarge();
  const missing = ['x-github-event', 'x-github-delivery', 'x-hub-signature-256'].filter(
    (name) => header(request, name) === '',
  );
  if (missing.length > 0) return { status: 400, message: `missing headers: ${missing.join(', ')}` };
  return null;
}

function tooLarge(): Answer {
  return { status: 413, message: `the body is over ${MAX_BODY_BYTES} bytes` };
}

/** The whole body, or null when it goes over the limit (a chunked body has no length to refuse it by). */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
export function isSignedBy(secret: string, body: Uint8Array, signature: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Undefined for what is no JSON; an error would quote it. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function describe(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
