/** What a taint rule's patterns find in a file, by the node that they speak of. */

import { lookup } from '#analyzers/sast/pattern/bindings.ts';
import type { Found } from '#analyzers/sast/pattern/compile-pattern.ts';
import { evaluate } from '#analyzers/sast/rule/evaluate.ts';
import type { Scope } from '#analyzers/sast/rule/scope.ts';
import { EXPRESSIONS, type SyntaxNode, type SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import type { Propagator, Sanitizer, Sink, Source, TaintRule } from './taint-rule.ts';
import type { Origin } from './taints.ts';
import { unitOf } from './units.ts';

export interface SourcePlace {
  readonly source: Source;
  readonly origin: Origin;
  /** False for what is within. */
  readonly whole: boolean;
}

export interface SinkPlace {
  readonly sink: Sink;
  readonly found: Found;
  readonly key: string;
}

export interface SanitizerPlace {
  readonly sanitizer: Sanitizer;
  readonly whole: boolean;
}

export interface PropagatorPlace {
  readonly propagator: Propagator;
  readonly key: string;
  readonly from: boolean;
}

/** What is found at one node. */
export interface Place {
  readonly sources: SourcePlace[];
  readonly sinks: SinkPlace[];
  readonly sanitizers: SanitizerPlace[];
  readonly propagators: PropagatorPlace[];
}

export type Places = ReadonlyMap<SyntaxNode, Place>;

/** More than this at one node is not told apart. */
const MAX_AT_NODE = 50;

/** Null when there is no source, or no sink: then nothing can be found. */
export function locate(rule: TaintRule, scope: Scope): Places | null {
  const { tree } = scope.run;
  const { expired } = scope.run;
  const places = new Map<SyntaxNode, Place>();
  const ordered = nodesByStart(tree);
  let count = 0;

  /**
   * The expressions of exactly this range (true) and, as it may be that of several statements or of a regular expression,
   * the largest ones inside; with `within` all that is inside them too.
   */
  function* nodesAt({ start, end }: { start: number; end: number }, within: boolean): Generator<[SyntaxNode, boolean]> {
    let [from, covered] = [-1, -1];
    for (let i = firstFrom(ordered, start); i < ordered.length && ordered[i]!.start < end && !expired(); i++) {
      const node = ordered[i]!;
      if (node.end > end) continue;
      const largest = node.end > covered || (node.start === from && node.end === covered);
      if (largest && (EXPRESSIONS.has(node.kind) || node.kind === 'parameter'))
        [from, covered] = [node.start, node.end];
      if (largest || within) yield [node, node.start === start && node.end === end];
      else if (covered >= end) return;
    }
  }

  function add<K extends keyof Place>(kind: K, node: SyntaxNode, one: Place[K][number]): void {
    const place = places.get(node) ?? { sources: [], sinks: [], sanitizers: [], propagators: [] };
    places.set(node, place);
    const list = place[kind] as Place[K][number][];
    if (list.length < MAX_AT_NODE) list.push(one);
    else scope.cut?.();
  }

  const sinks: Candidate[] = [];
  // What is asked at the exit of a function Semgrep does not find.
  for (const [order, sink] of rule.sinks.filter(({ atExit }) => !atExit).entries()) {
    for (const found of evaluate(sink.formula, scope)) {
      const [first] = nodesAt(found, false);
      if (first !== undefined && (first[0].kind !== 'lambda' || !sink.exact))
        sinks.push({ sink, found, unit: unitOf(tree, first[0]), order });
    }
  }
  for (const { sink, found } of smallestFirst(outermost(sinks))) {
    const one: SinkPlace = { sink, found, key: `k${count++}` };
    for (const [node] of nodesAt(found, !sink.exact)) add('sinks', node, one);
  }
  if (places.size === 0) return null;
  const sinksOnly = places.size;
  for (const source of rule.sources) {
    for (const found of smallestFirst(evaluate(source.formula, scope))) {
      const origin: Origin = { found, label: source.label, key: `${count++}` };
      for (const [node, whole] of nodesAt(found, !source.exact)) add('sources', node, { source, origin, whole });
    }
  }
  if (places.size === sinksOnly && [...places.values()].every(({ sources }) => sources.length === 0)) return null;
  for (const sanitizer of rule.sanitizers) {
    for (const found of smallestFirst(evaluate(sanitizer.formula, scope))) {
      const at = [...nodesAt(found, !sanitizer.exact)];
      if (sanitizer.notConflicting && at.some(([node, whole]) => whole && isTaken(places.get(node)))) continue;
      for (const [node, whole] of at) add('sanitizers', node, { sanitizer, whole });
    }
  }
  for (const propagator of rule.propagators) {
    for (const { bindings } of smallestFirst(evaluate(propagator.formula, scope))) {
      const [from, to] = [lookup(bindings, propagator.from), lookup(bindings, propagator.to)];
      if (from === null || to === null) continue;
      const key = `p${count++}`;
      for (const [node] of nodesAt(from, false)) add('propagators', node, { propagator, key, from: true });
      for (const [node] of nodesAt(to, false)) add('propagators', node, { propagator, key, from: false });
    }
  }
  return places;
}

function isTaken(place: Place | undefined): boolean {
  return place !== undefined && (place.sources.some(({ whole }) => whole) || place.sinks.length > 0);
}

interface Candidate {
  readonly sink: Sink;
  readonly found: Found;
  readonly unit: SyntaxNode;
  /** The sink's place in the rule. */
  readonly order: number;
}

/** What a sink finds within what it finds itself, in the same unit, is not told. */
function outermost(sinks: readonly Candidate[]): Candidate[] {
  const ordered = sinks.toSorted(
    (a, b) =>
      a.unit.index - b.unit.index || a.order - b.order || a.found.start - b.found.start || b.found.end - a.found.end,
  );
  let around: Candidate | null = null;
  return ordered.filter((one) => {
    const { start, end } = one.found;
    const isWithin = around !== null && around.unit === one.unit && around.sink === one.sink && end <= around.found.end;
    if (!isWithin) around = one;
    return !isWithin || (start === around!.found.start && end === around!.found.end);
  });
}

function smallestFirst<T>(list: readonly (T & { readonly found: Found })[]): T[];
function smallestFirst<T extends Found>(list: readonly T[]): T[];
function smallestFirst(list: readonly (Found | { readonly found: Found })[]): unknown[] {
  const rangeOf = (one: Found | { readonly found: Found }): Found => ('found' in one ? one.found : one);
  return list.toSorted((a, b) => {
    const [x, y] = [rangeOf(a), rangeOf(b)];
    return x.end - x.start - (y.end - y.start) || x.start - y.start;
  });
}

const sorted = new WeakMap<SyntaxTree, readonly SyntaxNode[]>();

/** Nearly the tree's own order: parentheses and decorators begin before what they hold. */
function nodesByStart(tree: SyntaxTree): readonly SyntaxNode[] {
  let nodes = sorted.get(tree);
  if (nodes === undefined) {
    nodes = tree.nodes.toSorted((a, b) => a.start - b.start || b.end - a.end);
    sorted.set(tree, nodes);
  }
  return nodes;
}

function firstFrom(nodes: readonly SyntaxNode[], start: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
