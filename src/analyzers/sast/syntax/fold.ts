/** Arithmetic on literals: `"a" + "b"`, `-1`, `not False`, an f-string whose parts are known. */
import { createNode, type Draft, type SyntaxNode, type SyntaxTree } from './node.ts';

type LiteralOf = (node: SyntaxNode) => SyntaxNode | null;

export const LITERALS: ReadonlySet<string> = new Set(['string', 'bytes', 'integer', 'float', 'constant']);

/** The kind of a literal that is some string of the program's own, which one is not known. */
export const SOME_STRING = 'somestring';

/** Syntax that may come to a literal when its parts do. */
const FOLDED: ReadonlySet<string> = new Set([
  ...['binary', 'unary', 'not', 'boolean', 'comparison', 'conditional', 'fstring'],
]);

/** Longer results are not built: `"a" * 10 ** 9` is somebody's attack and nobody's constant. */
const MAX_LENGTH = 10_000;

/** Of a larger expression nothing is known unless its parts were asked for before (nodes). */
const MAX_SIZE = 100_000;

/** The literal that the expression comes to when `nameOf` says what its names are; null when it does not. Works on any depth. */
export function fold(
  tree: SyntaxTree,
  node: SyntaxNode,
  nameOf: LiteralOf,
  known: Map<SyntaxNode, SyntaxNode | null> = new Map(),
): SyntaxNode | null {
  const literalOf = (at: SyntaxNode): SyntaxNode | null => {
    if (LITERALS.has(at.kind)) return at;
    if (at.kind === 'name') return nameOf(at);
    return FOLDED.has(at.kind) ? (known.get(at) ?? null) : null;
  };
  if (!FOLDED.has(node.kind) || known.has(node)) return literalOf(node);
  const isReady = node.kids.every((kid) => !FOLDED.has(kid.kind) || known.has(kid));
  const last = isReady ? node.index : node.index + Math.min(node.size, MAX_SIZE) - 1;
  for (let i = last; i >= node.index; i--) {
    const at = tree.nodes[i]!;
    if (FOLDED.has(at.kind) && !known.has(at)) known.set(at, foldOne(at, literalOf));
  }
  return literalOf(node);
}

/** The literal of an expression whose parts' literals are known. */
export function foldOne(node: SyntaxNode, literalOf: LiteralOf): SyntaxNode | null {
  switch (node.kind) {
    case 'binary':
    case 'augmented': {
      const [left, right] = [literalOf(node.kids[0]!), literalOf(node.kids[1]!)];
      if (node.text.startsWith('*') && left !== null && isString(left)) return literal(node, SOME_STRING, '');
      return left === null || right === null ? null : foldBinary(node, left, right);
    }
    case 'unary': {
      const value = literalOf(node.kids[0]!);
      if (value === null || !isNumber(value)) return null;
      if (node.text === '+') return literal(node, value.kind, value.text);
      if (node.text === '~') return value.kind === 'integer' ? integer(node, -Number(value.text) - 1) : null;
      return literal(node, value.kind, value.text.startsWith('-') ? value.text.slice(1) : `-${value.text}`);
    }
    case 'not': {
      const value = truth(literalOf(node.kids[0]!));
      return value === null ? null : bool(node, !value);
    }
    case 'boolean': {
      const [left, right] = [truth(literalOf(node.kids[0]!)), truth(literalOf(node.kids[1]!))];
      if (left === null || right === null) return null;
      return bool(node, node.text === 'and' ? left && right : left || right);
    }
    case 'comparison':
      return node.kids.length === 2 ? compare(node, literalOf(node.kids[0]!), literalOf(node.kids[1]!)) : null;
    case 'conditional': {
      const [yes, no] = [literalOf(node.kids[0]!), node.kids[2] === undefined ? null : literalOf(node.kids[2])];
      return isLiteral(yes) && isLiteral(no) ? either(yes, no) : null;
    }
    case 'fstring':
      return foldString(node, literalOf);
    default:
      return null;
  }
}

/** What is known where one of two values is meant: it itself, or that it is a string. */
export function either(a: SyntaxNode | null, b: SyntaxNode | null): SyntaxNode | null {
  if (a === b) return a;
  if (!isLiteral(a) || !isLiteral(b)) return null;
  if (a.kind === b.kind && a.text === b.text) return a;
  return isString(a) && isString(b) ? literal(a, SOME_STRING, '') : null;
}

/** True for a literal's node, and for one that says only that it is a string. */
export function isLiteral(node: SyntaxNode | null): node is SyntaxNode {
  return node !== null && (LITERALS.has(node.kind) || node.kind === SOME_STRING);
}

function foldBinary(node: SyntaxNode, left: SyntaxNode, right: SyntaxNode): SyntaxNode | null {
  const operator = node.kind === 'augmented' ? node.text.replace(/=$/, '') : node.text;
  if (isString(left) && isString(right)) {
    if (operator !== '+') return null;
    const isKnown = left.kind !== SOME_STRING && right.kind !== SOME_STRING;
    const tooLong = left.text.length + right.text.length > MAX_LENGTH;
    return isKnown && !tooLong ? literal(node, left.kind, left.text + right.text) : literal(node, SOME_STRING, '');
  }
  if (left.kind !== 'integer' || right.kind !== 'integer') return null;
  const value = calculate(operator, Number(left.text), Number(right.text));
  return value === null ? null : integer(node, value);
}

function calculate(operator: string, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '**':
      return b < 0 ? null : a ** b;
    case '//':
      return b === 0 ? null : Math.floor(a / b);
    case '%':
      return b === 0 ? null : a - b * Math.floor(a / b);
    case '|':
    case '&':
    case '^':
      return Number.isSafeInteger(a) && Number.isSafeInteger(b) ? bitwise(operator, BigInt(a), BigInt(b)) : null;
    default:
      return null;
  }
}

function bitwise(operator: '|' | '&' | '^', a: bigint, b: bigint): number {
  return Number(operator === '|' ? a | b : operator === '&' ? a & b : a ^ b);
}

/** Of literals only integers are compared. */
function compare(node: SyntaxNode, left: SyntaxNode | null, right: SyntaxNode | null): SyntaxNode | null {
  if (left?.kind !== 'integer' || right?.kind !== 'integer') return null;
  const [a, b] = [Number(left.text), Number(right.text)];
  switch (node.text) {
    case '==':
      return bool(node, a === b);
    case '!=':
      return bool(node, a !== b);
    case '<':
      return bool(node, a < b);
    case '<=':
      return bool(node, a <= b);
    case '>':
      return bool(node, a > b);
    case '>=':
      return bool(node, a >= b);
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

function truth(node: SyntaxNode | null): boolean | null {
  return node?.kind === 'constant' && node.text !== 'None' ? node.text === 'True' : null;
}

function bool(at: SyntaxNode, value: boolean): Draft {
  return literal(at, 'constant', value ? 'True' : 'False');
}

function integer(at: SyntaxNode, value: number): Draft | null {
  return Number.isSafeInteger(value) ? literal(at, 'integer', String(value)) : null;
}

function literal(at: SyntaxNode, kind: string, text: string): Draft {
  return Object.assign(createNode(kind, at.start, at.end, [], text), { parent: at.parent, index: at.index });
}
