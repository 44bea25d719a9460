/**
 * What Gitleaks has no keys for, and our rules say in `tags`: `severity:critical`, `confidence:high`, `cwe:CWE-321`,
 * `reference:https://…`, `revoke:https://…` for the vendor's page where it is revoked, `prefix:hf_` for what every secret of the
 * kind begins with and may be shown, and `alias:…` for the id of the same rule in Gitleaks' default, by which teams'
 * configurations may call it. Other tags are free; of two the first counts.
 */
import { CONFIDENCES, type Confidence, SEVERITIES, type Severity } from '#domain/severity.ts';

export interface Tags {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly cwe: string[];
  readonly references: string[];
  readonly publicPrefixes: string[];
  readonly revoke: string | null;
  readonly problems: string[];
}

/** Without tags a rule is `high` and of `medium` confidence, and concerns hard-coded credentials. */
export function readTags(tags: readonly string[]): Tags {
  const problems: string[] = [];
  const values = (name: string): string[] =>
    tags.flatMap((tag) => (tag.startsWith(`${name}:`) ? [tag.slice(name.length + 1).trim()] : []));
  const one = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const [value] = values(name);
    if (value === undefined) return fallback;
    const known = allowed.find((candidate) => candidate === value.toLowerCase());
    if (known === undefined) problems.push(`"tags": "${name}:${value}": the ${name} is one of ${allowed.join(', ')}`);
    return known ?? fallback;
  };
  const cwe = values('cwe');
  const revoke = values('revoke')[0] ?? null;
  if (revoke !== null && !isPage(revoke)) problems.push(`"tags": "revoke:${revoke}": this is no https address`);
  return {
    severity: one('severity', SEVERITIES, 'high'),
    confidence: one('confidence', CONFIDENCES, 'medium'),
    cwe: cwe.length > 0 ? cwe : ['CWE-798'],
    references: values('reference'),
    publicPrefixes: values('prefix').filter((prefix) => prefix !== ''),
    revoke,
    problems,
  };
}

function isPage(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}
