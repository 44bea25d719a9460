/** What the tests of verification share: the shipped vendors, made-up ones, and sealed secrets. */
import { BUILT_IN_RULES, readRulebook } from '#analyzers/rulebook.ts';
import { expand } from '#analyzers/secrets/samples/template.ts';
import { seal } from '#analyzers/secrets/seal.ts';
import { readVendors, type Vendor } from '#analyzers/secrets/verify/vendor-file.ts';

export function shippedVendors(): { name: string; vendor: Vendor }[] {
  return readRulebook({ paths: [BUILT_IN_RULES] }).verification.map((file) => ({
    name: file.path.replace(/^.*\/|\.verify\.yaml$/g, ''),
    vendor: readVendors([file])[0]!,
  }));
}

/** A vendor that nobody has heard of, with a detector `acme-token`. */
export function acme(
  change: { readonly request?: object; readonly active?: object; readonly detectors?: object } = {},
): Vendor {
  const file = {
    vendor: 'Acme',
    sources: ['https://docs.acme.test/api'],
    detectors: change.detectors ?? { 'acme-token': ['acme_{alnum:20}'] },
    request: {
      method: 'GET',
      url: 'https://api.acme.test/me',
      credential: { header: 'authorization', scheme: 'Bearer' },
      ...change.request,
    },
    active: [change.active ?? { status: 200 }],
    inactive: [{ status: 401 }],
  };
  return readVendors([{ path: 'acme.verify.yaml', text: JSON.stringify(file) }])[0]!;
}

export const token = (template: string, seed: number | string = 1) => expand(template, seed).text;
export const sealed = (clear: string) => seal(clear);
