/** Statements in a row. After `...` they are looked for at any depth below, in the order of the code. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { ANYTHING } from './atoms.ts';
import { type Bindings, bind, boundPart, boundRun, NO_MATCH } from './bindings.ts';
import { type Compile, distinct, MAX_WAYS, type Matcher, type Run } from './matcher.ts';
import { type Item, matchUnordered } from './sequence.ts';
import { isEllipsis, manyMetavariable, metavariable } from './signs.ts';

/** The statements before `at` (in the file's list) are matched; `end` is where the last of them ends. */
export interface Reached {
  readonly at: number;
  readonly deep: boolean;
  readonly end: number;
  readonly bindings: Bindings;
}

export function statementItem(pattern: SyntaxNode, compile: Compile): Item {
  if (isEllipsis(pattern)) return { kind: 'any' };
  const many = manyMetavariable(pattern);
  if (many !== null) return { kind: 'many', name: many };
  return { kind: 'one', match: compile(pattern) };
}

/** All ways to match the items from one statement on; `limit` is the first statement after the block. */
export function matchStatements(
  items: readonly Item[],
  start: Reached,
  limit: number,
  run: Run,
  wholeRest: boolean,
): Reached[] {
  let places = [start];
  for (const [i, item] of items.entries()) {
    const last = i === items.length - 1;
    places = advance(item, places, limit, run, last && wholeRest);
    if (places.length === 0 || run.expired()) return [];
  }
  return places;
}

function advance(item: Item, places: readonly Reached[], limit: number, run: Run, toTheEnd: boolean): Reached[] {
  const { list, before } = run.statements;
  const deep = run.options.go_deeper_stmt;
  const reached = createReached(list.length);
  for (const place of item.kind === 'any' ? earliest(places) : places) {
    if (reached.isFull() || run.expired()) break;
    if (item.kind === 'one') {
      const node = place.at < limit ? list[place.at]! : null;
      if (node === null) continue;
      const at = place.deep ? place.at + 1 : before(node.index + node.size);
      for (const bindings of item.match(node, place.bindings, run)) {
        reached.add({ at, deep: place.deep, end: Math.max(place.end, node.end), bindings });
      }
    } else {
      let { at, end } = place;
      for (;;) {
        if (!toTheEnd || at >= limit) {
          const covered = item.kind === 'many' ? boundPart(list, place.at, at, place.end) : null;
          const bindings =
            covered === null || item.kind !== 'many' ? place.bindings : bind(place.bindings, item.name, covered);
          if (bindings !== null) reached.add({ at, deep, end, bindings });
        }
        if (at >= limit || reached.isFull() || run.expired()) break;
        const passed = list[at]!;
        end = Math.max(end, passed.end);
        at = deep ? at + 1 : before(passed.index + passed.size);
      }
    }
  }
  if (reached.isFull()) run.cut?.();
  return reached.list();
}

/** What `...` reaches from an earlier statement holds all that it reaches from a later one. */
function earliest(places: readonly Reached[]): Reached[] {
  const first = new Map<Bindings, Reached>();
  for (const place of places) {
    const known = first.get(place.bindings);
    if (known === undefined || place.at < known.at) first.set(place.bindings, place);
  }
  return [...first.values()];
}

function createReached(length: number) {
  const seen = new Map<Bindings, Set<string>>();
  const places: Reached[] = [];
  return {
    list: () => places,
    isFull: () => places.length > Math.max(10 * MAX_WAYS, length),
    add(place: Reached): void {
      const key = `${place.at} ${place.end} ${place.deep}`;
      const known = seen.get(place.bindings);
      if (known?.has(key)) return;
      if (known === undefined) seen.set(place.bindings, new Set([key]));
      else known.add(key);
      places.push(place);
    },
  };
}

/** A body is matched whole: without any `...`, what the pattern does not say must not be there. */
export function buildBlock(pattern: SyntaxNode, compile: Compile): Matcher {
  const items = pattern.kids.map((kid) => statementItem(kid, compile));
  if (items.length > 0 && items.every((item) => item.kind === 'any')) {
    return (node, bindings) => (node.kind === 'absent' ? NO_MATCH : [bindings]);
  }
  const name = pattern.kids.length === 1 ? metavariable(pattern.kids[0]!) : null;
  return (node, bindings, run) => {
    if (node.kind !== 'block') return NO_MATCH;
    if (name !== null) {
      const bound = bind(bindings, name, boundRun(node.kids, node.start));
      return bound === null ? NO_MATCH : [bound];
    }
    const limit = run.statements.before(node.index + node.size);
    const start = { at: run.statements.before(node.index), deep: false, end: node.start, bindings };
    const ends = matchStatements(items, start, limit, run, true).filter(({ at, deep }) => deep || at === limit);
    return distinct(ends.map((place) => place.bindings));
  };
}

/** A class holds its members in any order, and others beside them. */
export function classBody(pattern: SyntaxNode, compile: Compile): Matcher {
  const items = pattern.kids.map((kid) => statementItem(kid, compile));
  const name = pattern.kids.length === 1 ? metavariable(pattern.kids[0]!) : null;
  if (name !== null) return buildBlock(pattern, compile);
  if (items.every((item) => item.kind === 'any')) return ANYTHING;
  return (node, bindings, run) => matchUnordered(items, node.kids, bindings, run, true);
}
