import { describe, expect, it } from 'vitest';
import { readVendors } from '#analyzers/secrets/verify/vendor-file.ts';
import { acme } from './support.ts';

const problemOf = (change: Parameters<typeof acme>[0]) => {
  try {
    acme(change);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the file of a vendor', () => {
  it.each([
    ['an address without TLS', { request: { url: 'http://api.acme.test/me' } }, 'request.url'],
    ['an address of numbers', { request: { url: 'https://10.0.0.1/me' } }, 'request.url'],
    ['a method that changes things', { request: { method: 'DELETE' } }, 'request.method'],
    ['a secret in the address', { request: { credential: { query: 'key' } } }, 'request.credential'],
    ['a redirect for an answer', { active: { status: 302 } }, 'active.0.status'],
    ['a key that does not exist', { request: { retries: 3 } }, 'request'],
    ['a shape of nothing', { detectors: { 'acme-token': ['acme_{alnumm:20}'] } }, 'detectors.acme-token.0'],
  ])('cannot have %s', (_, change, place) => {
    expect(problemOf(change)).toMatch(new RegExp(`^acme\\.verify\\.yaml: ${place.replaceAll('.', '\\.')}: `));
  });

  it('that is no YAML says so', () => {
    expect(() => readVendors([{ path: 'a.verify.yaml', text: 'a: [' }])).toThrow(/^a\.verify\.yaml: /);
  });
});
