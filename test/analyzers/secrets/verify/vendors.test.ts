/** Each vendor's file against a stand-in that answers as the vendor's documentation says. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSamples } from '#analyzers/secrets/samples/samples.ts';
import { expand } from '#analyzers/secrets/samples/template.ts';
import { unseal } from '#analyzers/secrets/seal.ts';
import { createVerifier } from '#analyzers/secrets/verify/verifier.ts';
import type { Analyzer } from '#domain/analyzer.ts';
import { createPart, createShippedAnalyzer, listRuleFiles, NO_LIMIT } from '#test/analyzers/secrets/support.ts';
import {
  type FakeVendors,
  secretOf,
  startFakeVendors,
  type VendorReply,
  type VendorRequest,
} from '#test/support/fake-vendors.ts';
import { sealed, shippedVendors, token } from './support.ts';

const unauthorized = { status: 401, body: { message: 'Unauthorized' } };

/**
 * By vendor: how a request carries the secret, and the vendor's answers to a good one, a bad one, and one that says neither.
 * `refused`: an answer to a bad one that a good one may get as well.
 */
const DOCUMENTED: Record<
  string,
  {
    carries: string;
    active: VendorReply;
    inactive?: VendorReply;
    refused?: VendorReply;
    neither?: VendorReply;
  }
> = {
  anthropic: {
    carries: 'x-api-key: SECRET',
    active: { status: 200, body: { data: [], has_more: false } },
    inactive: { status: 401, body: { type: 'error', error: { type: 'authentication_error', message: 'invalid' } } },
    neither: { status: 403, body: { type: 'error', error: { type: 'permission_error', message: 'no' } } },
  },
  cohere: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { valid: true, organization_id: 'o' } },
    inactive: { status: 200, body: { valid: false } },
  },
  deepgram: {
    carries: 'authorization: Token SECRET',
    active: { status: 200, body: { projects: [] } },
    inactive: { status: 401, body: { err_code: 'INVALID_AUTH', err_msg: 'Invalid credentials.' } },
    neither: { status: 401, body: 'User does not have sufficient permissions.' },
  },
  deepseek: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { is_available: true, balance_infos: [] } },
    inactive: unauthorized,
  },
  elevenlabs: {
    carries: 'xi-api-key: SECRET',
    active: { status: 200, body: { user_id: 'u' } },
    inactive: { status: 401, body: { detail: { status: 'invalid_api_key', message: 'Invalid API key' } } },
    neither: { status: 401, body: { detail: { status: 'missing_permissions', message: 'user_read' } } },
  },
  github: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { login: 'octocat' } },
    refused: { status: 401, body: { message: 'Bad credentials' } },
    neither: { status: 403, body: { message: 'API rate limit exceeded' } },
  },
  groq: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { object: 'list', data: [] } },
    inactive: { status: 401, body: { error: { message: 'Invalid API Key', code: 'invalid_api_key' } } },
    neither: unauthorized,
  },
  huggingface: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { type: 'user', name: 'somebody' } },
    inactive: { status: 401, body: { error: 'Invalid credentials in Authorization header' } },
  },
  mistral: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { object: 'list', data: [] } },
    refused: unauthorized,
  },
  npm: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { username: 'somebody' } },
    refused: { status: 401, body: {} },
  },
  openai: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { object: 'list', data: [] } },
    inactive: { status: 401, body: { error: { code: 'invalid_api_key', type: 'invalid_request_error' } } },
    neither: { status: 401, body: { error: { code: 'ip_not_authorized', type: 'invalid_request_error' } } },
  },
  openrouter: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { data: { label: 'a', usage: 0 } } },
    inactive: { status: 401, body: { error: { code: 401, message: 'User not found.' } } },
  },
  pinecone: {
    carries: 'api-key: SECRET',
    active: { status: 200, body: { indexes: [] } },
    inactive: { status: 401, body: { error: { code: 'UNAUTHENTICATED' }, status: 401 } },
  },
  replicate: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { type: 'user', username: 'acme' } },
    inactive: { status: 401, body: { title: 'Unauthenticated', status: 401 } },
  },
  slack: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { ok: true, team_id: 'T1', user_id: 'U1' } },
    inactive: { status: 200, body: { ok: false, error: 'token_revoked' } },
    neither: { status: 200, body: { ok: false, error: 'invalid_auth' } },
  },
  stripe: {
    carries: 'authorization: Basic SECRET:',
    active: { status: 200, body: { object: 'balance', livemode: true } },
    inactive: { status: 401, body: { error: { type: 'invalid_request_error' } } },
    neither: { status: 403, body: { error: { type: 'invalid_request_error' } } },
  },
  wandb: {
    carries: 'authorization: Basic api:SECRET',
    active: { status: 200, body: { data: { viewer: { id: 'VXNlcjox' } } } },
    refused: { status: 401, body: { error: 'invalid key' } },
    neither: { status: 200, body: { data: { viewer: null } } },
  },
  xai: {
    carries: 'authorization: Bearer SECRET',
    active: { status: 200, body: { api_key_blocked: false, api_key_disabled: false, team_blocked: false } },
    inactive: { status: 200, body: { api_key_blocked: false, api_key_disabled: true, team_blocked: false } },
    neither: { status: 400, body: { code: 'Client specified an invalid argument' } },
  },
};

