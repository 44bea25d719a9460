/** The small language of metavariable-comparison: Python's arithmetic and comparisons over literals. */
import { type Bindings, type Bound, lookup } from '#analyzers/sast/pattern/bindings.ts';
import type { Run } from '#analyzers/sast/pattern/matcher.ts';
import { encodePattern } from '#analyzers/sast/pattern/pattern-text.ts';
import { metavariable } from '#analyzers/sast/pattern/signs.ts';
import { compileExpression, type Expression, isExpressionError } from '#analyzers/sast/regex/expression.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { PythonParser } from '#analyzers/sast/syntax/parser.ts';
import {
  calculate,
  compare,
  isNumber,
  type Maybe,
  toInteger,
  toTime,
  UNKNOWN,
  type Value,
} from './comparison-value.ts';

/** False also where a part of it is not known: `$X > 5 or $Y > 5` needs both. */
export type Comparison = (bindings: Bindings, run: Run) => boolean;

interface Context {
  readonly bindings: Bindings;
  readonly run: Run;
  /** Metavariables stand for integers, also those within quotes. */
  readonly strip: boolean;
  readonly expressions: Map<string, Expression | null>;
}

/** Deeper expressions, in the rule or in the code, are not known. */
const MAX_DEPTH = 100;
/** UTF-16 units; a longer comparison is refused. */
const MAX_LENGTH = 10_000;

/** A string is what is wrong with the expression. */
export function compileComparison(parser: PythonParser, source: string, strip = false): Comparison | string {
  const tree = source.length > MAX_LENGTH ? null : parser.parse(encodePattern(source.trim()));
  const [statement] = tree?.root.kids ?? [];
  if (tree === null || tree.errorAt !== null || tree.root.kids.length !== 1 || statement?.kind !== 'expr')
    return 'the comparison is not a Python expression';
  const expressions = new Map<string, Expression | null>();
  const expression = statement.kids[0]!;
  return (bindings, run) => evaluate(expression, { bindings, run, strip, expressions }, 0) === true;
}

function evaluate(node: SyntaxNode, context: Context, depth: number): Maybe {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const of = (kid: SyntaxNode) => evaluate(kid, context, depth + 1);
  const { kids, text } = node;
  switch (node.kind) {
    case 'integer':
      return toInteger(text);
    case 'float':
      return Number(text);
    case 'string':
      return text;
    case 'constant':
      return text === 'None' ? UNKNOWN : text === 'True';
    case 'list': {
      const values = kids.map(of);
      return values.includes(UNKNOWN) ? UNKNOWN : (values as Value[]);
    }
    case 'name':
      return metavariableValue(node, context, depth);
    case 'binary':
      return calculate(text, of(kids[0]!), of(kids[1]!));
    case 'unary':
      return unary(text, of(kids[0]!));
    case 'not': {
      const value = of(kids[0]!);
      return typeof value === 'boolean' ? !value : UNKNOWN;
    }
    case 'boolean': {
      const [left, right] = [of(kids[0]!), of(kids[1]!)];
      if (typeof left !== 'boolean' || typeof right !== 'boolean') return UNKNOWN;
      return text === 'and' ? left && right : left || right;
    }
    case 'comparison':
      return kids.length === 2 ? compare(text, of(kids[0]!), of(kids[1]!)) : UNKNOWN;
    case 'call':
      return call(node, context, depth);
    default:
      return UNKNOWN;
  }
}

function unary(operator: string, value: Maybe): Maybe {
  if (operator === '-') return calculate('-', typeof value === 'bigint' ? 0n : 0, value);
  if (operator === '~') return typeof value === 'bigint' ? ~value : UNKNOWN;
  return isNumber(value) ? value : UNKNOWN;
}

function boundTo(node: SyntaxNode, { bindings }: Context): Bound | null {
  const name = node.kind === 'name' ? metavariable(node) : null;
  return name === null ? null : lookup(bindings, name);
}

function metavariableValue(node: SyntaxNode, context: Context, depth: number): Maybe {
  const bound = boundTo(node, context);
  if (bound === null) return UNKNOWN;
  const value = literalValue(bound, context, depth);
  return context.strip && typeof value === 'string' ? toInteger(value) : value;
}

/** The literal that the code is or comes to; strings are put together for a variable only. */
function literalValue(bound: Bound, context: Context, depth: number): Maybe {
  const { constants, tree } = context.run;
  if (bound.text !== null) {
    const text = tree.text.slice(bound.start, bound.end);
    const number = bound.isWord ? toInteger(text) : UNKNOWN;
    return number === UNKNOWN ? text : number;
  }
  const [node] = bound.nodes;
  if (node === undefined || bound.nodes.length !== 1) return UNKNOWN;
  const literal = node.kind === 'list' ? node : constants.literal(node);
  if (literal === null || (literal.kind === 'string' && node.kind === 'binary')) return UNKNOWN;
  if (literal.kind !== 'list') return evaluate(literal, context, depth + 1);
  const items = literal.kids.map((kid) => {
    const item = kid.kind === 'list' ? kid : constants.literal(kid);
    return item === null ? UNKNOWN : evaluate(item, context, depth + 1);
  });
  return items.includes(UNKNOWN) ? UNKNOWN : (items as Value[]);
}

/** Functions of any other name are not known. */
function call(node: SyntaxNode, context: Context, depth: number): Maybe {
  const [callee, list] = node.kids as [SyntaxNode, SyntaxNode];
  const name = callee.kind === 'attribute' ? callee.kids.map(({ text }) => text).join('.') : callee.text;
  const values = () => list.kids.map((kid) => evaluate(kid, context, depth + 1));
  switch (`${name}/${list.kids.length}`) {
    case 'int/1': {
      const [value] = values();
      return typeof value === 'string' ? toInteger(value) : typeof value === 'bigint' ? value : UNKNOWN;
    }
    case 'str/1':
      return textOf(list.kids[0]!, context, depth);
    case 'today/0':
      return Date.now() / 1000;
    case 'strptime/1': {
      const [value] = values();
      return typeof value === 'string' ? toTime(value) : UNKNOWN;
    }
    case 're.match/2':
      return matches(values(), list.kids[0]!, context);
    default:
      return UNKNOWN;
  }
}

/** Code that comes to no literal is the text that it is written as. */
function textOf(node: SyntaxNode, context: Context, depth: number): Maybe {
  const value = evaluate(node, context, depth + 1);
  if (value !== UNKNOWN) return typeof value === 'object' ? UNKNOWN : String(value);
  const bound = boundTo(node, context);
  return bound === null ? UNKNOWN : context.run.tree.text.slice(bound.start, bound.end);
}

/** The expression comes from the rule, never from the code. */
function matches([source, text]: readonly Maybe[], node: SyntaxNode, { expressions }: Context): Maybe {
  if (node.kind !== 'string' || typeof source !== 'string' || typeof text !== 'string') return UNKNOWN;
  let expression = expressions.get(source);
  if (expression === undefined) {
    const compiled = compileExpression(source);
    expression = isExpressionError(compiled) ? null : compiled;
    expressions.set(source, expression);
  }
  return expression === null ? UNKNOWN : expression.lookingAt(text);
}
