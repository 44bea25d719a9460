/** What the rule finds at an expression takes effect: sanitizers, sources, propagators and, last, sinks. */
import type { RuleOptions } from '#analyzers/sast/options.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { type Environment, read, write } from './environment.ts';
import { type CellOf, combine, NEEDS_A_STEP } from './expressions.ts';
import { hasLabel } from './flows.ts';
import type { Place } from './places.ts';
import { createPropagation } from './propagation.ts';
import { allTaints, type Cell, CLEAN, cellOf, NO_TAINTS, passedBy, type Taints, union } from './taints.ts';
import type { UnitContext } from './unit-context.ts';

export interface Effects {
  /** What the expression's value is in the end. */
  apply(place: Place, node: SyntaxNode, before: Cell, cell: CellOf): Cell;
  addSources(place: Place, node: SyntaxNode, before: Cell): Cell;
  reachSinks(place: Place, node: SyntaxNode, value: Cell, cell: CellOf): void;
  /** Gives the variable a value, where the node is one. */
  writeTo(node: SyntaxNode, cell: Cell): void;
}

/** Holds what taints all that runs from here on; no name has this number. */
const CONTROL = { variable: (1 << 20) - 1, path: [] };

/** `state` is where the walk is now. */
export function createEffects(
  { variables, options, reach }: UnitContext,
  state: { environment: Environment },
): Effects {
  const propagation = createPropagation();
  const sinkOptions: RuleOptions = {
    ...options,
    taint_assume_safe_functions: false,
    taint_only_propagate_through_assignments: false,
  };
  return { apply, addSources, reachSinks, writeTo };

  function apply(place: Place, node: SyntaxNode, before: Cell, cell: CellOf): Cell {
    if (place.sanitizers.some(({ sanitizer, whole }) => sanitizer.sideEffect && whole)) writeTo(node, CLEAN);
    if (place.sanitizers.some(({ sanitizer }) => !sanitizer.exact || !isAssignedCall(node))) return CLEAN;
    let value = addSources(place, node, before);
    for (const { propagator, key, from } of place.propagators) {
      if (from) {
        const target = propagation.leaveFrom(propagator, key, allTaints(value), NEEDS_A_STEP.has(node.kind));
        if (target !== null) taint(target.node, target.taints);
      } else {
        const arriving = propagation.leaveTo(propagator, key, node);
        if (arriving.size === 0) continue;
        value = { ...value, own: union(value.own, arriving) };
        if (propagator.sideEffect) taint(node, arriving);
      }
    }
    if (place.sinks.length > 0) reachSinks(place, node, value, cell);
    return value;
  }

  function addSources(place: Place, node: SyntaxNode, before: Cell): Cell {
    let value = before;
    for (const { source, origin, whole } of place.sources) {
      if (source.requires !== null && !source.requires((label) => hasLabel(allTaints(before), label))) continue;
      const taints: Taints = new Map([[origin.key, { origin, steps: null }]]);
      if (source.control) writeControl(taints);
      if (source.sideEffect !== 'no' && whole) taint(node, taints);
      if (source.sideEffect !== 'only' && !source.control) value = { ...value, own: union(value.own, taints) };
    }
    return value;
  }

  function reachSinks(place: Place, node: SyntaxNode, value: Cell, cell: CellOf): void {
    const control = allTaints(read(state.environment, CONTROL));
    const taints = union(union(allTaints(value), givenTo(node, cell)), control);
    if (taints.size === 0) return;
    for (const sink of place.sinks) reach(sink, taints, (part) => allTaints(cell(part)));
  }

  /** What a sink is given besides its value: arguments, what is yielded, what an assignment replaces. */
  function givenTo(node: SyntaxNode, cell: CellOf): Taints {
    if (node.kind === 'call') return allTaints(combine(node, cell, sinkOptions));
    return node.kind === 'yield' || node.kind === 'assignment' ? allTaints(cell(node.kids[0]!)) : NO_TAINTS;
  }

  function writeControl(taints: Taints): void {
    const known = read(state.environment, CONTROL);
    state.environment = write(state.environment, CONTROL, cellOf(union(known.own, taints)));
  }

  /** Adds to what the variable holds, where the node is one. */
  function taint(node: SyntaxNode, taints: Taints): void {
    const lvalue = variables.lvalue(node);
    if (lvalue === null) return;
    const known = read(state.environment, lvalue);
    state.environment = write(state.environment, lvalue, passedBy({ ...known, own: union(known.own, taints) }, node));
  }

  function writeTo(node: SyntaxNode, cell: Cell): void {
    const lvalue = variables.lvalue(node);
    if (lvalue !== null) state.environment = write(state.environment, lvalue, passedBy(cell, node));
  }
}

/** Such a call raises after the assignment, and is no expression of its own to an exact sanitizer: so Semgrep has it. */
export function isAssignedCall(node: SyntaxNode): boolean {
  return node.kind === 'call' && node.parent?.kind === 'assignment' && node.parent.kids[2] === node;
}
