/** The tree that rules are matched on: Python's syntax without punctuation, comments or parentheses, the same for code and for patterns. */

/**
 * `start` and `end` are UTF-16 offsets. A kind has its kids at fixed places (`lowering.ts` is the list); what the
 * code leaves out stands there as kind `absent`.
 */
export interface SyntaxNode {
  readonly kind: string;
  /** A name, an operator or a literal's value; empty where kind and kids say all. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kids: readonly SyntaxNode[];
  readonly parent: SyntaxNode | null;
  /** The place in the file's list of all nodes, which puts parents before kids and keeps the order of the code. */
  readonly index: number;
  /** How many nodes the subtree has, this one included. */
  readonly size: number;
  /** For a name: the statement-free nodes that stand for what imports make of it (`l` → `torch.load`). */
  readonly aliases: readonly SyntaxNode[];
}

/** A node while its tree is being built. */
export type Draft = { -readonly [K in keyof SyntaxNode]: SyntaxNode[K] };

/** A parsed file. `nodes` is in preorder: the subtree of n is nodes[n.index] to nodes[n.index + n.size - 1]. */
export interface SyntaxTree {
  readonly text: string;
  readonly root: SyntaxNode;
  readonly nodes: readonly SyntaxNode[];
  /** Offset of the first place that is not Python, or null. */
  readonly errorAt: number | null;
  /** Offset of the first place that was not read because time was up, or null. */
  readonly readTo: number | null;
}

const NONE: readonly never[] = [];

/** Stands in every slot that the code leaves empty; it belongs to no tree. */
export const ABSENT: SyntaxNode = createNode('absent', 0, 0);

export function createNode(
  kind: string,
  start: number,
  end: number,
  kids: readonly SyntaxNode[] = NONE,
  text = '',
): Draft {
  return { kind, text, start, end, kids, parent: null, index: -1, size: 1, aliases: NONE };
}

/** Numbers the nodes and links them to their parents. Works on any depth: no recursion. */
export function finishTree(
  text: string,
  root: Draft,
  errorAt: number | null,
  readTo: number | null = null,
): SyntaxTree {
  const nodes: Draft[] = [];
  const pending: Draft[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    node.index = nodes.length;
    nodes.push(node);
    const kids = node.kids as readonly Draft[];
    for (let i = kids.length - 1; i >= 0; i--) {
      const kid = kids[i]!;
      if (kid === ABSENT) continue;
      kid.parent = node;
      pending.push(kid);
    }
  }
  for (let i = nodes.length - 1; i > 0; i--) {
    const parent = nodes[i]!.parent as Draft;
    parent.size += nodes[i]!.size;
  }
  return { text, root, nodes, errorAt, readTo };
}

/** A name that is used, or one that is only a label: an attribute's, a keyword's, a definition's. */
export function isWord(node: SyntaxNode): boolean {
  return node.kind === 'name' || node.kind === 'word';
}

/** The nodes below, this one first, in the order of the code. */
export function subtree(tree: SyntaxTree, node: SyntaxNode): readonly SyntaxNode[] {
  return tree.nodes.slice(node.index, node.index + node.size);
}

/** The inner links of `a and b and c` and of `a = b = c` are no expressions of their own. */
export function isChainLink(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null || parent.kind !== node.kind) return false;
  if (node.kind === 'boolean') return parent.text === node.text && parent.kids[0] === node;
  return node.kind === 'assignment' && node.text === '' && parent.kids[2] === node;
}

export const EXPRESSIONS: ReadonlySet<string> = new Set([
  'assignment',
  'attribute',
  'augmented',
  'await',
  'binary',
  'boolean',
  'bytes',
  'call',
  'comparison',
  'conditional',
  'constant',
  'dict',
  'dictionary_comprehension',
  'ellipsis',
  'float',
  'fstring',
  'generator_expression',
  'integer',
  'lambda',
  'list',
  'list_comprehension',
  'name',
  'not',
  'set',
  'set_comprehension',
  'string',
  'subscript',
  'tuple',
  'unary',
  'yield',
]);
