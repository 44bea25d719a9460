/** What a range of code is as the value of a metavariable: the node that it is, so that it unifies with other code. */
import type { Bound } from '#analyzers/sast/pattern/bindings.ts';
import type { SyntaxNode, SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import type { Range } from './scope.ts';

const INDEXES = new WeakMap<SyntaxTree, ReadonlyMap<string, SyntaxNode>>();

export function boundRange({ start, end }: Range, tree: SyntaxTree): Bound {
  const node = nodesByRange(tree).get(`${start} ${end}`);
  return node === undefined
    ? { start, end, nodes: [], text: tree.text.slice(start, end) }
    : { start, end, nodes: [node], text: null };
}

/** Of nodes with one range, the innermost: the expression, and not the statement that is nothing else. */
function nodesByRange(tree: SyntaxTree): ReadonlyMap<string, SyntaxNode> {
  const known = INDEXES.get(tree);
  if (known !== undefined) return known;
  const index = new Map(tree.nodes.map((node) => [`${node.start} ${node.end}`, node]));
  INDEXES.set(tree, index);
  return index;
}
