/** The door to the vendors: one request, over in seconds, that follows no redirect and whose failure has no words. */
import type { Question } from './request.ts';

/** What one vendor may take for one answer (milliseconds). */
export const ASK_LIMIT_MS = 5_000;
/** Of a longer answer nothing but the status counts (bytes). */
export const MAX_ANSWER_BYTES = 256 * 1024;

export interface Reply {
  readonly status: number;
  /** Undefined where the body is no JSON, or too long. */
  readonly json: unknown;
}

/** Null when nothing came back in time. A failure's message names hosts and addresses at most, and is not passed on either. */
export async function ask(question: Question, limitMs: number): Promise<Reply | null> {
  const { method, url, headers, body } = question;
  const signal = AbortSignal.timeout(limitMs);
  return fetch(url, { method, headers, body, redirect: 'manual', signal })
    .then(async (response) => ({ status: response.status, json: parseJson(await readText(response)) }))
    .catch(() => null);
}

/** Empty for a body over the limit. */
async function readText({ body }: Response): Promise<string> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop cancels the rest.
    if (bytes > MAX_ANSWER_BYTES) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
