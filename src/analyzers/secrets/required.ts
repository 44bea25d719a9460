/** Composite rules: a match counts only where each rule that it requires has matched near enough. */
import type { Budget } from '#domain/analyzer.ts';
import { type Candidate, detect, type Source } from './detect.ts';
import type { RequiredRule, SecretRule } from './rule.ts';
import type { Shortened } from './shortened.ts';
import { anywhere } from './starts.ts';

/** Words on a line by which its author tells Gitleaks to pass over it. */
export const ALLOW_MARK = 'gitleaks:allow';

/** Where a match starts, as Gitleaks counts: a column in bytes, and one more on every line but the first. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Drops what lacks a companion. A required rule reads the whole text: its keywords are not asked, nor what it requires itself.
 * A rule that judges by the path is met at the start of the file.
 */
export function withCompanions(
  candidates: readonly Candidate[],
  rules: ReadonlyMap<string, SecretRule>,
  source: Source,
  budget: Budget,
  shortened?: Shortened,
): readonly Candidate[] {
  if (candidates.every(({ rule }) => rule.required.length === 0)) return candidates;
  const placeOf = createPlaces(source.text);
  const isAllowed = createAllowed(source.text);
  const found = new Map<string, readonly Place[]>();
  const companions = (id: string): readonly Place[] => {
    const known = found.get(id);
    if (known !== undefined) return known;
    const places = findCompanions(rules.get(id), source, budget, shortened)
      .filter((companion) => companion === AT_THE_FILE || !isAllowed(companion))
      .map((companion) => (companion === AT_THE_FILE ? AT_THE_FILE : placeOf(companion.matchStart)));
    found.set(id, places);
    return places;
  };
  return candidates.filter(({ rule, matchStart }) => {
    if (rule.required.length === 0) return true;
    const place = placeOf(matchStart);
    const near = (required: RequiredRule) => companions(required.id).some((other) => isNear(place, other, required));
    // Of two conditions on the same rule one is enough.
    const met = new Set(rule.required.filter(near).map(({ id }) => id));
    return rule.required.every(({ id }) => met.has(id));
  });
}

/** Where a rule that judges by the path is met. */
const AT_THE_FILE: Place = { line: 0, column: 0 };

function findCompanions(
  rule: SecretRule | undefined,
  source: Source,
  budget: Budget,
  shortened: Shortened | undefined,
): readonly (Candidate | typeof AT_THE_FILE)[] {
  if (rule === undefined || (rule.path !== null && !rule.path.re.test(source.path))) return [];
  if (rule.expression === null) return [AT_THE_FILE];
  return detect(rule, rule.expression, source, anywhere(source.text).starts, budget, shortened);
}

function isNear(place: Place, other: Place, { withinLines, withinColumns }: RequiredRule): boolean {
  if (withinLines !== null && Math.abs(place.line - other.line) > withinLines) return false;
  return withinColumns === null || Math.abs(place.column - other.column) <= withinColumns;
}

/** Lines are counted once, and columns where they are asked for. */
function createPlaces(text: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const bytes = Buffer.byteLength(text.slice(starts[low], offset));
    return { line: low + 1, column: bytes + (low === 0 ? 1 : 2) };
  };
}
