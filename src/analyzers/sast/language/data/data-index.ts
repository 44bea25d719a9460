/** The nodes of a data text by kind, and its pairs by key: a pattern looks only where it can begin. */
import type { NodeIndex } from '#analyzers/sast/rule/node-index.ts';
import type { SyntaxNode, SyntaxTree } from '#analyzers/sast/syntax/node.ts';

export function indexData(tree: SyntaxTree): NodeIndex {
  const byKind = Map.groupBy(tree.nodes, ({ kind }) => kind);
  let byKey: Map<string, SyntaxNode[]> | null = null;
  /** Of several kinds, as they were asked for. */
  const joined = new Map<string, readonly SyntaxNode[]>();
  return {
    statements: { list: [], before: () => 0 },
    candidates({ kinds, word }) {
      if (word === null) {
        const key = kinds.join(' ');
        const known = joined.get(key) ?? kinds.flatMap((kind) => byKind.get(kind) ?? []);
        joined.set(key, known);
        return known;
      }
      byKey ??= Map.groupBy(byKind.get('pair') ?? [], ({ kids }) => kids[0]!.text);
      return byKey.get(word) ?? [];
    },
  };
}
