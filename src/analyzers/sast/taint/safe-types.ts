/** Expressions of which their shape says that they are a number or a truth value. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '//', '%', '**']);

export function isBoolean(node: SyntaxNode): boolean {
  return node.kind === 'comparison' || node.kind === 'not';
}

/** One step down on each side is what people write: `x + 1`. */
export function isNumber(node: SyntaxNode): boolean {
  return node.kind === 'binary' && ARITHMETIC.has(node.text) && node.kids.some(isNumeral);
}

function isNumeral(node: SyntaxNode): boolean {
  return node.kind === 'integer' || node.kind === 'float';
}
