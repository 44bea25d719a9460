/** The small language of metavariable-comparison: Python's arithmetic and comparisons over literals. */
import { type Bindings, lookup } from '#analyzers/sast/pattern/bindings.ts';
import type { Run } from '#analyzers/sast/pattern/matcher.ts';
import { encodePattern } from '#analyzers/sast/pattern/pattern-text.ts';
import { metavariable } from '#analyzers/sast/pattern/signs.ts';
import { compileExpression, isExpressionError } from '#analyzers/sast/regex/expression.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { PythonParser } from '#analyzers/sast/syntax/parser.ts';

export type Comparison = (bindings: Bindings, run: Run) => boolean;

type Value = number | string | boolean | null | readonly Value[];

/** Not known: no comparison with it holds. */
const UNKNOWN = undefined;
type Maybe = Value | typeof UNKNOWN;

interface Context {
  readonly bindings: Bindings;
  readonly run: Run;
}

/** A string is what is wrong with the expression. */
export function compileComparison(parser: PythonParser, source: string): Comparison | string {
  const tree = parser.parse(encodePattern(source))!;
  const [statement] = tree.root.kids;
  if (tree.errorAt !== null || tree.root.kids.length !== 1 || statement?.kind !== 'expr')
    return 'the comparison is not a Python expression';
  const unknown = tree.nodes.find((node) => node !== tree.root && node !== statement && !isKnown(node));
  if (unknown !== undefined) return `a comparison cannot use \`${source.trim()}\``;
  const expression = statement.kids[0]!;
  return (bindings, run) => evaluate(expression, { bindings, run }) === true;
}

function isKnown(node: SyntaxNode): boolean {
  return KNOWN_KINDS.has(node.kind) && (node.kind !== 'call' || KNOWN_CALLS.has(calleeName(node)));
}

const KNOWN_CALLS: ReadonlySet<string> = new Set(['int', 'float', 'str', 'len', 're.match', 're.search']);

const KNOWN_KINDS: ReadonlySet<string> = new Set([
  ...['name', 'word', 'integer', 'float', 'string', 'constant', 'list', 'tuple', 'binary', 'unary', 'not', 'boolean'],
  ...['comparison', 'call', 'arguments', 'attribute'],
]);

function evaluate(node: SyntaxNode, context: Context): Maybe {
  switch (node.kind) {
    case 'integer':
    case 'float':
      return Number(node.text);
    case 'string':
      return node.text;
    case 'constant':
      return node.text === 'None' ? null : node.text === 'True';
    case 'list':
    case 'tuple': {
      const values = node.kids.map((kid) => evaluate(kid, context));
      return values.includes(UNKNOWN) ? UNKNOWN : (values as Value[]);
    }
    case 'name':
      return boundValue(node, context);
    case 'binary':
      return calculate(node.text, evaluate(node.kids[0]!, context), evaluate(node.kids[1]!, context));
    case 'unary':
      return calculate('-', 0, evaluate(node.kids[0]!, context));
    case 'not': {
      const value = evaluate(node.kids[0]!, context);
      return value === UNKNOWN ? UNKNOWN : !value;
    }
    case 'boolean': {
      const left = evaluate(node.kids[0]!, context) === true;
      const right = () => evaluate(node.kids[1]!, context) === true;
      return node.text === 'and' ? left && right() : left || right();
    }
    case 'comparison':
      return compareAll(node, context);
    case 'call':
      return call(node, context);
    default:
      return UNKNOWN;
  }
}

function boundValue(node: SyntaxNode, { bindings, run }: Context): Maybe {
  const name = metavariable(node);
  const bound = name === null ? null : lookup(bindings, name);
  if (bound === null) return UNKNOWN;
  if (bound.text !== null) return bound.text;
  const literal = bound.nodes.length === 1 ? run.constants.literal(bound.nodes[0]!) : null;
  if (literal === null) return UNKNOWN;
  return evaluate(literal, { bindings, run });
}

function compareAll(node: SyntaxNode, context: Context): boolean {
  const operators = node.text.replaceAll('not in', 'not-in').replaceAll('is not', 'is-not').split(' ');
  const values = node.kids.map((kid) => evaluate(kid, context));
  return operators.every((operator, i) => compare(operator, values[i], values[i + 1]));
}

function compare(operator: string, a: Maybe, b: Maybe): boolean {
  if (a === UNKNOWN || b === UNKNOWN) return false;
  if (operator === '==' || operator === 'is') return same(a, b);
  if (operator === '!=' || operator === 'is-not') return !same(a, b);
  if (operator === 'in' || operator === 'not-in') {
    const holds = Array.isArray(b)
      ? b.some((item: Value) => same(a, item))
      : typeof b === 'string' && typeof a === 'string' && b.includes(a);
    return holds === (operator === 'in');
  }
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) return false;
  const [x, y] = [a, b as typeof a];
  return operator === '<' ? x < y : operator === '<=' ? x <= y : operator === '>' ? x > y : operator === '>=' && x >= y;
}

function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  return a === b;
}

function calculate(operator: string, a: Maybe, b: Maybe): Maybe {
  if (typeof a === 'string' && typeof b === 'string' && operator === '+') return a + b;
  if (typeof a !== 'number' || typeof b !== 'number') return UNKNOWN;
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor(a / b);
    case '%':
      return a - b * Math.floor(a / b);
    case '**':
      return a ** b;
    default:
      return UNKNOWN;
  }
}

function calleeName(node: SyntaxNode): string {
  const callee = node.kids[0]!;
  return callee.kind === 'attribute' ? `${callee.kids[0]!.text}.${callee.kids[1]!.text}` : callee.text;
}

function call(node: SyntaxNode, context: Context): Maybe {
  const [first, second] = node.kids[1]!.kids.map((kid) => evaluate(kid, context));
  if (first === UNKNOWN) return UNKNOWN;
  const name = calleeName(node);
  switch (name) {
    case 'int':
    case 'float': {
      const value = Number(first);
      return Number.isNaN(value) ? UNKNOWN : name === 'int' ? Math.trunc(value) : value;
    }
    case 'str':
      return String(first);
    case 'len':
      return typeof first === 'string' || Array.isArray(first) ? first.length : UNKNOWN;
    case 're.match':
    case 're.search': {
      if (typeof first !== 'string' || typeof second !== 'string') return UNKNOWN;
      const expression = compileExpression(first);
      if (isExpressionError(expression)) return UNKNOWN;
      return name === 're.match' ? expression.lookingAt(second) : expression.search(second);
    }
    default:
      return UNKNOWN;
  }
}
