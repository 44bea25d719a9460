/** A file's nodes by kind, and calls, attributes and names by their last word: a pattern looks only where it can begin. */
import type { Anchor } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { Statements } from '#analyzers/sast/pattern/matcher.ts';
import { isWord, type SyntaxNode, type SyntaxTree } from '#analyzers/sast/syntax/node.ts';

export interface NodeIndex {
  /** In no order that matters. */
  candidates(anchor: Anchor): readonly SyntaxNode[];
  readonly statements: Statements;
}

const WITH_WORDS: ReadonlySet<string> = new Set(['call', 'attribute', 'name']);
const HOLDERS: ReadonlySet<string> = new Set(['module', 'block', 'ERROR']);

/** `words` are those that any anchor will ask for. */
export function indexNodes(tree: SyntaxTree, words: ReadonlySet<string>): NodeIndex {
  const byKind = new Map<string, SyntaxNode[]>();
  const byWord = new Map<string, SyntaxNode[]>();
  /** Of several kinds, as they were asked for. */
  const joined = new Map<string, readonly SyntaxNode[]>();
  const list: SyntaxNode[] = [];
  const before = new Int32Array(tree.nodes.length + 1);
  for (const node of tree.nodes) {
    before[node.index] = list.length;
    add(byKind, node.kind, node);
    if (WITH_WORDS.has(node.kind)) {
      const used = node.kind === 'call' ? node.kids[0]! : node;
      addWord(node, used);
      for (const alias of used.aliases) addWord(node, alias);
    }
    if (node.parent !== null && HOLDERS.has(node.parent.kind)) list.push(node);
  }
  before[tree.nodes.length] = list.length;
  byKind.set('statement', list);

  /** `a.load(x)`, and `l(x)` after `from a import load as l`, are both calls of `load`. */
  function addWord(node: SyntaxNode, used: SyntaxNode): void {
    const word = used.kind === 'attribute' ? used.kids[1]! : used;
    if (isWord(word) && words.has(word.text)) add(byWord, `${node.kind} ${word.text}`, node);
  }

  return {
    statements: { list, before: (index) => before[index]! },
    candidates({ kinds, word }) {
      const [kind = ''] = kinds;
      const listOf = (one: string) => (word === null ? byKind.get(one) : byWord.get(`${one} ${word}`)) ?? [];
      if (kinds.length < 2) return listOf(kind);
      const key = `${kinds.join(' ')} ${word ?? ''}`;
      const known = joined.get(key) ?? kinds.flatMap(listOf);
      joined.set(key, known);
      return known;
    },
  };
}

function add(lists: Map<string, SyntaxNode[]>, key: string, node: SyntaxNode): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [node]);
  else known.push(node);
}
