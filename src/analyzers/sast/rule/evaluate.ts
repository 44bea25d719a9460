/** Answers a rule's formula for one file, the rarest part first, so that the others are asked only where they can count. */
import { type Bindings, bind } from '#analyzers/sast/pattern/bindings.ts';
import { MAX_WAYS } from '#analyzers/sast/pattern/matcher.ts';
import { boundRange } from './as-binding.ts';
import { candidatesIn } from './candidates.ts';
import { bindInner, isCheap, meets } from './conditions.ts';
import type { Formula } from './formula.ts';
import { guardedScope } from './guards.ts';
import { distinctRanges, exclusion, focusOn, intersect, MAX_RANGES } from './ranges.ts';
import { beginningAt, holding, type Reach } from './reach.ts';
import type { Range, Scope } from './scope.ts';
import { sharedRanges } from './shared-ranges.ts';

type All = Formula & { kind: 'all' };

/** When the budget ends, what is known by then; never a range that a part not yet asked could take away. */
export function evaluate(formula: Formula, scope: Scope, widest = false, reach: Reach | null = null): Range[] {
  if (scope.run.expired()) return [];
  switch (formula.kind) {
    case 'pattern':
      return reach === null
        ? [...sharedRanges(formula.pattern, scope, widest, (place) => matchPattern(formula, place, widest, null))]
        : matchPattern(formula, scope, widest, reach);
    case 'text':
      return formula.pattern.findIn(scope).map((found) => ({ ...found, kind: 'code' }));
    case 'regex':
      return matchRegex(formula, scope);
    case 'inside':
      return evaluate(formula.of, scope, true, reach).map((range) => ({ ...range, kind: 'inside' }));
    case 'anywhere': {
      const { start, end } = scope;
      const found = evaluate(formula.of, scope, true).map((range): Range => ({ ...range, start, end, kind: 'inside' }));
      return distinctRanges(found);
    }
    case 'as':
      return evaluate(formula.of, scope, widest, reach).flatMap((range) => {
        const bindings = bind(range.bindings, formula.metavariable, boundRange(range, scope.run.tree));
        return bindings === null ? [] : { ...range, bindings };
      });
    case 'any':
      return distinctRanges(formula.of.flatMap((part) => evaluate(part, scope, widest, reach)));
    case 'all':
      return evaluateAll(formula, scope, widest, reach);
  }
}

function matchPattern(
  { pattern }: Formula & { kind: 'pattern' },
  scope: Scope,
  widest: boolean,
  reach: Reach | null,
): Range[] {
  const ranges: Range[] = [];
  for (const node of candidatesIn(scope, pattern.anchor)) {
    if (node.start < scope.start || node.end > scope.end || (reach !== null && !reach(node))) continue;
    const ways = pattern.matchAt(node, scope.bindings, scope.run, widest);
    for (const found of ways) ranges.push({ ...found, kind: 'code' });
    if (ranges.length > MAX_RANGES || ways.length >= MAX_WAYS) scope.cut?.();
    if (ranges.length > MAX_RANGES || scope.run.expired()) break;
  }
  return ranges;
}

function matchRegex({ expression }: Formula & { kind: 'regex' }, scope: Scope): Range[] {
  const { run, start, end, bindings } = scope;
  const ranges: Range[] = [];
  for (const match of expression.findAll(run.tree.text.slice(start, end), scope.cut)) {
    let named: Bindings | null = bindings;
    for (const [name, group] of match.groups) {
      const at = { start: start + group.start, end: start + group.end };
      const bound = { ...at, nodes: [], text: run.tree.text.slice(at.start, at.end) };
      named = named === null ? null : bind(named, `$${name}`, bound);
    }
    if (named !== null)
      ranges.push({ start: start + match.start, end: start + match.end, bindings: named, kind: 'text' });
    if (ranges.length > MAX_RANGES) scope.cut?.();
    if (ranges.length > MAX_RANGES || run.expired()) break;
  }
  return ranges;
}

