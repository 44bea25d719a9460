/** The nodes of a data text by kind, and its pairs by key: a pattern looks only where it can begin. */
import type { NodeIndex } from '#analyzers/sast/rule/node-index.ts';
import type { SyntaxNode, SyntaxTree } from '#analyzers/sast/syntax/node.ts';

export function indexData(tree: SyntaxTree): NodeIndex {
  const byKind = Map.groupBy(tree.nodes, ({ kind }) => kind);
  let byKey: Map<string, SyntaxNode[]> | null = null;
  return {
    statements: { list: [], before: () => 0 },
    candidates({ kinds, word }) {
      if (word === null) return kinds.flatMap((kind) => byKind.get(kind) ?? []);
      byKey ??= Map.groupBy(byKind.get('pair') ?? [], ({ kids }) => kids[0]!.text);
      return byKey.get(word) ?? [];
    },
  };
}
