/** What the builders of the syntax tree share: a node of tree-sitter with what was built from its children. */
import { ABSENT, createNode, type Draft, type SyntaxNode } from './node.ts';

/** A node of tree-sitter whose children have been seen; `fields` runs along `kids`, `at` counts the kids before a token. */
export interface Frame {
  type: string;
  start: number;
  end: number;
  kids: Draft[];
  readonly fields: string[];
  readonly tokens: { readonly text: string; readonly at: number }[];
}

export function keep(f: Frame): Draft {
  return inner(f, f.type, f.kids);
}

export function inner(f: Frame, kind: string, kids: readonly SyntaxNode[], text = ''): Draft {
  return createNode(kind, f.start, f.end, kids, text);
}

export function unwrap(f: Frame): Draft {
  return f.kids.length === 1 ? f.kids[0]! : keep(f);
}

export function field(f: Frame, name: string, otherwise: SyntaxNode = ABSENT): SyntaxNode {
  const at = f.fields.indexOf(name);
  return at === -1 ? otherwise : f.kids[at]!;
}

export function without(f: Frame, name: string): Draft[] {
  return f.kids.filter((_, i) => f.fields[i] !== name);
}

export function operands(f: Frame): SyntaxNode[] {
  return [field(f, 'left'), field(f, 'right')];
}

export function operator(f: Frame): string {
  return f.tokens.find((token) => token.text !== ',' && token.text !== ':')?.text ?? '';
}

/** The name of a thing instead of its use, so that it is no expression. */
export function word(node: SyntaxNode): SyntaxNode {
  if (node.kind === 'name') (node as Draft).kind = 'word';
  return node;
}

/** A comma makes a tuple, also behind a single element. */
export function isTuple(f: Frame): boolean {
  return f.tokens.some((token) => token.text === ',');
}
