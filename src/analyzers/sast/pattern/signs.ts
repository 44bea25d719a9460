/** Recognizes Semgrep's signs in a parsed pattern. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { DEEP, ELLIPSIS, metavariableOf } from './pattern-text.ts';

/** `...`, as an expression, a statement, an element, an argument or a parameter. */
export function isEllipsis(node: SyntaxNode): boolean {
  const sign = signOf(node);
  return sign !== null && sign.text === ELLIPSIS;
}

/** `$X`: the metavariable's name with its sign. */
export function metavariable(node: SyntaxNode): string | null {
  const sign = signOf(node);
  const found = sign === null ? null : metavariableOf(sign.text);
  return found === null || found.many ? null : found.name;
}

/** `$...X`. */
export function manyMetavariable(node: SyntaxNode): string | null {
  const sign = signOf(node);
  const found = sign === null ? null : metavariableOf(sign.text);
  return found?.many ? found.name : null;
}

/** The pattern within `<... P ...>`. */
export function deepPattern(node: SyntaxNode): SyntaxNode | null {
  const [callee, args] = node.kids;
  return node.kind === 'call' && callee?.text === DEEP ? (args?.kids[0] ?? null) : null;
}

/** A sign is a name; as a statement, a dictionary's entry or a parameter it is wrapped. */
function signOf(node: SyntaxNode): SyntaxNode | null {
  switch (node.kind) {
    case 'name':
    case 'word':
      return node;
    case 'expr':
      return signOf(node.kids[0]!);
    case 'doublesplat':
      return node.kids[0]?.text === ELLIPSIS || metavariableOf(node.kids[0]?.text ?? '')?.many ? node.kids[0]! : null;
    case 'parameter':
      return node.text === '' && node.kids[1]!.kind === 'absent' && node.kids[2]!.kind === 'absent'
        ? node.kids[0]!
        : null;
    default:
      return null;
  }
}
