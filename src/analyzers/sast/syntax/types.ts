/** The types that are plain to see: of literals and comparisons, of what is annotated, and of what was first assigned a literal. */
import type { SyntaxNode, SyntaxTree } from './node.ts';

/** A builtin's name, or the annotation as it is written. */
export type Type = { readonly builtin: string } | { readonly annotation: SyntaxNode };

type Types = ReadonlyMap<string, Type>;

/** What each function and the module declare; worked out when it is first asked for. */
const declared = new WeakMap<SyntaxNode, Types>();

export function typeOf(tree: SyntaxTree, node: SyntaxNode): Type | null {
  if (node.kind !== 'name') return literalType(node);
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.kind !== 'function' && at.kind !== 'module') continue;
    const type = typesIn(tree, at).get(node.text);
    if (type !== undefined) return type;
  }
  return null;
}

function literalType(node: SyntaxNode): Type | null {
  switch (node.kind) {
    case 'string':
      return node.kids.length === 0 ? { builtin: 'str' } : null;
    case 'integer':
      return { builtin: 'int' };
    case 'float':
      return { builtin: 'float' };
    case 'constant':
      return node.text === 'None' ? null : { builtin: 'bool' };
    case 'comparison':
    case 'not':
      return { builtin: 'bool' };
    default:
      return null;
  }
}

function typesIn(tree: SyntaxTree, scope: SyntaxNode): Types {
  const known = declared.get(scope);
  if (known !== undefined) return known;
  const types = new Map<string, Type>();
  const add = (name: string, type: Type | null) => {
    if (type !== null && !types.has(name)) types.set(name, type);
  };
  for (let i = scope.index + 1; i < scope.index + scope.size; i++) {
    const at = tree.nodes[i]!;
    const [first, annotation, value] = at.kids;
    if (at.kind === 'parameter' && at.text === '' && annotation!.kind !== 'absent')
      add(first!.text, { annotation: annotation! });
    else if (at.kind === 'assignment' && first!.kind === 'name')
      add(first!.text, annotation!.kind === 'absent' ? literalType(value!) : { annotation: annotation! });
    else if (at.kind === 'function' || at.kind === 'class') i += at.size - 1;
  }
  declared.set(scope, types);
  return types;
}
