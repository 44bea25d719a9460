/** Expressions whose kids do not stand where tree-sitter has them. */
import { type Frame, isTuple, keep } from './frame.ts';
import { ABSENT, createNode, type Draft, type SyntaxNode } from './node.ts';

/** Parentheses are no node, but they belong to the place of what they hold. */
export function withParentheses(f: Frame): Draft {
  return f.kids.length === 1 ? Object.assign(f.kids[0]!, { start: f.start, end: f.end }) : keep(f);
}

export function asArguments(node: SyntaxNode): SyntaxNode {
  if (node.kind === 'arguments') return node;
  return createNode('arguments', node.start, node.end, node === ABSENT ? [] : [soleGenerator(node)]);
}

/** To Semgrep the generator of `f(x for x in y)` is a list, whose place is what stands between the parentheses. */
function soleGenerator(node: SyntaxNode): SyntaxNode {
  const [first, last] = [node.kids[0], node.kids.at(-1)];
  if (node.kind !== 'generator_expression' || first === undefined || last === undefined) return node;
  return Object.assign(node, { kind: 'list_comprehension', start: first.start, end: last.end });
}

export function subscripts(f: Frame): SyntaxNode {
  const places = f.kids.filter((_, i) => f.fields[i] === 'subscript');
  return places.length !== 1 || isTuple(f)
    ? createNode('tuple', places[0]?.start ?? f.end, places.at(-1)?.end ?? f.end, places)
    : places[0]!;
}

export function slicePlaces(f: Frame): SyntaxNode[] {
  const places = [ABSENT, ABSENT, ABSENT];
  for (const [i, kid] of f.kids.entries()) {
    const place = f.tokens.filter((token) => token.text === ':' && token.at <= i).length;
    places[place] = kid;
  }
  return places;
}
