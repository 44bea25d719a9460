/** Names that hold inside one node only, while a file's nodes are passed in order. */
import type { SyntaxNode } from './node.ts';

export interface Locals {
  /** True for a name that a node around the present one has taken. */
  has(name: string): boolean;
  enter(name: string, within: SyntaxNode): void;
  /** To be told of every node before it is looked at. */
  leaveBefore(index: number): void;
}

export function createLocals(): Locals {
  const depth = new Map<string, number>();
  const open: { readonly name: string; readonly until: number }[] = [];
  return {
    has: (name: string) => (depth.get(name) ?? 0) > 0,
    enter(name: string, within: SyntaxNode): void {
      depth.set(name, (depth.get(name) ?? 0) + 1);
      open.push({ name, until: within.index + within.size });
    },
    leaveBefore(index: number): void {
      for (let last = open.at(-1); last !== undefined && last.until <= index; last = open.at(-1)) {
        open.pop();
        depth.set(last.name, (depth.get(last.name) ?? 0) - 1);
      }
    },
  };
}
