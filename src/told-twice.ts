/** One secret, one finding: where a detector has found it, a rule for code that speaks of the same line has nothing to add. */
import type { Analyzer } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';

export interface PlacedMatch {
  readonly match: Match;
  readonly part: Part;
}

/** Hard-coded credentials: CWE-798 and its kinds. */
const CREDENTIALS = /^CWE-(?:259|321|798)\b/i;

/** For each analyzer's matches, in order, those that are left. */
export function withoutToldTwice<T extends { readonly matches: readonly PlacedMatch[] }>(
  found: readonly T[],
  analyzers: readonly Analyzer[],
): T[] {
  const secrets = new Set(found.flatMap(({ matches }) => matches.filter(({ match }) => match.secret).map(lineOf)));
  if (secrets.size === 0) return [...found];
  const credentials = new Set(
    analyzers
      .flatMap(({ rules }) => rules.filter(({ cwe }) => cwe.some((name) => CREDENTIALS.test(name))))
      .map(({ id }) => id),
  );
  const isRepeated = (placed: PlacedMatch) =>
    !placed.match.secret && credentials.has(placed.match.ruleId) && secrets.has(lineOf(placed));
  return found.map((one) => ({ ...one, matches: one.matches.filter((placed) => !isRepeated(placed)) }));
}

function lineOf({ match, part }: PlacedMatch): string {
  const { line, cell } = part.locate(match.start);
  return cell === undefined ? `${line}` : `${line} ${cell.number} ${cell.output === true} ${cell.line}`;
}
