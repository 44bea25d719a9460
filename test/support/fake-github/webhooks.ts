/** Deliveries: signed as GitHub signs them, posted over real HTTP. */
import { createHmac, randomUUID } from 'node:crypto';
import type { AccountJson, CheckRunJson, CheckSuiteJson, PullJson, RepositoryJson } from './shapes.ts';

export interface WebhookPayload {
  readonly action: string;
  readonly number?: number;
  readonly pull_request?: PullJson;
  readonly before?: string;
  readonly after?: string;
  readonly changes?: object;
  readonly check_run?: Omit<CheckRunJson, 'check_suite'> & { readonly check_suite: CheckSuiteJson };
  readonly check_suite?: CheckSuiteJson;
  readonly merge_group?: {
    readonly head_sha: string;
    readonly head_ref: string;
    readonly base_sha: string;
    readonly base_ref: string;
    readonly head_commit: object;
  };
  readonly reason?: string;
  readonly repository: RepositoryJson;
  readonly organization?: AccountJson;
  readonly installation?: { readonly id: number; readonly node_id: string };
  readonly sender: AccountJson;
}

export interface DeliveryOptions {
  readonly deliveryId?: string;
  readonly secret?: string;
  readonly contentType?: string;
  /** Sent and signed in place of the payload. */
  readonly rawBody?: string | Uint8Array;
}

export interface DeliveryResult {
  /** 0 when the App could not be reached; `body` says why. */
  readonly status: number;
  readonly body: string;
  readonly ms: number;
  readonly deliveryId: string;
}

export async function postWebhook(
  target: string,
  event: string,
  payload: unknown,
  options: DeliveryOptions & { readonly secret: string; readonly appId: number },
): Promise<DeliveryResult> {
  const bytes = Buffer.from(options.rawBody ?? JSON.stringify(payload));
  const deliveryId = options.deliveryId ?? randomUUID();
  const started = performance.now();
  const answer = await fetch(target, {
    method: 'POST',
    headers: {
      'content-type': options.contentType ?? 'application/json',
      'user-agent': 'GitHub-Hookshot/0000000',
      'x-github-delivery': deliveryId,
      'x-github-event': event,
      'x-github-hook-installation-target-id': String(options.appId),
      'x-github-hook-installation-target-type': 'integration',
      'x-hub-signature-256': `sha256=${createHmac('sha256', options.secret).update(bytes).digest('hex')}`,
    },
    body: bytes,
  }).then(
    async (response) => ({ status: response.status, body: await response.text() }),
    (error: unknown) => ({ status: 0, body: String(error instanceof Error ? (error.cause ?? error) : error) }),
  );
  return { ...answer, ms: performance.now() - started, deliveryId };
}
