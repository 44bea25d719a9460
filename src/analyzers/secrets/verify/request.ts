/** The question to a vendor, with a secret in clear in its one place. */
import type { Vendor } from './vendor-file.ts';

/** Never logged, never in an error: it holds the secret. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** `secret` has one of the vendor's shapes, so that no character of it can end a header. */
export function questionOf({ request }: Vendor, secret: string): Question {
  const { method, url, credential, headers, body } = request;
  const content = 'body' in credential ? { ...body, [credential.body]: secret } : body;
  return {
    method,
    url,
    headers: {
      accept: 'application/json',
      'user-agent': 'assay',
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...credentialHeader(credential, secret),
    },
    body: content === undefined ? null : JSON.stringify(content),
  };
}

function credentialHeader(credential: Vendor['request']['credential'], secret: string): Record<string, string> {
  if ('header' in credential) {
    return { [credential.header]: credential.scheme === undefined ? secret : `${credential.scheme} ${secret}` };
  }
  if ('body' in credential) return {};
  const { basic, other } = credential;
  const pair = basic === 'user' ? `${secret}:${other}` : `${other}:${secret}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
