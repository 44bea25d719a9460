/** Which of Assay's own suppressions speaks of a finding, if one does. */
import type { Finding } from '#domain/finding.ts';
import type { RuleInfo } from '#domain/rule.ts';
import type { Suppression } from '#domain/suppression.ts';
import { createCoverLookup } from './cover-lookup.ts';

const DESERIALIZATION = /^CWE-502\b/i;

/** One that counts, covers the finding's place and names its rule. */
export function createCovers(
  suppressions: readonly Suppression[],
  rules: readonly RuleInfo[],
): (finding: Finding) => Suppression | undefined {
  const unpickling = rules.filter(({ cwe }) => cwe.some((name) => DESERIALIZATION.test(name))).map(({ id }) => id);
  const byRule = new Map<string, Suppression[]>();
  for (const suppression of suppressions.filter(({ problem }) => problem === null)) {
    for (const ruleId of suppression.marker === 'trusted-pickle' ? unpickling : suppression.ruleIds) {
      const named = byRule.get(ruleId);
      if (named === undefined) byRule.set(ruleId, [suppression]);
      else named.push(suppression);
    }
  }
  const lookups = new Map([...byRule].map(([ruleId, named]) => [ruleId, createCoverLookup(named)] as const));
  return ({ ruleId, location }) => lookups.get(ruleId)?.(location);
}
