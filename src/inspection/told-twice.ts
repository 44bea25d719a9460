/** One problem, one finding: of several rules that speak of one line, those that say less of it are not heard. */
import type { Analyzer } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';

export interface PlacedMatch {
  readonly match: Match;
  readonly part: Part;
}

/** Hard-coded credentials: CWE-798 and its kinds. */
const CREDENTIALS = /^CWE-(?:259|321|798)\b/i;

/**
 * For each analyzer's matches, in order, those that are left. A detector's finding of a secret stands for those of rules
 * for code that speak of credentials, and a rule's for those of the rules that it names in `insteadOf`.
 */
export function withoutToldTwice<T extends { readonly matches: readonly PlacedMatch[] }>(
  found: readonly T[],
  analyzers: readonly Analyzer[],
): T[] {
  const rules = analyzers.flatMap((analyzer) => analyzer.rules);
  const aboutCredentials = rules
    .filter(({ analyzer, cwe }) => analyzer !== 'secrets' && cwe.some((name) => CREDENTIALS.test(name)))
    .map(({ id }) => id);
  const lessThan = new Map(rules.map(({ id, insteadOf = [] }) => [id, insteadOf]));

  const outdone = new Map<string, Set<string>>();
  for (const placed of found.flatMap(({ matches }) => matches)) {
    const { secret, ruleId } = placed.match;
    const others = secret ? aboutCredentials : (lessThan.get(ruleId) ?? []);
    if (others.length === 0) continue;
    const line = lineOf(placed);
    const told = outdone.get(line) ?? new Set();
    for (const other of others) told.add(other);
    outdone.set(line, told);
  }
  if (outdone.size === 0) return [...found];
  const isHeard = (placed: PlacedMatch) =>
    placed.match.secret || !(outdone.get(lineOf(placed))?.has(placed.match.ruleId) ?? false);
  return found.map((one) => ({ ...one, matches: one.matches.filter(isHeard) }));
}

function lineOf({ match, part }: PlacedMatch): string {
  const { line, cell, entry } = part.locate(match.start);
  if (entry !== undefined) return `${entry.line} ${entry.path}`;
  return cell === undefined ? `${line}` : `${line} ${cell.number} ${cell.output === true} ${cell.line}`;
}
