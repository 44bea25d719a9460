/** Arithmetic on literals: `"a" + "b"`, `-1`, `not False`, an f-string whose parts are known. */
import { createNode, type Draft, type SyntaxNode } from './node.ts';

type LiteralOf = (node: SyntaxNode) => SyntaxNode | null;

/** The kind of a literal that is some string of the program's own, which one is not known. */
export const SOME_STRING = 'somestring';

/** Longer results are not built: `"a" * 10 ** 9` is somebody's attack and nobody's constant. */
const MAX_LENGTH = 10_000;

/** The literal that the expression comes to when its parts are literals; null when it does not. */
export function fold(node: SyntaxNode, literalOf: LiteralOf): SyntaxNode | null {
  switch (node.kind) {
    case 'binary':
    case 'augmented': {
      const [left, right] = [literalOf(node.kids[0]!), literalOf(node.kids[1]!)];
      if (node.text.startsWith('*') && left !== null && isString(left)) return literal(node, SOME_STRING, '');
      return left === null || right === null ? null : foldBinary(node, left, right);
    }
    case 'unary': {
      const value = literalOf(node.kids[0]!);
      if (value === null || node.text !== '-' || !isNumber(value)) return null;
      return literal(node, value.kind, value.text.startsWith('-') ? value.text.slice(1) : `-${value.text}`);
    }
    case 'not': {
      const value = literalOf(node.kids[0]!);
      if (value?.kind !== 'constant') return null;
      return literal(node, 'constant', value.text === 'True' ? 'False' : 'True');
    }
    case 'conditional': {
      const [yes, no] = [literalOf(node.kids[0]!), node.kids[2] === undefined ? null : literalOf(node.kids[2])];
      return either(yes, no);
    }
    case 'fstring':
      return foldString(node, literalOf);
    default:
      return null;
  }
}

/** What is known where one of two literals is meant: it itself, or that it is a string. */
export function either(a: SyntaxNode | null, b: SyntaxNode | null): SyntaxNode | null {
  if (a === null || b === null) return null;
  if (a.kind === b.kind && a.text === b.text) return a;
  return isString(a) && isString(b) ? literal(a, SOME_STRING, '') : null;
}

function foldBinary(node: SyntaxNode, left: SyntaxNode, right: SyntaxNode): SyntaxNode | null {
  const operator = node.text.replace(/=$/, '');
  if (isString(left) && isString(right)) {
    if (operator !== '+') return null;
    const isKnown = left.kind === right.kind && left.kind !== SOME_STRING;
    const tooLong = left.text.length + right.text.length > MAX_LENGTH;
    return isKnown && !tooLong ? literal(node, left.kind, left.text + right.text) : literal(node, SOME_STRING, '');
  }
  if (left.kind !== 'integer' || right.kind !== 'integer') return null;
  const value = calculate(operator, Number(left.text), Number(right.text));
  return value !== null && Number.isSafeInteger(value) ? literal(node, 'integer', String(value)) : null;
}

function calculate(operator: string, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return b === 0 ? null : Math.floor(a / b);
    case '%':
      return b === 0 ? null : a - b * Math.floor(a / b);
    default:
      return null;
  }
}

function foldString(node: SyntaxNode, literalOf: LiteralOf): SyntaxNode | null {
  let text = '';
  for (const kid of node.kids) {
    const part = kid.kind === 'chunk' ? kid : kid.kids.length === 1 ? literalOf(kid.kids[0]!) : null;
    if (part === null || part.kind === 'bytes' || part.kind === SOME_STRING) return null;
    if (text.length + part.text.length > MAX_LENGTH) return null;
    text += part.text;
  }
  return literal(node, 'string', text);
}

function isString(node: SyntaxNode): boolean {
  return node.kind === 'string' || node.kind === 'bytes' || node.kind === SOME_STRING;
}

function isNumber(node: SyntaxNode): boolean {
  return node.kind === 'integer' || node.kind === 'float';
}

function literal(at: SyntaxNode, kind: string, text: string): Draft {
  return Object.assign(createNode(kind, at.start, at.end, [], text), { parent: at.parent, index: at.index });
}
