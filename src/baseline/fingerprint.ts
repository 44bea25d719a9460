/** What a finding is known by from one commit to the next: never a path, a line or a commit. */
import { createHash } from 'node:crypto';
import type { Match } from '#domain/finding.ts';

/**
 * 32 hex digits for each match; the matches are those of one file, in order of position. One secret is one thing wherever it
 * stands and whichever rule sees it there.
 */
export function fingerprintAll(matches: readonly Pick<Match, 'ruleId' | 'identity' | 'scope' | 'secret'>[]): string[] {
  const seen = new Map<string, number>();
  return matches.map(({ ruleId, identity, scope, secret }) => {
    if (secret !== undefined) return hash(JSON.stringify(['secret', identity]));
    const alike = JSON.stringify([ruleId, identity, scope]);
    const occurrence = seen.get(alike) ?? 0;
    seen.set(alike, occurrence + 1);
    return hash(`${alike}#${occurrence}`);
  });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