/** Samples of the detectors that look like nobody's whom Assay can ask. */
const NOT_SENT = /^local-|^sk-None-|^xox[^bp]|^gh[rs]_/;

function carried({ headers }: VendorRequest, header: string): string {
  const [scheme, coded = ''] = String(headers[header]).split(' ');
  return scheme === 'Basic' ? `${header}: Basic ${atob(coded)}` : `${header}: ${headers[header]}`;
}

const shipped = shippedVendors();
let fake: FakeVendors;
let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await createShippedAnalyzer();
  fake = await startFakeVendors(shipped.map(({ vendor }) => vendor.request.url));
});
afterAll(() => fake.close());

it('has documented answers for every file, and for no other', () => {
  expect(shipped.map(({ name }) => name)).toEqual(Object.keys(DOCUMENTED));
});

it('is documented vendor by vendor', () => {
  const told = readFileSync(new URL('../../../../docs/secrets.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');
  const names = shipped.map(({ vendor }) => vendor.vendor).toSorted((a, b) => a.localeCompare(b, 'en'));
  expect(told).toContain(`Vendors: ${names.join(', ')}.`);
});

describe.each(shipped)('$name', ({ name, vendor }) => {
  const { carries, active, inactive, refused = unauthorized, neither = { status: 418 } } = DOCUMENTED[name]!;
  const cases = Object.entries(vendor.detectors).flatMap(([ruleId, templates]) =>
    templates.map((template) => ({ ruleId, template })),
  );

  it.each(cases)('is asked about what $ruleId finds ($template)', async ({ ruleId, template }) => {
    const [good, bad, other] = [1, 2, 3].map((seed) => token(template, seed));
    fake.requests.length = 0;
    fake.answer = (request) => {
      const secret = secretOf(request);
      return secret.includes(good!) ? active : secret.includes(other!) ? neither : (inactive ?? refused);
    };
    const verifier = createVerifier([vendor], { origins: fake.origins });
    const answers = await Promise.all([good!, bad!, other!].map((clear) => verifier.verify(sealed(clear), ruleId)));
    const bads = inactive === undefined ? { answer: 'unknown', reason: 'refused' } : { answer: 'inactive' };
    expect(answers).toEqual([{ answer: 'active' }, bads, { answer: 'unknown', reason: 'unclear' }]);
    const asked = fake.requests.find((request) => secretOf(request).includes(good!))!;
    expect(asked.url).toBe(vendor.request.url);
    expect(carried(asked, carries.split(':')[0]!)).toBe(carries.replace('SECRET', good!));
  });

  it('is asked about secrets as its detectors find them', async () => {
    const { rules, samples } = listRuleFiles().find((file) => file.vendor === name)!;
    const ids = analyzer.rules.filter(({ source }) => source === rules.path).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(vendor.detectors)));
    fake.answer = () => active;
    const sent = new Set<string>();
    for (const { ruleId, expected, template, path } of parseSamples(samples).samples) {
      if (expected !== 'match' || !Object.hasOwn(vendor.detectors, ruleId)) continue;
      const part = createPart(expand(template, 1).text, { path });
      for (const match of analyzer.analyze(part, NO_LIMIT).matches) {
        if (match.ruleId !== ruleId || match.secret === undefined) continue;
        const { reason } = await createVerifier([vendor], { origins: fake.origins }).verify(match.secret, ruleId);
        // The stand-in says yes to anything.
        if (reason === 'says-yes-to-anything') sent.add(ruleId);
        else expect(unseal(match.secret)[0]).toMatch(NOT_SENT);
      }
    }
    expect([...sent].toSorted()).toEqual(Object.keys(vendor.detectors).toSorted());
  });
});
