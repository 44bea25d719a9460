/** A version specifier as one interval, so that two of them can be held against each other. */
import { compare, valid } from '@renovatebot/pep440';

/** Null stands for no bound. */
export interface VersionRange {
  readonly from: Bound | null;
  readonly to: Bound | null;
}

interface Bound {
  readonly version: string;
  readonly included: boolean;
}

const EVERYTHING: VersionRange = { from: null, to: null };

/** A longer specifier says nothing (UTF-16 units): nobody writes one. */
const MAX_SPECIFIER = 500;

const CLAUSE = /^(===|==|~=|>=|<=|!=|>|<|\^|~|=)?\s*v?([^\s=<>!~^*]+?)(\.\*)?$/;

/**
 * Clauses of PEP 440 joined by commas, with Poetry's `^` and `~` and conda's `=`. What cannot be read bounds nothing, and
 * `!=` takes out single versions only, which is no matter here. Source: https://peps.python.org/pep-0440/#version-specifiers
 */
export function versionRange(specifier: string): VersionRange {
  if (specifier.length > MAX_SPECIFIER || specifier.includes('|')) return EVERYTHING;
  return specifier
    .split(',')
    .map((clause) => clauseRange(clause.trim()))
    .reduce(intersection, EVERYTHING);
}

/** False when no version is in both. */
export function overlaps(a: VersionRange, b: VersionRange): boolean {
  const { from, to } = intersection(a, b);
  if (from === null || to === null) return true;
  const order = compare(from.version, to.version);
  return order < 0 || (order === 0 && from.included && to.included);
}

/** True when every version of `inner` is in `outer`. */
export function isWithin(inner: VersionRange, outer: VersionRange): boolean {
  const both = intersection(inner, outer);
  return sameBound(both.from, inner.from) && sameBound(both.to, inner.to);
}

function clauseRange(clause: string): VersionRange {
  const [, sign = '==', version = '', star] = CLAUSE.exec(clause) ?? [];
  if (valid(version) === null) return EVERYTHING;
  const from = { version, included: true };
  switch (sign) {
    case '>=':
      return { from, to: null };
    case '>':
      return { from: { version, included: false }, to: null };
    case '<=':
      return { from: null, to: from };
    case '<':
      return { from: null, to: { version, included: false } };
    case '~=':
      return { from, to: before(next(version, releaseOf(version).length - 2)) };
    case '~':
      return { from, to: before(next(version, Math.min(1, releaseOf(version).length - 1))) };
    case '^':
      return { from, to: before(next(version, firstNonZero(releaseOf(version)))) };
    case '=':
      return { from, to: before(next(version, releaseOf(version).length - 1)) };
    case '!=':
      return EVERYTHING;
    default:
      return { from, to: star === undefined ? from : before(next(version, releaseOf(version).length - 1)) };
  }
}

function before(version: string): Bound {
  return { version, included: false };
}

function releaseOf(version: string): number[] {
  const release = /^(?:\d+!)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '0';
  return release.split('.').map(Number);
}

/** The first release after all that begin with the same numbers up to `place` (from 0). */
function next(version: string, place: number): string {
  const kept = releaseOf(version).slice(0, Math.max(place, 0) + 1);
  return [...kept.slice(0, -1), (kept.at(-1) ?? 0) + 1].join('.');
}

function firstNonZero(release: readonly number[]): number {
  const place = release.findIndex((part) => part > 0);
  return place === -1 ? release.length - 1 : place;
}

function intersection(a: VersionRange, b: VersionRange): VersionRange {
  return { from: tighter(a.from, b.from, 1), to: tighter(a.to, b.to, -1) };
}

/** Of two bounds on one side the one that leaves less; `towards` is 1 for the lower side. */
function tighter(a: Bound | null, b: Bound | null, towards: 1 | -1): Bound | null {
  if (a === null || b === null) return a ?? b;
  const order = compare(a.version, b.version) * towards;
  if (order === 0) return a.included ? b : a;
  return order > 0 ? a : b;
}

function sameBound(a: Bound | null, b: Bound | null): boolean {
  if (a === null || b === null) return a === b;
  return a.included === b.included && compare(a.version, b.version) === 0;
}
