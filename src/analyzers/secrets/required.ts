/** Composite rules: a match counts only where each rule that it requires has matched near enough. */

import type { Budget } from '#domain/analyzer.ts';
import { type Candidate, detect, type Source } from './detect.ts';
import { anywhere } from './keywords/starts.ts';
import { allowsPath } from './language/allowlist.ts';
import type { RequiredRule, SecretRule } from './language/rule.ts';
import { createPlaces, type Place, type Places } from './places.ts';
import type { Shortened } from './shortened.ts';

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
  const places = createPlaces(source.text);
  const found = new Map<string, readonly Place[]>();
  const companions = (id: string): readonly Place[] => {
    const known = found.get(id) ?? findCompanions(rules.get(id), source, places, budget, shortened);
    found.set(id, known);
    return known;
  };
  return candidates.filter(({ rule, foundAt }) => {
    if (rule.required.length === 0) return true;
    const place = places.placeOf(foundAt);
    const near = (required: RequiredRule) => companions(required.id).some((other) => isNear(place, other, required));
    // Of two conditions on the same rule one is enough.
    const met = new Set(rule.required.filter(near).map(({ id }) => id));
    return rule.required.every(({ id }) => met.has(id));
  });
}

function findCompanions(
  rule: SecretRule | undefined,
  source: Source,
  places: Places,
  budget: Budget,
  shortened: Shortened | undefined,
): Place[] {
  if (rule === undefined || (rule.path !== null && !rule.path.re.test(source.path))) return [];
  if (rule.expression === null) {
    return rule.allowlists.some((list) => allowsPath(list, source.path)) ? [] : [{ line: 0, column: 0 }];
  }
  return detect(rule, rule.expression, source, anywhere(source.text).starts, budget, shortened)
    .filter(({ matchStart, context }) => !places.isAllowed(matchStart, matchStart + context))
    .map(({ foundAt }) => places.placeOf(foundAt));
}

function isNear(place: Place, other: Place, { withinLines, withinColumns }: RequiredRule): boolean {
  if (withinLines !== null && Math.abs(place.line - other.line) > withinLines) return false;
  return withinColumns === null || Math.abs(place.column - other.column) <= withinColumns;
}
