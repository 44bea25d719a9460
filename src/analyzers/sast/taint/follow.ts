/** Follows the statements of one function, class body or module: branches meet again, loops run until nothing new is tainted. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { type Environment, includes, merge } from './environment.ts';
import type { Evaluator } from './evaluator.ts';
import { type Cell, CLEAN } from './taints.ts';

/** Blocks inside blocks, beyond which nothing is followed: Python itself stops at 100 levels of indentation. */
const MAX_DEPTH = 150;

interface Loop {
  readonly breaks: Environment[];
  readonly continues: Environment[];
}

/** `onReturn` hears of every `return` that is reached, with what it returns. */
export function followBlock(
  block: SyntaxNode,
  evaluator: Evaluator,
  expired: () => boolean,
  onReturn: (node: SyntaxNode, cell: Cell) => void,
): void {
  const loops: Loop[] = [];
  /** For each `try` around: what holds where something in it may raise. */
  const raised: Environment[][] = [];
  let reached = true;

  const enter = (environment: Environment | null): boolean => {
    reached = environment !== null;
    if (environment !== null) evaluator.environment = environment;
    return reached;
  };
  const here = (): Environment | null => (reached ? evaluator.environment : null);
  const raise = (): void => {
    for (const list of raised) {
      const last = list.at(-1);
      if (last === undefined) list.push(evaluator.environment);
      else if (!includes(last, evaluator.environment)) list.splice(0, 1, merge([last, evaluator.environment])!);
    }
  };

  followAll(block, 0);

  function followAll(node: SyntaxNode, depth: number): void {
    if (depth > MAX_DEPTH) return;
    for (const kid of node.kids) {
      if (!reached || expired()) return;
      follow(kid, depth + 1);
    }
  }

  /** Follows the block from the given point on, and answers what holds at its end. */
  function branch(node: SyntaxNode, from: Environment | null, depth: number): Environment | null {
    if (enter(from) && node.kind !== 'absent') followAll(node, depth);
    return here();
  }

  function follow(node: SyntaxNode, depth: number): void {
    const { kids } = node;
    switch (node.kind) {
      case 'expr':
        evaluator.evaluate(kids[0]!);
        // What runs after a bare `yield` is not followed: so Semgrep has it.
        if (kids[0]?.kind === 'yield') reached = false;
        return;
      case 'if':
        followIf(node, depth);
        return;
      case 'for':
      case 'while':
        followLoop(node, depth);
        return;
      case 'with':
        followWith(node, depth);
        return;
      case 'try':
        followTry(node, depth);
        return;
      case 'match_statement':
        followMatch(node, depth);
        return;
      case 'return':
        onReturn(node, evaluator.evaluate(kids[0]!));
        reached = false;
        return;
      case 'raise':
        for (const kid of kids) evaluator.evaluate(kid);
        raise();
        reached = false;
        return;
      case 'break':
      case 'continue':
        loops.at(-1)?.[node.kind === 'break' ? 'breaks' : 'continues'].push(evaluator.environment);
        reached = false;
        return;
      case 'assert':
        for (const kid of kids) evaluator.evaluate(kid);
        return;
      case 'block':
        followAll(node, depth);
        return;
    }
  }

  /** A long list of items is one level, however it is nested. */
  function followWith(first: SyntaxNode, depth: number): void {
    for (let node: SyntaxNode = first; ; node = node.kids[2]!.kids[0]!) {
      const [value, target, body] = node.kids as [SyntaxNode, SyntaxNode, SyntaxNode];
      assignElement(target, evaluator.evaluate(value));
      if (body.kids.length === 1 && body.kids[0]!.kind === 'with') continue;
      followAll(body, depth);
      return;
    }
  }

  /** A long chain of `elif` is one level, however it is nested. */
  function followIf(first: SyntaxNode, depth: number): void {
    const ends: (Environment | null)[] = [];
    for (let node: SyntaxNode | null = first; node !== null; ) {
      evaluator.evaluate(node.kids[0]!);
      const otherwise = evaluator.environment;
      ends.push(branch(node.kids[1]!, evaluator.environment, depth));
      enter(otherwise);
      const alternative: SyntaxNode = node.kids[2]!;
      const only: SyntaxNode | null = alternative.kids.length === 1 ? alternative.kids[0]! : null;
      node = only?.kind === 'if' ? only : null;
      if (node === null) ends.push(branch(alternative, otherwise, depth));
    }
    enter(merge(ends));
  }

  function followLoop(node: SyntaxNode, depth: number): void {
    const isFor = node.kind === 'for';
    const [target, head, body, otherwise] = isFor ? node.kids : [null, ...node.kids];
    const loop: Loop = { breaks: [], continues: [] };
    let elements: Cell = CLEAN;
    if (isFor) elements = evaluator.elementsOf(evaluator.evaluate(head!));
    loops.push(loop);
    // The variable has an element of what it runs over before the loop asks whether there is one: so Semgrep has it.
    if (isFor) assignElement(target!, elements);
    let entry = evaluator.environment;
    let exit: Environment = entry;
    while (!expired()) {
      enter(entry);
      if (!isFor) evaluator.evaluate(head!);
      exit = evaluator.environment;
      if (isFor) assignElement(target!, elements);
      const end = branch(body!, evaluator.environment, depth);
      const next = merge([entry, end, ...loop.continues.splice(0)])!;
      if (includes(entry, next)) break;
      entry = next;
    }
    loops.pop();
    const end = branch(otherwise!, exit, depth);
    enter(merge([end, ...loop.breaks]));
  }

  /** An attribute is not followed where `for` and `with` give it what it holds. */
  function assignElement(target: SyntaxNode, element: Cell): void {
    const isFollowed = target.kind === 'name' || target.kind === 'tuple' || target.kind === 'list';
    if (isFollowed) evaluator.assign(target, element);
  }

  function followTry(node: SyntaxNode, depth: number): void {
    const [body, handlers, otherwise, last] = node.kids as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode];
    const inside: Environment[] = [];
    const outside = evaluator.onCall;
    raised.push(inside);
    evaluator.onCall = raise;
    const bodyEnd = branch(body, evaluator.environment, depth);
    raised.pop();
    evaluator.onCall = raised.length > 0 ? outside : null;
    const ends = [branch(otherwise, bodyEnd, depth)];
    const caught = merge(inside);
    for (const handler of handlers.kids) {
      if (!enter(caught === null ? null : caught)) break;
      ends.push(branch(handler.kids[2]!, evaluator.environment, depth));
    }
    branch(last, merge(ends), depth);
  }

  function followMatch(node: SyntaxNode, depth: number): void {
    const cases = node.kids.find(({ kind }) => kind === 'block')?.kids ?? [];
    evaluator.evaluate(node.kids[0]!);
    const before = evaluator.environment;
    const ends: (Environment | null)[] = [before];
    for (const clause of cases) ends.push(branch(clause.kids.at(-1)!, before, depth));
    enter(merge(ends));
  }
}
