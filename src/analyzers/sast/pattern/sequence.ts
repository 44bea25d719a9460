/** Lists in patterns: arguments, elements, parameters. Each item moves all places reached so far at once, so that no pattern multiplies. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { type Bindings, type Bound, bind, boundPart, boundRun, NO_MATCH } from './bindings.ts';
import { distinct, MAX_WAYS, type Matcher, type Run } from './matcher.ts';

export type Item =
  /** `...` */
  | { readonly kind: 'any' }
  /** `$...X` */
  | { readonly kind: 'many'; readonly name: string; readonly atLeast?: number }
  | { readonly kind: 'one'; readonly match: Matcher }
  /** `k=P` or, with no name, `$K=P`: it may stand anywhere in what is left. */
  | { readonly kind: 'keyword'; readonly name: string | null; readonly match: Matcher };

/** The nodes before `at` are matched, and so are the `taken` ones after it. */
interface Place {
  readonly at: number;
  readonly taken: readonly number[];
  readonly bindings: Bindings;
}

/**
 * A keyword may stand anywhere, so what `...` skips before it makes no difference where another `...` follows:
 * `..., k=1, ...` is looked for as `k=1, ...`, in one pass over the arguments.
 */
export function keywordsFirst(items: readonly Item[]): readonly Item[] {
  const ordered: Item[] = [];
  for (let at = 0; at < items.length; ) {
    let end = at;
    while (items[end]?.kind === 'any' || items[end]?.kind === 'keyword') end++;
    while (end > at && items[end - 1]!.kind !== 'any') end--;
    if (end === at) end++;
    const run = items.slice(at, end);
    const keywords = run.filter((item) => item.kind === 'keyword');
    ordered.push(...(keywords.length === 0 || end === at + 1 ? run : [...keywords, run.at(-1)!]));
    at = end;
  }
  return ordered;
}

/** With `prefix` what is left over at the end does not matter. */
export function matchSequence(
  items: readonly Item[],
  nodes: readonly SyntaxNode[],
  bindings: Bindings,
  run: Run,
  prefix = false,
): readonly Bindings[] {
  let places: readonly Place[] = [{ at: 0, taken: [], bindings }];
  for (const [i, item] of items.entries()) {
    if (item.kind === 'any' && i === items.length - 1) return distinct(places.map((place) => place.bindings));
    places = advance(item, nodes, places, run, !prefix && i === items.length - 1);
    if (places.length === 0 || run.expired()) return NO_MATCH;
  }
  const done = prefix ? places : places.filter((place) => place.at === nodes.length);
  return distinct(done.map((place) => place.bindings));
}

function advance(
  item: Item,
  nodes: readonly SyntaxNode[],
  places: readonly Place[],
  run: Run,
  toTheEnd: boolean,
): Place[] {
  const reached = createPlaces(nodes.length);
  for (const place of item.kind === 'any' ? earliest(places) : places) {
    const { at, taken, bindings } = place;
    if (reached.isFull() || run.expired()) break;
    if (item.kind === 'any') {
      for (let to = at; to <= nodes.length; to++) reached.add(to, taken, bindings);
    } else if (item.kind === 'many') {
      const least = at + (item.atLeast ?? 0);
      for (let to = toTheEnd ? Math.max(least, nodes.length) : least; to <= nodes.length; to++) {
        if (reached.isFull() || run.expired()) break;
        const next = bind(bindings, item.name, covered(nodes, at, to, taken));
        if (next !== null) reached.add(to, taken, next);
      }
    } else if (item.kind === 'one') {
      const node = nodes[at];
      if (node === undefined) continue;
      for (const next of item.match(node, bindings, run)) reached.add(at + 1, taken, next);
    } else {
      for (let i = at; i < nodes.length; i++) {
        const node = nodes[i]!;
        if (reached.isFull() || run.expired()) break;
        if (node.kind !== 'keyword' || taken.includes(i)) continue;
        if (item.name !== null && item.name !== node.kids[0]!.text) continue;
        const ways = item.match(node, bindings, run);
        for (const next of ways) {
          if (i === at) reached.add(at + 1, taken, next);
          else reached.add(at, [...taken, i], next);
        }
        if (item.name !== null && ways.length > 0) break;
      }
    }
  }
  if (reached.isFull()) run.cut?.();
  return reached.list();
}

function covered(nodes: readonly SyntaxNode[], from: number, to: number, taken: readonly number[]): Bound {
  const at = nodes[from]?.start ?? nodes.at(-1)?.end ?? 0;
  if (taken.every((i) => i < from || i >= to)) return boundPart(nodes, from, to, at);
  const others = nodes.slice(from, to).filter((_, i) => !taken.includes(from + i));
  return boundRun(others, at);
}

/** From an earlier place `...` reaches all that it reaches from a later one. */
function earliest(places: readonly Place[]): Place[] {
  const first = new Map<string, Map<Bindings, Place>>();
  for (const place of places) {
    const key = place.taken.join();
    const group = first.get(key) ?? new Map<Bindings, Place>();
    first.set(key, group);
    const known = group.get(place.bindings);
    if (known === undefined || place.at < known.at) group.set(place.bindings, place);
  }
  return [...first.values()].flatMap((group) => [...group.values()]);
}

function createPlaces(length: number) {
  const seen = new Map<Bindings, Set<string>>();
  const places: Place[] = [];
  return {
    list: () => places,
    isFull: () => places.length > Math.max(MAX_WAYS, length),
    add(to: number, taken: readonly number[], bindings: Bindings): void {
      let at = to;
      while (taken.includes(at)) at++;
      const key = `${at} ${taken.join()}`;
      const known = seen.get(bindings);
      if (known?.has(key)) return;
      if (known === undefined) seen.set(bindings, new Set([key]));
      else known.add(key);
      places.push({ at: Math.min(at, length), taken, bindings });
    },
  };
}

/** Items in any order, each on a node of its own; nodes may be left over only where the pattern says `...`. */
export function matchUnordered(
  items: readonly Item[],
  nodes: readonly SyntaxNode[],
  bindings: Bindings,
  run: Run,
  restAllowed: boolean,
): readonly Bindings[] {
  const wanted = items.filter((item) => item.kind === 'one');
  if (wanted.length > nodes.length) return NO_MATCH;
  const rest = restAllowed || items.some((item) => item.kind === 'any' || item.kind === 'many');
  if (!rest && wanted.length !== nodes.length) return NO_MATCH;
  let places: Place[] = [{ at: 0, taken: [], bindings }];
  for (const item of wanted) {
    const reached: Place[] = [];
    for (const place of places) {
      if (reached.length > MAX_WAYS || run.expired()) break;
      for (const [i, node] of nodes.entries()) {
        if (reached.length > MAX_WAYS || run.expired()) break;
        if (place.taken.includes(i)) continue;
        for (const next of item.match(node, place.bindings, run)) {
          reached.push({ at: 0, taken: [...place.taken, i], bindings: next });
        }
      }
    }
    if (reached.length > MAX_WAYS) run.cut?.();
    places = reached;
  }
  return distinct(places.map((place) => place.bindings));
}
