/** The order in which Python works out the parts of an expression, without recursion, so that no nesting is too deep. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { partsOf } from './expressions.ts';

export interface Visitor {
  enter(node: SyntaxNode): void;
  /** After all that the expression is made of. */
  leave(node: SyntaxNode): void;
  /** Of `a if c else b`: after `c`, after `a`, and after `b`. */
  fork(): void;
  turn(): void;
  join(): void;
}

type Task = readonly [kind: 'enter' | 'leave' | 'fork' | 'turn' | 'join', node: SyntaxNode];

export function workOut(root: SyntaxNode, visitor: Visitor, expired: () => boolean): void {
  const tasks: Task[] = [['enter', root]];
  for (let task = tasks.pop(); task !== undefined && !expired(); task = tasks.pop()) {
    const [kind, node] = task;
    if (kind === 'leave') visitor.leave(node);
    else if (kind !== 'enter') visitor[kind]();
    else if (node.kind !== 'absent') {
      visitor.enter(node);
      tasks.push(['leave', node]);
      const parts = partsOf(node);
      const forks = node.kind === 'conditional' && parts.length === 3;
      if (forks) tasks.push(['join', node]);
      for (let i = parts.length - 1; i >= 0; i--) {
        tasks.push(['enter', parts[i]!]);
        if (forks && i > 0) tasks.push([i === 2 ? 'turn' : 'fork', node]);
      }
    }
  }
}
