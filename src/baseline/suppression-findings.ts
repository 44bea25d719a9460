/** A suppression that does not count, as a finding: people must hear of it where they wrote it. */
import type { Finding } from '#domain/finding.ts';
import type { Suppression } from '#domain/suppression.ts';
import { fingerprintAll } from './fingerprint.ts';
import { SUPPRESSION_RULE } from './suppressions.ts';

type Problem = NonNullable<Suppression['problem']>;

/** `suppressions` are those of one side of one file, in order of position. */
export function suppressionFindings(suppressions: readonly Suppression[]): Finding[] {
  const { id: ruleId, analyzer, severity, confidence } = SUPPRESSION_RULE;
  const failed = suppressions.flatMap((suppression) =>
    suppression.problem === null ? [] : [{ suppression, problem: suppression.problem }],
  );
  const fingerprints = fingerprintAll(
    failed.map(({ suppression }) => ({ ruleId, identity: suppressionIdentity(suppression), scope: '' })),
  );
  return failed.map(({ suppression, problem }, index) => ({
    ruleId,
    analyzer,
    severity,
    confidence,
    message: describe(suppression, problem),
    location: suppression.location,
    excerpt: `assay: allow[${suppression.ruleIds.join(', ')}]`,
    scope: '',
    fingerprint: fingerprints[index]!,
  }));
}

/** Two comments that say the same are the same, wherever they stand. */
export function suppressionIdentity({ ruleIds, reason, until }: Suppression): string {
  return JSON.stringify([[...ruleIds].sort(), reason, until]);
}

function describe({ ruleIds, until }: Suppression, problem: Problem): string {
  const allowed = ruleIds.join(', ');
  switch (problem) {
    case 'no-reason':
      return `This comment does not allow ${allowed}, because it gives no reason. Add reason="why this is safe".`;
    case 'no-date':
      return `This comment does not allow ${allowed}, because it has no last day. Add until=YYYY-MM-DD.`;
    case 'bad-date':
      return `This comment does not allow ${allowed}, because ${JSON.stringify(until)} is not a day. Write until=YYYY-MM-DD.`;
    case 'expired':
      return `This comment allowed ${allowed} until ${until}. Fix the code and remove it, or decide again and give a new day.`;
    case 'refused':
      return `This comment does not allow ${allowed}, because the policy lets no change bring its own.`;
  }
}
