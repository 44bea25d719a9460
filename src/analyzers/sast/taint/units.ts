/** What is followed by itself: the module, every class body, and every function with its parameters. */
import type { SyntaxNode, SyntaxTree } from '#analyzers/sast/syntax/node.ts';

const units = new WeakMap<SyntaxTree, readonly SyntaxNode[]>();

/** Decorators, annotations and base classes belong to what is around. */
export function unitOf(tree: SyntaxTree, node: SyntaxNode): SyntaxNode {
  let known = units.get(tree);
  if (known === undefined) {
    known = collectUnits(tree);
    units.set(tree, known);
  }
  return known[node.index]!;
}

export function bodyOf(unit: SyntaxNode): SyntaxNode {
  if (unit.kind === 'function') return unit.kids[3]!;
  return unit.kind === 'class' ? unit.kids[2]! : unit;
}

/** By the index of the node. */
function collectUnits({ nodes, root }: SyntaxTree): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (const node of nodes)
    list.push(node.parent === null ? root : opens(node, node.parent) ? node.parent : list[node.parent.index]!);
  return list;
}

function opens(node: SyntaxNode, parent: SyntaxNode): boolean {
  return parent.kind === 'function'
    ? parent.kids[3] === node || parent.kids[1] === node
    : parent.kind === 'class' && parent.kids[2] === node;
}