function evaluateAll(formula: All, scope: Scope, widest: boolean, reach: Reach | null): Range[] {
  let ranges = matchPositive(formula, scope, widest, reach);
  const cheap = formula.conditions.filter(isCheap);
  ranges = ranges.filter(
    ({ bindings }) => !scope.run.expired() && cheap.every((condition) => meets(condition, bindings, scope)),
  );
  for (const part of formula.negative) {
    if (ranges.length === 0) return [];
    if (part.kind === 'anywhere') {
      if (evaluate(part, scope, true).length > 0) return [];
      continue;
    }
    const isExcluded = exclusion(evaluate(part, scope, true, reachOf(part, ranges)));
    ranges = ranges.filter((range) => !scope.run.expired() && !isExcluded(range));
  }
  const costly = formula.conditions.filter((condition) => !isCheap(condition));
  if (costly.length > 0) {
    ranges = ranges.flatMap((range) =>
      bindInner(costly, range.bindings, scope, evaluate).map((bindings) => ({ ...range, bindings })),
    );
  }
  return formula.focus.length === 0 ? ranges : distinctRanges(ranges.flatMap((range) => focusOn(range, formula.focus)));
}

/** Where nothing is asked for, the whole place is the answer: what a metavariable stands for. */
function matchPositive(formula: All, scope: Scope, widest: boolean, reach: Reach | null): Range[] {
  const parts = formula.positive
    .map((part) => ({ part, isAround: part.kind === 'inside' || part.kind === 'anywhere', cost: costOf(part, scope) }))
    .sort((a, b) => Number(a.isAround) - Number(b.isAround) || a.cost - b.cost);
  const isOne = parts.filter(({ isAround }) => !isAround).length === 1;
  const isSole = formula.focus.length === 0 && isOne;
  let ranges: Range[] | null = null;
  for (const { part, isAround } of parts) {
    const within: Reach | null = ranges === null ? (isSole ? reach : null) : isAround ? reachAround(ranges) : null;
    const place = isOne && ranges === null ? guardedScope(part, formula.conditions, scope, evaluate) : scope;
    const found = evaluate(part, place, widest, within);
    ranges = ranges === null ? found : intersect(ranges, found, scope);
    if (ranges.length === 0) return [];
  }
  return ranges ?? [{ start: scope.start, end: scope.end, bindings: scope.bindings, kind: 'code' }];
}

/** Null where a range may also count that lies within one of these. */
function reachAround(ranges: readonly Range[]): Reach | null {
  return ranges.some(({ kind }) => kind === 'inside') ? null : holding(ranges);
}

function reachOf(negative: Formula, ranges: readonly Range[]): Reach | null {
  switch (negative.kind) {
    case 'inside':
      return holding(ranges);
    case 'pattern':
      return beginningAt(ranges);
    case 'any':
      return negative.of.every(({ kind }) => kind === 'pattern') ? beginningAt(ranges) : null;
    case 'all':
      return negative.positive.every(({ kind }) => kind === 'pattern' || kind === 'inside')
        ? beginningAt(ranges)
        : null;
    default:
      return null;
  }
}

/** How many nodes there are to ask; expressions over text come after patterns, as their cost is the whole text. */
function costOf(formula: Formula, scope: Scope): number {
  switch (formula.kind) {
    case 'pattern':
      return candidatesIn(scope, formula.pattern.anchor).length;
    case 'text':
    case 'regex':
      return scope.end - scope.start;
    case 'inside':
    case 'anywhere':
    case 'as':
      return costOf(formula.of, scope);
    case 'any':
      return formula.of.reduce((sum, part) => sum + costOf(part, scope), 0);
    case 'all':
      return formula.positive.reduce((least, part) => Math.min(least, costOf(part, scope)), Number.POSITIVE_INFINITY);
  }
}
