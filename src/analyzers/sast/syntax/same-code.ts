/** Whether two pieces of a program are the same code: what a metavariable that stands in two places asks. */
import { isSameBinder } from './binders.ts';
import { isWord, type SyntaxNode } from './node.ts';

/** True when both stand for the same code, whatever its layout, parentheses and quotes. */
export function sameCode(a: SyntaxNode, b: SyntaxNode): boolean {
  const left = [a];
  const right = [b];
  for (let x = left.pop(), y = right.pop(); x !== undefined && y !== undefined; x = left.pop(), y = right.pop()) {
    if (x === y) continue;
    if (x.text !== y.text || x.kids.length !== y.kids.length) return false;
    if (x.kind !== y.kind && !(isWord(x) && isWord(y))) return false;
    if (isWord(x) && !isSameBinder(x, y)) return false;
    for (const kid of x.kids) left.push(kid);
    for (const kid of y.kids) right.push(kid);
  }
  return true;
}
