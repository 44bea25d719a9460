/** Answers a rule's formula for one file: ranges of code, narrowed, taken away and filtered as Semgrep does it. */
import { agree, type Bindings, bind, lookup, unite } from '#analyzers/sast/pattern/bindings.ts';
import type { Found } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { Run } from '#analyzers/sast/pattern/matcher.ts';
import { meets } from './conditions.ts';
import type { Formula } from './formula.ts';
import type { Range, Scope } from './scope.ts';

/** More ranges than this for one part of one rule are cut: nobody reads them. */
const MAX_RANGES = 20_000;

export function evaluate(formula: Formula, scope: Scope, widest = false): Range[] {
  if (scope.run.expired()) return [];
  switch (formula.kind) {
    case 'pattern':
      return matchPattern(formula, scope, widest);
    case 'text':
      return formula.pattern.findIn(scope).map((found) => ({ ...found, kind: 'code' }));
    case 'regex':
      return matchRegex(formula, scope);
    case 'inside':
      return evaluate(formula.of, scope, true).map((range) => ({ ...range, kind: 'inside' }));
    case 'any':
      return distinctRanges(formula.of.flatMap((part) => evaluate(part, scope, widest)));
    case 'all':
      return evaluateAll(formula, scope, widest);
  }
}

function isFound(formula: Formula, scope: Scope): boolean {
  return evaluate(formula, scope).length > 0;
}

function matchPattern({ pattern }: Formula & { kind: 'pattern' }, scope: Scope, widest: boolean): Range[] {
  const ranges: Range[] = [];
  for (const node of scope.index.candidates(pattern.anchor)) {
    if (node.start < scope.start || node.end > scope.end) continue;
    for (const found of pattern.matchAt(node, scope.bindings, scope.run, widest))
      ranges.push({ ...found, kind: 'code' });
    if (ranges.length > MAX_RANGES || scope.run.expired()) break;
  }
  return ranges;
}

function matchRegex({ expression }: Formula & { kind: 'regex' }, { run, start, end, bindings }: Scope): Range[] {
  const ranges: Range[] = [];
  for (const match of expression.findAll(run.tree.text.slice(start, end))) {
    let named: Bindings | null = bindings;
    for (const [name, group] of match.groups) {
      const at = { start: start + group.start, end: start + group.end };
      const bound = { ...at, nodes: [], text: run.tree.text.slice(at.start, at.end) };
      named = named === null ? null : bind(named, `$${name}`, bound);
    }
    if (named === null) continue;
    ranges.push({ start: start + match.start, end: start + match.end, bindings: named, kind: 'text' });
    if (ranges.length > MAX_RANGES || run.expired()) break;
  }
  return ranges;
}

function evaluateAll(formula: Formula & { kind: 'all' }, scope: Scope, widest: boolean): Range[] {
  const positive = [...formula.positive].sort((a, b) => Number(a.kind === 'inside') - Number(b.kind === 'inside'));
  let ranges: Range[] | null = null;
  for (const part of positive) {
    const found = evaluate(part, scope, widest);
    ranges = ranges === null ? found : intersect(ranges, found, scope.run);
    if (ranges.length === 0) return [];
  }
  ranges ??= [{ start: scope.start, end: scope.end, bindings: scope.bindings, kind: 'code' }];
  for (const part of formula.negative) {
    if (ranges.length === 0) return [];
    const isExcluded = exclusion(evaluate(part, scope, true));
    ranges = ranges.filter((range) => !scope.run.expired() && !isExcluded(range));
  }
  ranges = ranges.filter((range) =>
    formula.conditions.every((condition) => meets(condition, range.bindings, scope, isFound)),
  );
  return formula.focus.length === 0 ? ranges : distinctRanges(ranges.flatMap((range) => focusOn(range, formula.focus)));
}

/** Of two ranges one within the other, the inner one stays, with what both know of the metavariables. */
function intersect(left: readonly Range[], right: readonly Range[], run: Run): Range[] {
  const both: Range[] = [];
  const ordered = [...right].sort((a, b) => a.start - b.start);
  for (const x of left) {
    if (both.length > MAX_RANGES || run.expired()) break;
    for (const y of ordered) {
      if (y.start > x.end) break;
      if (isWithin(x, y)) keep(x, y);
      if (isWithin(y, x)) keep(y, x);
    }
  }
  return distinctRanges(both);

  function keep(inner: Range, outer: Range): void {
    if (inner.kind === 'inside' && outer.kind !== 'inside') return;
    if (!agree(inner.bindings, outer.bindings) || both.length > MAX_RANGES) return;
    const bindings = unite(inner.bindings, outer.bindings);
    if (bindings !== null) both.push({ ...inner, bindings });
  }
}

/** `pattern-not` excludes the same range, `pattern-not-inside` all within, `pattern-not-regex` all that holds it as well. */
function exclusion(excluded: readonly Range[]): (range: Range) => boolean {
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

function isWithin(inner: Found, outer: Found): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** One of each list; where there are several lists, what stands in all of them. */
function focusOn(range: Range, lists: readonly (readonly string[])[]): Range[] {
  const places = lists.map((names) =>
    names.map((name) => lookup(range.bindings, name)).filter((bound) => bound !== null),
  );
  const [first = [], ...others] = places;
  const common = others.reduce<readonly { start: number; end: number }[]>(
    (kept, list) =>
      kept.flatMap((a) =>
        list.flatMap((b) => (a.start >= b.start && a.end <= b.end ? a : b.start >= a.start && b.end <= a.end ? b : [])),
      ),
    first,
  );
  return common.map(({ start, end }) => ({ ...range, start, end }));
}

function distinctRanges<T extends Found>(ranges: readonly T[]): T[] {
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
