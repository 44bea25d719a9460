/** Matches a pattern of the generic language against a text: from each place the shortest way, gaps bounded in lines. */
import { type Bindings, bind } from '#analyzers/sast/pattern/bindings.ts';
import type { Block, TextDocument } from './document.ts';
import type { GenericItem } from './pattern.ts';

export interface GenericRun {
  readonly document: TextDocument;
  /** Where the document's text begins in the file's. */
  readonly base: number;
  /** Lines that a gap may cross. */
  readonly maxSpan: number;
  expired(): boolean;
}

/** The match ends before the token `at`. */
export interface Reached {
  readonly at: number;
  readonly bindings: Bindings;
}

/** The block that the items lie in. */
type Frame = Pick<Block, 'to' | 'depth'>;

type Continue = (at: number, bindings: Bindings) => Reached | null;

export function matchFrom(
  items: readonly GenericItem[],
  start: number,
  bindings: Bindings,
  run: GenericRun,
): Reached | null {
  const { document, base, maxSpan } = run;
  const { tokens } = document;
  const frame = document.around(start);
  const failed = new Map<Bindings, Set<number>>();
  return advance(items, 0, start, frame, bindings, (at, found) => ({ at, bindings: found }));

  function advance(
    list: readonly GenericItem[],
    from: number,
    place: number,
    around: Frame,
    known: Bindings,
    then: Continue,
  ): Reached | null {
    let at = place;
    let bound = known;
    for (let i = from; i < list.length; i++) {
      const item = list[i]!;
      if (item.kind === 'gap') return crossGap(list, i, at, around, bound, then);
      if (item.kind === 'block') return enterBlock(list, i, at, around, bound, then);
      if (at >= around.to) return null;
      const next = matchToken(item, at, bound);
      if (next === null) return null;
      bound = next;
      at++;
    }
    return list === items || at === around.to ? then(at, bound) : null;
  }

  function matchToken(item: GenericItem, at: number, bound: Bindings): Bindings | null {
    const token = tokens[at]!;
    if (item.kind === 'token') return token.text === item.text ? bound : null;
    if (item.kind !== 'word' || !token.isWord) return null;
    return bind(bound, item.name, {
      start: base + token.start,
      end: base + token.end,
      nodes: [],
      text: token.text,
      isWord: true,
    });
  }

  /** A block of the pattern is a whole block of the text; one that is only a gap may be missing. */
  function enterBlock(
    list: readonly GenericItem[],
    i: number,
    at: number,
    around: Frame,
    bound: Bindings,
    then: Continue,
  ): Reached | null {
    const { items: inner } = list[i] as GenericItem & { kind: 'block' };
    const block = at < around.to ? document.blockAt(at, around.depth) : null;
    const after: Continue = (end, found) => advance(list, i + 1, end, around, found, then);
    if (block !== null) return advance(inner, 0, at, block, bound, after);
    const mayBeMissing = list[i - 1]?.kind !== 'gap' && inner.every(({ kind }) => kind === 'gap');
    return mayBeMissing ? after(at, bound) : null;
  }

  function crossGap(
    list: readonly GenericItem[],
    i: number,
    at: number,
    around: Frame,
    bound: Bindings,
    then: Continue,
  ): Reached | null {
    const { name, count } = list[i] as GenericItem & { kind: 'gap' };
    const lastLine = tokens[Math.max(at - 1, start)]!.line + maxSpan * count;
    const next = list[i + 1];
    if (next === undefined) return toTheEnd(list, at, around, lastLine, name, bound, then);
    const key = at * list.length + i;
    const isLost = list === items && failed.get(bound)?.has(key) === true;
    if (isLost) return null;
    for (const to of placesFor(next, at, around)) {
      if (run.expired() || (to < tokens.length && tokens[to]!.line > lastLine)) break;
      const taken = take(name, at, to, bound);
      const reached = taken === null ? null : advance(list, i + 1, to, around, taken, then);
      if (reached !== null) return reached;
    }
    if (list === items) remember(bound, key);
    return null;
  }

  function remember(bound: Bindings, key: number): void {
    const known = failed.get(bound);
    if (known === undefined) failed.set(bound, new Set([key]));
    else known.add(key);
  }

  /** At the pattern's end a gap goes as far as it may; at a block's end, to the end of the block. */
  function toTheEnd(
    list: readonly GenericItem[],
    at: number,
    around: Frame,
    lastLine: number,
    name: string | null,
    bound: Bindings,
    then: Continue,
  ): Reached | null {
    let to = around.to;
    if (list === items) while (to > at && tokens[to - 1]!.line > lastLine) to--;
    const taken = take(name, at, to, bound);
    return taken === null ? null : then(to, taken);
  }

  /** Where the item after a gap may stand, from near to far: a block only where the text has its next one. */
  function* placesFor(next: GenericItem, at: number, around: Frame): Generator<number> {
    if (next.kind === 'gap') {
      for (let to = at; to <= around.to; to++) yield to;
    } else if (next.kind === 'block') {
      for (let to = at; to <= around.to; to++) {
        yield to;
        if (document.blockAt(to, around.depth) !== null) return;
      }
    } else {
      const places = next.kind === 'token' ? document.places(next.text) : document.words();
      for (let k = firstFrom(places, at); k < places.length && places[k]! < around.to; k++) yield places[k]!;
    }
  }

  /** The text behind a named gap begins where the token before it ends. */
  function take(name: string | null, at: number, to: number, bound: Bindings): Bindings | null {
    if (name === null) return bound;
    const from = at > start ? tokens[at - 1]!.end : tokens[at]!.start;
    const end = to > at ? tokens[to - 1]!.end : from;
    return bind(bound, name, { start: base + from, end: base + end, nodes: [], text: document.text.slice(from, end) });
  }
}

/** The index of the first of the ascending numbers that is at least `value`. */
function firstFrom(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
