/** A suppression that does not count, as a finding: people must hear of it where they wrote it. */
import type { Finding } from '#domain/finding.ts';
import type { Suppression } from '#domain/suppression.ts';
import { fingerprintAll } from './fingerprint.ts';
import { SUPPRESSION_RULE } from './suppressions.ts';

const FOREIGN: readonly Suppression['marker'][] = ['nosemgrep', 'gitleaks:allow', '.gitleaksignore', 'waivers'];

type Problem = NonNullable<Suppression['problem']>;

const RULE_ID = /^[A-Za-z0-9._/-]{1,100}$/;
/** The longest text that is repeated when it is no day. */
const MAX_DAY = 16;

/** `suppressions` are those of one side of one file, in order of position. Other scanners' own need say nothing. */
export function suppressionFindings(suppressions: readonly Suppression[]): Finding[] {
  const { id: ruleId, analyzer, severity, confidence } = SUPPRESSION_RULE;
  const failed = suppressions.flatMap((suppression) =>
    suppression.problem === null || FOREIGN.includes(suppression.marker)
      ? []
      : [{ suppression, problem: suppression.problem }],
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
    excerpt: suppression.marker === undefined ? `assay: allow[${shownIds(suppression)}]` : `# ${suppression.marker}`,
    scope: '',
    fingerprint: fingerprints[index]!,
  }));
}

/** Two comments that say the same are the same, wherever they stand. */
export function suppressionIdentity({ marker, ruleIds, reason, until }: Suppression): string {
  return JSON.stringify([[...ruleIds].sort(), reason, until, ...(marker === undefined ? [] : [marker])]);
}

/** What cannot be a rule's id is not repeated: it may be anything, a secret too. */
function shownIds({ marker, ruleIds }: Suppression): string {
  if (marker === 'trusted-pickle') return 'unpickling';
  return ruleIds.map((id) => (RULE_ID.test(id) ? id : '(not a rule id)')).join(', ');
}

function describe(suppression: Suppression, problem: Problem): string {
  const { until } = suppression;
  const allowed = shownIds(suppression);
  switch (problem) {
    case 'no-reason':
      return `This comment does not allow ${allowed}, because it gives no reason. Add reason="why this is safe".`;
    case 'no-date':
      return `This comment does not allow ${allowed}, because it has no last day. Add until=YYYY-MM-DD.`;
    case 'bad-date':
      return `This comment does not allow ${allowed}, because ${until.length > MAX_DAY ? 'what it gives' : JSON.stringify(until)} is not a day. Write until=YYYY-MM-DD.`;
    case 'expired':
      return `This comment allowed ${allowed} until ${until}. Fix the code and remove it, or decide again and give a new day.`;
    case 'refused':
      return `This comment does not allow ${allowed}, because the policy lets no change bring its own.`;
  }
}
