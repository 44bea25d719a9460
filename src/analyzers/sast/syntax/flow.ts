/** Follows values through a program, function by function, in order and branch by branch, as far as Semgrep follows them. */
import { fold, foldOne } from './fold.ts';
import { createLocals } from './locals.ts';
import { isChainLink, type SyntaxNode, type SyntaxTree } from './node.ts';
import { boundNames, COMPREHENSIONS, enterHidden, parameterNames } from './scopes.ts';
import { createState, mergeStates, type State } from './state.ts';

/** Blocks inside blocks, beyond which nothing is known: Python itself stops at 100 levels of indentation. */
const MAX_DEPTH = 150;

type Names = Map<SyntaxNode, SyntaxNode>;

/**
 * For each use of a name, a literal or the expression that it was last assigned. `known` holds the module's constants and
 * takes in the rest. A loop makes everything unknown, within it and after it, and so does a comprehension; a handler is
 * reached only when its body calls or raises something; class bodies are not followed, functions start with nothing.
 */
export function flowValues(tree: SyntaxTree, known: Names, stop: () => boolean): ReadonlyMap<SyntaxNode, SyntaxNode> {
  const functions: SyntaxNode[] = [];
  const hidden = createLocals();
  let isModule = true;

  const nameOf = (name: SyntaxNode): SyntaxNode | null => known.get(name) ?? null;

  /** Says of every name in the expression what it is worth now; then carries out what the expression assigns. */
  function evaluate(node: SyntaxNode, state: State): void {
    if (node.kind === 'absent') return;
    const assigned: SyntaxNode[] = [];
    const skipped: { readonly from: number; readonly to: number }[] = [];
    const end = node.index + node.size;
    let loops = false;
    for (let i = node.index; i < end; i++) {
      while (skipped.at(-1)?.from === i) i = skipped.pop()!.to;
      if (i >= end) break;
      const at = tree.nodes[i]!;
      hidden.leaveBefore(i);
      if (at.kind === 'name') {
        const value = hidden.has(at.text) ? null : state.get(at.text);
        if (value !== null) known.set(at, value);
      } else if (COMPREHENSIONS.has(at.kind)) {
        // Only what it runs over is worked out before it begins.
        const source = at.kids.find((kid) => kid.kind === 'for_in_clause')?.kids[1];
        loops = true;
        if (source !== undefined) skipped.push({ from: source.index + source.size, to: at.index + at.size });
        i = source === undefined ? at.index + at.size - 1 : source.index - 1;
      } else if (at.kind === 'subscript' && hasSlice(at)) i += at.size - 1;
      else if (at.kind === 'lambda') enterHidden(at, hidden);
      else if (at.kind === 'assignment' || at.kind === 'augmented') {
        assigned.push(at);
        if (at.kind === 'assignment' && at.kids[0]!.kind === 'name') i = at.kids[0]!.index;
      }
    }
    hidden.leaveBefore(end);
    if (loops) state.clear();
    for (const at of assigned.reverse()) assign(at, state);
  }

  function assign(node: SyntaxNode, state: State): void {
    const [target, , right] = node.kids as [SyntaxNode, SyntaxNode, SyntaxNode | undefined];
    const isChain = node.kind === 'assignment' && (isChainLink(right!) || isChainLink(node));
    if (target.kind !== 'name' || isChain) for (const name of boundNames(node)) state.set(name, null);
    else if (node.kind === 'augmented')
      state.set(
        target.text,
        foldOne(node, (at) => fold(tree, at, nameOf)),
      );
    else state.set(target.text, assignedValue(node, right!, state));
  }

  /** In a function, Semgrep takes `x = CONSTANT` for an unknown value, and everything else made of constants for a known one. */
  function assignedValue({ kids }: SyntaxNode, right: SyntaxNode, state: State): SyntaxNode | null {
    if (right.kind === 'absent') return null;
    if (right.kind !== 'name') return fold(tree, right, nameOf) ?? right;
    const isFromModule = !isModule && kids[1]!.kind === 'absent' && state.get(right.text) === null;
    return isFromModule ? right : (nameOf(right) ?? right);
  }

  /** `x.append(1)` as a statement may change x. */
  function mutate(expression: SyntaxNode, state: State): void {
    let base = expression.kind === 'call' ? expression.kids[0]! : null;
    if (base?.kind !== 'attribute') return;
    while (base.kind === 'attribute' || base.kind === 'subscript') base = base.kids[0]!;
    if (base.kind === 'name') state.set(base.text, null);
  }

  /** False when the end of the block is not reached. */
  function block(node: SyntaxNode, state: State, depth: number): boolean {
    if (depth > MAX_DEPTH || stop()) state.clear();
    else for (const kid of node.kids) if (!statement(kid, state, depth + 1)) return false;
    return true;
  }

  function branch(node: SyntaxNode, state: State, depth: number, taken: readonly string[] = []): State | null {
    const own = createState(state);
    for (const name of taken) own.set(name, null);
    return block(node, own, depth) ? own : null;
  }

  function statement(node: SyntaxNode, state: State, depth: number): boolean {
    const { kids } = node;
    switch (node.kind) {
      case 'expr':
        evaluate(kids[0]!, state);
        mutate(kids[0]!, state);
        return kids[0]!.kind !== 'yield';
      case 'if':
        evaluate(kids[0]!, state);
        return mergeStates(state, [branch(kids[1]!, state, depth), branch(kids[2]!, state, depth)]);
      case 'for':
      case 'while': {
        const [head, ...blocks] = node.kind === 'for' ? kids.slice(1) : kids;
        evaluate(head!, state);
        state.clear();
        for (const part of blocks) branch(part, state, depth, boundNames(node));
        return true;
      }
      case 'with':
        evaluate(kids[0]!, state);
        for (const name of boundNames(node)) state.set(name, null);
        return block(kids[2]!, state, depth);
      case 'try':
        return tryStatement(node, state, depth);
      case 'match_statement':
        return matchStatement(node, state, depth);
      case 'function':
        for (const part of [kids[1]!, kids[4]!]) evaluate(part, state);
        functions.push(node);
        return true;
      case 'class':
        for (const part of [kids[1]!, kids[3]!]) evaluate(part, state);
        members(kids[2]!);
        return true;
      case 'return':
      case 'raise':
      case 'break':
      case 'continue':
        evaluate(node, state);
        return false;
      case 'block':
        return block(node, state, depth);
      case 'import':
      case 'import_from':
      case 'delete':
      case 'global':
      case 'nonlocal':
        return true;
      default:
        evaluate(node, state);
        return true;
    }
  }

  /** A class's body is not followed; its functions are. */
  function members(body: SyntaxNode): void {
    for (let i = body.index; body.kind !== 'absent' && i < body.index + body.size; i++) {
      const at = tree.nodes[i]!;
      if (at.kind !== 'function') continue;
      functions.push(at);
      i += at.size - 1;
    }
  }

  function tryStatement(node: SyntaxNode, state: State, depth: number): boolean {
    const [body, handlers, otherwise, last] = node.kids as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode];
    const tried = createState(state);
    const ends = [block(body, tried, depth) && block(otherwise, tried, depth) ? tried : null];
    if (mayRaise(tree, body)) {
      const changed = new Set<string>();
      for (let i = body.index; i < body.index + body.size; i++)
        for (const name of boundNames(tree.nodes[i]!)) changed.add(name);
      for (const handler of handlers.kids)
        ends.push(branch(handler.kids[2]!, state, depth, [...changed, ...boundNames(handler)]));
    }
    const isReached = mergeStates(state, ends);
    return block(last, state, depth) && isReached;
  }

  function matchStatement(node: SyntaxNode, state: State, depth: number): boolean {
    const ends: (State | null)[] = [createState(state)];
    for (const kid of node.kids) if (kid.kind !== 'block' && kid.kind !== 'case_clause') evaluate(kid, state);
    for (const clause of node.kids.flatMap((kid) => (kid.kind === 'block' ? kid.kids : [kid]))) {
      if (clause.kind !== 'case_clause') continue;
      const own = createState(state);
      for (const name of boundNames(clause)) own.set(name, null);
      for (const kid of clause.kids) if (kid.kind === 'if_clause') evaluate(kid, own);
      ends.push(block(clause.kids.at(-1)!, own, depth) ? own : null);
    }
    return mergeStates(state, ends);
  }

  block(tree.root, createState(), 0);
  isModule = false;
  // Functions come after the module; inner ones join the list as they are met.
  for (let i = 0; i < functions.length && !stop(); i++) {
    const node = functions[i]!;
    const state = createState();
    for (const name of parameterNames(node)) state.set(name, null);
    block(node.kids[3]!, state, 0);
  }
  return known;
}

function hasSlice(node: SyntaxNode): boolean {
  const at = node.kids[1]!;
  return at.kind === 'slice' || (at.kind === 'tuple' && at.kids.some((kid) => kid.kind === 'slice'));
}

/** True when the body calls or raises something itself. */
function mayRaise(tree: SyntaxTree, body: SyntaxNode): boolean {
  for (let i = body.index; i < body.index + body.size; i++) {
    const at = tree.nodes[i]!;
    if (at.kind === 'call' || at.kind === 'raise') return true;
    if (at.kind === 'function' || at.kind === 'class' || at.kind === 'lambda') i += at.size - 1;
  }
  return false;
}
