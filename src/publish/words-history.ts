/** What people read of secrets that no file of the head holds: in earlier commits, in their messages, in a title or a description. */
import type { Location } from '#domain/location.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { shorten, visible } from './escape.ts';

const SHORT_COMMIT = 7;
/** More secrets than this are attested in the same way. */
const MAX_ATTESTED = 20;
const MAX_NAMED_PATH = 80;

export function shortCommit(commit: string): string {
  return commit.slice(0, SHORT_COMMIT);
}

/** What a text is called that is no file; null for a file. */
export function textName({ text, commit }: Pick<Location, 'text' | 'commit'>): string | null {
  if (text === undefined) return null;
  return commit === undefined ? `the ${text} of the pull request` : `the ${text} of commit ${shortCommit(commit)}`;
}

/** What is to be done about a secret that removing it from a file does not cure; null for all others. */
export function historyAdvice({
  state,
  location,
  locations = [],
}: Pick<JudgedFinding, 'state' | 'location' | 'locations'>): string | null {
  const outside = [location, ...locations].find(({ text }) => text !== undefined);
  const { commit, text } = outside ?? location;
  // Of a secret in files and in a message, say, the file comes first.
  const also = outside === undefined || outside === location ? '' : `It also stands in ${textName(outside)}. `;
  const remedy = also === '' ? 'rotate the secret' : 'rotate the secret, remove it from the files';
  if (text === 'title' || text === 'description') {
    return `${also}A ${text} can be edited, but its edit history and the notifications keep the old text: ${remedy}, then remove it there.`;
  }
  if (commit === undefined) return null;
  const attest = `${remedy}, then attest that in \`waivers\` of the policy.`;
  if (text === 'message')
    return `${also}A merge or a squash keeps the message for good, and a force-push does not unpublish it: ${attest}`;
  if (state !== 'history') return null;
  return `It is no longer in the files, but it is in commit ${shortCommit(commit)} of this change, and a force-push does not unpublish it: ${attest}`;
}

/** What an attestation can resolve. */
export function isAttestable({ evidence, location, state }: JudgedFinding): boolean {
  return evidence !== undefined && location.commit !== undefined && (state === 'history' || state === 'new');
}

export const ATTEST_WHERE =
  'Once a secret is rotated, say so in `.github/assay.yml` on the target branch, and run the check again:';

/** Fingerprints are keyed. */
export const OWN_FINGERPRINTS = '(The App has fingerprints of its own for them, which its check shows.)';

/** To be copied into a policy; null where there is nothing to attest. */
export function attestation(findings: readonly JudgedFinding[]): string | null {
  const secrets = new Map(findings.filter(isAttestable).map((finding) => [finding.fingerprint, finding]));
  if (secrets.size === 0) return null;
  const items = [...secrets]
    .slice(0, MAX_ATTESTED)
    .map(([secret, finding]) =>
      [
        `  - secret: "${secret}" # ${whichSecret(finding)}`,
        '    rotated: YYYY-MM-DD',
        '    reason: "who rotated it, and where"',
      ].join('\n'),
    );
  return ['waivers:', ...items].join('\n');
}

/** For a comment beside its fingerprint, which tells nobody which secret it is. */
function whichSecret({ ruleId, location }: JudgedFinding): string {
  const { commit = '', path } = location;
  const place = textName(location) ?? `${shorten(visible(path), MAX_NAMED_PATH)} in commit ${shortCommit(commit)}`;
  return `${visible(ruleId)}, ${place}`;
}

export const HISTORY_INTRODUCTION =
  'These secrets are no longer in the files, but they are in commits of this change. Whoever can read the repository can read ' +
  'them there, and a force-push does not unpublish a commit: rotate each of them.';

/** What the fresh findings of a verdict are called: `new finding`, or where all of them are in its history, by that. */
export function freshNames(findings: readonly JudgedFinding[]): { readonly one: string; readonly many: string } {
  const past = findings.length > 0 && findings.every(({ state }) => state === 'history');
  return past
    ? { one: 'secret in earlier commits', many: 'secrets in earlier commits' }
    : { one: 'new finding', many: 'new findings' };
}
