/** Which expressions are a literal in the end: `x = True` and then `f(k=x)`, `"a" + "b"`, a module's constant in a function. */
import { fold } from './fold.ts';
import { EXPRESSIONS, type SyntaxNode, type SyntaxTree } from './node.ts';
import { bindingsOf, collectScopes, parameterNames, type Scope } from './scopes.ts';
import { createState, forkState, mergeStates, type State } from './state.ts';

export interface Constants {
  /** The literal that the expression is or comes to (of kind SOME_STRING where only that much is known), else null. */
  literal(node: SyntaxNode): SyntaxNode | null;
}

export const LITERALS: ReadonlySet<string> = new Set(['string', 'bytes', 'integer', 'float', 'constant']);

/** Blocks inside blocks, beyond which nothing is known: Python itself stops at 100 levels of indentation. */
const MAX_DEPTH = 150;

/** The work is done when a literal is first asked for. */
export function createConstants(tree: SyntaxTree): Constants {
  let known: Map<SyntaxNode, SyntaxNode> | null = null;
  return {
    literal(node) {
      if (LITERALS.has(node.kind)) return node;
      if (!EXPRESSIONS.has(node.kind)) return null;
      known ??= propagate(tree);
      return known.get(node) ?? null;
    },
  };
}

/** Runs over the program once, in order and branch by branch; a loop forgets what it assigns. */
function propagate(tree: SyntaxTree): Map<SyntaxNode, SyntaxNode> {
  const known = new Map<SyntaxNode, SyntaxNode>();
  const scopes = collectScopes(tree);
  const changing = changingNames(tree);
  const functions: SyntaxNode[] = [];
  const module = scopes.of(tree.root);
  let scope = module;

  const literal = (node: SyntaxNode): SyntaxNode | null => (LITERALS.has(node.kind) ? node : (known.get(node) ?? null));

  /** A name that this scope does not bind is a constant where a scope around binds it once, to a literal. */
  function fromAround(name: string): SyntaxNode | null {
    if (scope.values.has(name)) return null;
    for (let around: Scope | null = scope.parent; around !== null; around = around.parent) {
      const value = around.values.get(name);
      if (value !== undefined) return value === null ? null : literal(value);
    }
    return null;
  }

  /** Values first, from the leaves up; then what the expression assigns. */
  function evaluate(node: SyntaxNode, state: State): void {
    const assigned: SyntaxNode[] = [];
    for (let i = node.index + node.size - 1; i >= node.index && node.kind !== 'absent'; i--) {
      const at = tree.nodes[i]!;
      if (at.kind === 'assignment' || at.kind === 'augmented') assigned.push(at);
      const value = at.kind === 'name' ? nameValue(at, state) : at.kind === 'augmented' ? null : fold(at, literal);
      if (value !== null) known.set(at, value);
    }
    for (const at of assigned) assign(at, state);
  }

  function nameValue(name: SyntaxNode, state: State): SyntaxNode | null {
    if (scopes.isHidden(name)) return null;
    const value = state.get(name.text);
    // What a function has just assigned it knows, also of a global.
    if (changing.has(name.text) && (value === undefined || scope === module)) return null;
    return value === undefined ? fromAround(name.text) : value;
  }

  function assign(node: SyntaxNode, state: State): void {
    const [target, , right] = node.kids;
    if (target?.kind !== 'name') {
      forget(node, state);
      return;
    }
    const value = node.kind === 'augmented' ? fold(node, literal) : literal(right!);
    // What an assignment comes to is what it assigns: `a = b = 1`, `f(n := 1)`.
    if (value !== null) known.set(node, value);
    if (right?.kind !== 'absent') state.set(target.text, value);
    known.delete(target);
  }

  /** Forgets what this node binds, and with `deep` what anything below it binds. */
  function forget(node: SyntaxNode, state: State, deep = false): void {
    if (node.kind === 'absent') return;
    const end = deep ? node.index + node.size : node.index + 1;
    for (let i = node.index; i < end; i++) {
      for (const { name } of bindingsOf(tree, tree.nodes[i]!)) state.set(name, null);
    }
  }

  /** False when the end of the block is not reached. */
  function block(node: SyntaxNode, state: State, depth: number): boolean {
    if (depth > MAX_DEPTH) forget(node, state, true);
    else for (const kid of node.kids) if (!statement(kid, state, depth + 1)) return false;
    return true;
  }

  function branch(node: SyntaxNode, state: State, depth: number): State | null {
    const own = forkState(state);
    return block(node, own, depth) ? own : null;
  }

  function statement(node: SyntaxNode, state: State, depth: number): boolean {
    const { kids } = node;
    switch (node.kind) {
      case 'if':
        evaluate(kids[0]!, state);
        return mergeStates(state, [branch(kids[1]!, state, depth), branch(kids[2]!, state, depth)]);
      case 'for':
      case 'while': {
        const [head, ...blocks] = node.kind === 'for' ? kids.slice(1) : kids;
        evaluate(head!, state);
        forget(node, state, true);
        for (const part of blocks) branch(part, state, depth);
        return true;
      }
      case 'with':
        evaluate(kids[0]!, state);
        forget(node, state);
        return block(kids[2]!, state, depth);
      case 'try':
        return tryStatement(node, state, depth);
      case 'function':
        for (const part of [kids[1]!, kids[4]!]) evaluate(part, state);
        forget(node, state);
        functions.push(node);
        return true;
      case 'class': {
        for (const part of [kids[1]!, kids[3]!]) evaluate(part, state);
        const around = scope;
        scope = scopes.of(node);
        block(kids[2]!, createState(), depth);
        scope = around;
        forget(node, state);
        return true;
      }
      case 'return':
      case 'raise':
      case 'break':
      case 'continue':
        evaluate(node, state);
        return false;
      case 'block':
        return block(node, state, depth);
      case 'expr':
      case 'assert':
        evaluate(node, state);
        return true;
      default:
        forget(node, state, true);
        evaluate(node, state);
        return true;
    }
  }

  /** Any statement of the body may be the last one that ran before a handler; what no handler changes is as the body left it. */
  function tryStatement(node: SyntaxNode, state: State, depth: number): boolean {
    const [body, handlers, otherwise, last] = node.kids as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode];
    const tried = forkState(state);
    const ends = [block(body, tried, depth) && block(otherwise, tried, depth) ? tried : null];
    const interrupted = forkState(state);
    forget(body, interrupted, true);
    for (const handler of handlers.kids) {
      const caught = forkState(interrupted);
      forget(handler, caught);
      ends.push(block(handler.kids[2]!, caught, depth) ? caught : null);
    }
    if (ends[0] === null) forget(body, state, true);
    const reached = mergeStates(state, ends, 'agree');
    return block(last, state, depth) && reached;
  }

  block(tree.root, createState(), 0);
  // The bodies come after the module, whose constants they may use; inner functions join the list as they are met.
  for (let i = 0; i < functions.length; i++) {
    const node = functions[i]!;
    scope = scopes.of(node);
    const state = createState();
    for (const name of parameterNames(node)) state.set(name, null);
    block(node.kids[3]!, state, 0);
  }
  return known;
}

/** Names that a function may change at any time (`global`), and those that a later `from m import *` may replace. */
function changingNames(tree: SyntaxTree): ReadonlySet<string> {
  const names = new Set<string>();
  const assigned = new Set<string>();
  for (const node of tree.nodes) {
    if (node.kind === 'global') for (const { text } of node.kids) names.add(text);
    else if (node.kind === 'assignment' && node.kids[0]!.kind === 'name') assigned.add(node.kids[0]!.text);
    else if (node.kind === 'import_from' && node.kids.some(({ text }) => text === '*')) {
      for (const name of assigned) names.add(name);
      assigned.clear();
    }
  }
  return names;
}
