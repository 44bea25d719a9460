/**
 * What Gitleaks has no keys for, and our rules say in `tags`: `severity:critical`, `confidence:high`, `cwe:CWE-321`,
 * `reference:https://…`, and `prefix:hf_` for what every secret of the kind begins with and may be shown. Other tags are free.
 */
import { CONFIDENCES, type Confidence, SEVERITIES, type Severity } from '#domain/severity.ts';

export interface Tags {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly cwe: string[];
  readonly references: string[];
  readonly publicPrefixes: string[];
  readonly problems: string[];
}

/** Without tags a rule is `high` and of `medium` confidence, and concerns hard-coded credentials. */
export function readTags(tags: readonly string[]): Tags {
  const problems: string[] = [];
  const values = (name: string): string[] =>
    tags.flatMap((tag) => (tag.startsWith(`${name}:`) ? [tag.slice(name.length + 1).trim()] : []));
  const one = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const [value, ...others] = values(name);
    if (value === undefined) return fallback;
    const known = allowed.find((candidate) => candidate === value);
    if (known === undefined) problems.push(`"tags": "${name}:${value}": the ${name} is one of ${allowed.join(', ')}`);
    if (others.length > 0) problems.push(`"tags": more than one ${name}`);
    return known ?? fallback;
  };
  const cwe = values('cwe');
  return {
    severity: one('severity', SEVERITIES, 'high'),
    confidence: one('confidence', CONFIDENCES, 'medium'),
    cwe: cwe.length > 0 ? cwe : ['CWE-798'],
    references: values('reference'),
    publicPrefixes: values('prefix').filter((prefix) => prefix !== ''),
    problems,
  };
}
