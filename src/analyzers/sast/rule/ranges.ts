/** Ranges of code, narrowed, taken away and focused as Semgrep does it. */
import { agree, type Bindings, lookup, unite } from '#analyzers/sast/pattern/bindings.ts';
import type { Found } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { Range, Scope } from './scope.ts';

/** More ranges than this for one part of one rule are cut: nobody reads them. */
export const MAX_RANGES = 20_000;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Of two ranges one within the other, the inner one stays, with what both know of the metavariables. */
export function intersect(left: readonly Range[], right: readonly Range[], scope: Scope): Range[] {
  const both: Range[] = [];
  const ordered = [...right].sort((a, b) => a.start - b.start);
  const furthest = ordered.map(() => 0);
  for (const [i, { end }] of ordered.entries()) furthest[i] = Math.max(end, furthest[i - 1] ?? 0);
  for (const x of left) {
    if (isFull()) break;
    const first = lowerBound(ordered, x.start);
    for (let i = first; i < ordered.length && ordered[i]!.start <= x.end && !isFull(); i++) {
      const y = ordered[i]!;
      if (isWithin(x, y)) keep(x, y);
      if (isWithin(y, x)) keep(y, x);
    }
    for (let i = first - 1; i >= 0 && furthest[i]! >= x.end && !isFull(); i--) {
      if (isWithin(x, ordered[i]!)) keep(x, ordered[i]!);
    }
  }
  if (both.length > MAX_RANGES) scope.cut?.();
  return distinctRanges(both);

  function isFull(): boolean {
    return both.length > MAX_RANGES || scope.run.expired();
  }

  function keep(inner: Range, outer: Range): void {
    if (inner.kind === 'inside' && outer.kind !== 'inside') return;
    if (!agree(inner.bindings, outer.bindings)) return;
    const bindings = unite(inner.bindings, outer.bindings);
    if (bindings !== null) both.push({ ...inner, bindings });
  }
}

/** `pattern-not` excludes the same range, `pattern-not-inside` all within, `pattern-not-regex` all that holds it as well. */
export function exclusion(excluded: readonly Range[]): (range: Range) => boolean {
  const same = Map.groupBy(excluded, ({ kind, start }) => (kind === 'code' ? start : -1));
  const around = same.get(-1) ?? [];
  return (range) =>
    (same.get(range.start) ?? []).some((other) => other.end === range.end && agree(range.bindings, other.bindings)) ||
    around.some(
      (other) =>
        (isWithin(range, other) || (other.kind === 'text' && isWithin(other, range))) &&
        agree(range.bindings, other.bindings),
    );
}

/** One of each list, as far as it and the range meet; where there are several lists, what stands in all of them. */
export function focusOn(range: Range, lists: readonly (readonly string[])[]): Range[] {
  const common = lists.reduce<readonly Span[]>(
    (kept, names) => {
      const places = names.flatMap((name) => placeOf(range.bindings, name));
      return kept.flatMap((a) => places.flatMap((b) => (isWithin(a, b) ? a : isWithin(b, a) ? b : [])));
    },
    [range],
  );
  return common.map(({ start, end }) => ({ ...range, start, end }));
}

/** A metavariable that stands for no arguments at all has no place, and neither has the text of a string behind a name. */
function placeOf(bindings: Bindings, name: string): readonly Span[] {
  const bound = lookup(bindings, name);
  if (bound !== null && bound.text !== null && bound.nodes[0]?.kind === 'name') return [];
  return bound === null || (bound.nodes.length === 0 && bound.text === null) ? [] : [bound];
}

export function distinctRanges<T extends Found>(ranges: readonly T[]): T[] {
  const seen = new Map<Bindings, Set<string>>();
  return ranges.filter(({ start, end, bindings }) => {
    const key = `${start} ${end}`;
    const known = seen.get(bindings);
    if (known?.has(key)) return false;
    if (known === undefined) seen.set(bindings, new Set([key]));
    else known.add(key);
    return true;
  });
}

export function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The first of the ranges, which are in order, that begins at the offset or after it. */
export function lowerBound(ordered: readonly Span[], offset: number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ordered[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
