/** Finds Gitleaks' own comment, and says of which secrets it speaks: `gitleaks:allow` anywhere on a line of theirs. */
import type { Finding } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';
import type { Suppression } from '#domain/suppression.ts';
import { readFields } from './comment-fields.ts';
import { createCoverLookup } from './cover-lookup.ts';
import { coverLines, linesOf, locate } from './source-lines.ts';

const MARK = 'gitleaks:allow';
/** What is read behind the mark (UTF-16 units). */
const MAX_COMMENT = 1_000;

/** It needs neither reason nor last day, as in Gitleaks; but a day that it gives is the last one. */
export function findGitleaksAllow(part: Part, path: string, today: string): Suppression[] {
  if (!part.text.includes(MARK)) return [];
  return linesOf(part.text).flatMap((line) => {
    const at = line.text.indexOf(MARK);
    if (at < 0) return [];
    const start = line.start + at;
    const fields = readFields(line.text.slice(at, at + MAX_COMMENT), today);
    return [
      {
        ruleIds: [],
        marker: MARK,
        ...fields,
        problem: fields.problem === 'expired' ? fields.problem : null,
        location: locate(part, path, start, start + MARK.length),
        ...coverLines(part, line, line),
      },
    ];
  });
}

/** The first of the comments on the lines of a secret, or of what its rules matched around it. */
export function createAllowances(
  suppressions: readonly Suppression[],
): (finding: Pick<Finding, 'analyzer' | 'location' | 'evidence'>) => Suppression | undefined {
  const allowanceAt = createCoverLookup(
    suppressions.filter(({ marker, problem }) => marker === MARK && problem === null),
  );
  return ({ analyzer, location, evidence }) => {
    // What is found for the file's name alone stands on no line.
    if (analyzer !== 'secrets' || evidence === undefined) return undefined;
    const lines = evidence.matchLines;
    if (lines === undefined) return allowanceAt(location);
    return allowanceAt({ ...location, startLine: lines.from, startColumn: 1, endLine: lines.to, endColumn: Infinity });
  };
}
