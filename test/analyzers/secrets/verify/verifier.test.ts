/** Asking one vendor: what is sent, what an answer means, and what is believed of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_ANSWER_BYTES } from '#analyzers/secrets/verify/ask.ts';
import { createVerifier, MADE_UP_KEPT_MS, SILENT_MS } from '#analyzers/secrets/verify/verifier.ts';
import { type FakeVendors, secretOf, startFakeVendors } from '#test/support/fake-vendors.ts';
import { acme, sealed, token } from './support.ts';

const REAL = token('acme_{alnum:20}');
let vendors: FakeVendors;
beforeEach(async () => {
  vendors = await startFakeVendors(['https://api.acme.test']);
});
afterEach(() => vendors.close());

/** It knows one secret. */
const tellsApart: FakeVendors['answer'] = (request) => ({ status: secretOf(request) === REAL ? 200 : 401 });

function start(vendor = acme(), options: { limitMs?: number; clock?: () => number } = {}) {
  const verifier = createVerifier([vendor], { origins: vendors.origins, ...options });
  return (clear = REAL, ruleId = 'acme-token') => verifier.verify(sealed(clear), ruleId);
}

describe('a vendor', () => {
  it('that knows the secret calls it active, and none that is made up', async () => {
    vendors.answer = tellsApart;
    expect(await start()()).toEqual({ answer: 'active' });
    const [asked, madeUp] = vendors.requests;
    expect(asked).toMatchObject({
      method: 'GET',
      url: 'https://api.acme.test/me',
      headers: { authorization: `Bearer ${REAL}`, 'user-agent': 'assay' },
    });
    expect(secretOf(madeUp!)).toMatch(/^acme_[A-Za-z0-9]{20}$/);
    expect(secretOf(madeUp!)).not.toBe(REAL);
  });

  it('that refuses the secret calls it inactive, and is asked nothing else', async () => {
    vendors.answer = tellsApart;
    expect(await start()(token('acme_{alnum:20}', 2))).toEqual({ answer: 'inactive' });
    expect(vendors.requests).toHaveLength(1);
  });

  it('that calls everything active is not believed', async () => {
    vendors.answer = () => ({ status: 200 });
    expect(await start()()).toEqual({ answer: 'unknown', reason: 'says-yes-to-anything' });
  });

  it('is asked about a made-up secret once in some hours', async () => {
    let now = 0;
    vendors.answer = (request) => ({ status: secretOf(request).includes('acme_0') ? 200 : 401 });
    const verify = start(acme(), { clock: () => now });
    const known = (seed: number) => verify(`acme_0${token('{alnum:19}', seed)}`);
    expect((await Promise.all([known(1), known(2)])).map(({ answer }) => answer)).toEqual(['active', 'active']);
    await known(3);
    expect(vendors.requests).toHaveLength(4);
    now = MADE_UP_KEPT_MS + 1;
    await known(4);
    expect(vendors.requests).toHaveLength(6);
  });

  it('whose yes cannot be checked is not believed', async () => {
    vendors.answer = (request) => ({ status: secretOf(request) === REAL ? 200 : 503 });
    expect(await start()()).toEqual({ answer: 'unknown', reason: 'no-answer' });
  });

  it('whose yes could not be checked is asked again', async () => {
    let now = 0;
    const verify = start(acme(), { clock: () => now });
    vendors.answer = (request) => ({ status: secretOf(request) === REAL ? 200 : 503 });
    expect(await verify()).toEqual({ answer: 'unknown', reason: 'no-answer' });
    vendors.answer = tellsApart;
    now = SILENT_MS + 1;
    expect(await verify()).toEqual({ answer: 'active' });
  });

  it.each([
    ['an answer that its file does not name', { status: 403 }, 'unclear'],
    ['too many requests', { status: 429 }, 'no-answer'],
    ['a failure of its own', { status: 502 }, 'no-answer'],
    // The stand-in would answer there.
    ['a redirect', { status: 302, headers: { location: '/api.acme.test/elsewhere' } }, 'no-answer'],
  ])('with %s leaves it unknown', async (_, reply, reason) => {
    vendors.answer = () => reply;
    expect(await start()()).toEqual({ answer: 'unknown', reason });
    expect(vendors.requests).toHaveLength(1);
  });

  it('that takes too long leaves it unknown, and is left alone for a while', async () => {
    let now = 0;
    vendors.answer = () => null;
    const verify = start(acme(), { limitMs: 50, clock: () => now });
    expect(await verify()).toEqual({ answer: 'unknown', reason: 'no-answer' });
    vendors.answer = tellsApart;
    expect(await verify()).toEqual({ answer: 'unknown', reason: 'no-answer' });
    expect(vendors.requests).toHaveLength(1);
    now = SILENT_MS + 1;
    expect(await verify()).toEqual({ answer: 'active' });
  });

  it.each([
    ['no JSON', '<html>'],
    ['more than is read', `{"id": 1, "more": "${'x'.repeat(MAX_ANSWER_BYTES)}"}`],
    ['another shape', '["id"]'],
    ['nothing', 'null'],
  ])('whose answer is to hold something and is %s leaves it unknown', async (_, body) => {
    vendors.answer = () => ({ status: 200, body });
    expect(await start(acme({ active: { status: 200, has: ['id'] } }))()).toEqual({
      answer: 'unknown',
      reason: 'unclear',
    });
  });
});

describe('a secret', () => {
  it.each([
    ['of another shape', 'other_abcdefghijklmnopqrst'],
    ['with a line break in it', 'acme_abc\r\nx-evil: 1'],
    ['with a line break behind it', 'acme_abcdefghijklmnopqrst\n'],
    ['with what is no character of a token', 'acme_abc def'],
    ['that is too long', `acme_${'a'.repeat(1_000)}`],
  ])('%s is not sent', async (_, clear) => {
    vendors.answer = tellsApart;
    expect(await start()(clear)).toEqual({ answer: 'unknown', reason: 'not-sent' });
    expect(vendors.requests).toEqual([]);
  });

  it('of a detector without a vendor is not sent', async () => {
    expect(await start()(REAL, 'other-token')).toEqual({ answer: 'unknown', reason: 'not-sent' });
  });

  it('of a vendor that the stand-in does not play is not sent', async () => {
    const elsewhere = start(acme({ request: { url: 'https://api.other.test/me' } }));
    expect(await elsewhere()).toEqual({ answer: 'unknown', reason: 'no-answer' });
    expect(vendors.requests).toEqual([]);
  });

  it.each([
    ['a header', { header: 'x-key' }, (clear: string) => ({ headers: { 'x-key': clear } })],
    [
      'a password',
      { basic: 'password', other: 'api' },
      (clear: string) => ({
        headers: { authorization: `Basic ${Buffer.from(`api:${clear}`).toString('base64')}` },
      }),
    ],
    [
      'a user name',
      { basic: 'user' },
      (clear: string) => ({ headers: { authorization: `Basic ${Buffer.from(`${clear}:`).toString('base64')}` } }),
    ],
    ['the body', { body: 'key' }, (clear: string) => ({ body: JSON.stringify({ ask: 'who', key: clear }) })],
  ])('stands in %s where the vendor wants it', async (_, credential, expected) => {
    const body = 'body' in credential ? { body: { ask: 'who' }, method: 'POST' } : {};
    vendors.answer = () => ({ status: 401 });
    expect(await start(acme({ request: { credential, ...body } }))()).toEqual({ answer: 'inactive' });
    expect(vendors.requests).toMatchObject([expected(REAL)]);
    expect(vendors.requests[0]!.url).not.toContain(REAL);
  });
});
