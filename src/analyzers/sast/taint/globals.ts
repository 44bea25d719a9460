/** The module's variables that functions see tainted: those that are assigned once, plainly, and from a source. */
import type { SyntaxNode, SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import { CONTAINERS } from './expressions.ts';
import { allTaints, type Cell, type Taints } from './taints.ts';
import { unitOf } from './units.ts';

export interface Globals {
  /** To be told of every assignment of the module. */
  assigned(assignment: SyntaxNode, value: Cell): void;
  /** By name, those whose assignment stands before the node of this index. */
  before(index: number): (readonly [name: string, taints: Taints])[];
}

export function createGlobals(tree: SyntaxTree): Globals {
  const known = new Map<string, { readonly at: number; readonly taints: Taints }>();
  let counts: ReadonlyMap<string, number> | null = null;
  return {
    assigned(node, value) {
      const [target, type, right] = node.kids;
      if (
        target?.kind !== 'name' ||
        type?.kind !== 'absent' ||
        CONTAINERS.has(right!.kind) ||
        right!.kind === 'assignment'
      )
        return;
      if (node.parent?.kind === 'assignment') return;
      const taints = allTaints(value);
      if (taints.size > 0) known.set(target.text, { at: node.index, taints });
    },
    before(index) {
      if (known.size === 0) return [];
      counts ??= countAssignments(tree);
      return [...known]
        .filter(([name, { at }]) => at < index && counts!.get(name) === 1)
        .map(([name, { taints }]) => [name, taints]);
    },
  };
}

/** How often the module gives each name a value. */
function countAssignments(tree: SyntaxTree): Map<string, number> {
  const counts = new Map<string, number>();
  for (const node of tree.nodes) {
    const target = ASSIGNING[node.kind] === undefined ? undefined : node.kids[ASSIGNING[node.kind]!];
    if (target?.kind !== 'name' || unitOf(tree, node) !== tree.root) continue;
    counts.set(target.text, (counts.get(target.text) ?? 0) + 1);
  }
  return counts;
}

/** Which kid of the node is what it assigns to. */
const ASSIGNING: Readonly<Record<string, number>> = { assignment: 0, augmented: 0, for: 0, with: 1 };
