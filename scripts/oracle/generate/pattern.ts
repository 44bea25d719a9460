/** Makes a pattern of code: parts of it become metavariables, ellipses and deep expressions. */
import { type Argument, type Block, type Expression, type Statement, writeExpression, writeHead } from './code.ts';
import type { Random } from './random.ts';

/** `bold` is how likely a part is given up for a metavariable or an ellipsis, from 0 to 1. */
export interface Abstraction {
  readonly random: Random;
  readonly bold: number;
  /** Metavariables by the code that they stand for. */
  readonly bound: Map<string, string>;
}

export function createAbstraction(random: Random, bold: number): Abstraction {
  return { random, bold, bound: new Map() };
}

export function expressionPattern(expression: Expression, to: Abstraction): string {
  const { random, bold } = to;
  if (expression.kind !== 'call' && random.chance(bold)) return metavariable(expression, to);
  switch (expression.kind) {
    case 'string':
      return random.chance(bold) ? random.pick(['"..."', '"$TEXT"', '"=~/./"']) : expression.text;
    case 'attribute':
      return `${expressionPattern(expression.of, to)}.${random.chance(bold / 2) ? '$FIELD' : expression.name}`;
    case 'index':
      return `${expressionPattern(expression.of, to)}[${random.chance(bold) ? '...' : expressionPattern(expression.at, to)}]`;
    case 'call':
      return `${random.chance(bold / 2) ? '$CALL' : calledPattern(expression.of, to)}(${argumentPatterns(expression.args, to).join(', ')})`;
    case 'operation':
      return `${operandPattern(expression.left, to)} ${expression.sign} ${operandPattern(expression.right, to)}`;
    case 'format':
      return random.chance(bold) ? random.pick(['f"..."', 'f"...{$VALUE}..."']) : writeExpression(expression);
    case 'list':
      return `[${between(
        expression.items.map((item) => expressionPattern(item, to)),
        to,
      ).join(', ')}]`;
    case 'dictionary': {
      const entries = expression.entries.map(
        ([key, value]) => `${writeExpression(key)}: ${expressionPattern(value, to)}`,
      );
      return `{${between(entries, to).join(', ')}}`;
    }
    default:
      return expression.text;
  }
}

/** What is called keeps its name, so that a pattern asks for something. */
function calledPattern(expression: Expression, to: Abstraction): string {
  if (expression.kind === 'attribute' && expression.of.kind === 'call')
    return `${expressionPattern(expression.of, to)}.${expression.name}`;
  return writeExpression(expression);
}

function operandPattern(expression: Expression, to: Abstraction): string {
  const text = expressionPattern(expression, to);
  return expression.kind === 'operation' && !text.startsWith('$') ? `(${text})` : text;
}

function argumentPatterns(args: readonly Argument[], to: Abstraction): string[] {
  const { random, bold } = to;
  if (random.chance(bold / 2)) return [random.pick(['...', '$...ARGS'])];
  const kept = args.filter(() => !random.chance(bold / 2));
  const texts = kept.map(({ name, value }) => {
    const text = expressionPattern(value, to);
    const deep = random.chance(0.06) && !text.startsWith('$') ? `<... ${text} ...>` : text;
    return name === undefined ? deep : `${name}=${deep}`;
  });
  // Ellipses side by side, and metavariables alone in a deep expression, are listed differences.
  if (kept.length === 0) return args.length === 0 ? [] : ['...'];
  return kept.length < args.length ? ['...', ...texts, '...'] : between(texts, to);
}

/** An ellipsis before, after or on both sides, now and then. */
function between(texts: readonly string[], { random, bold }: Abstraction): string[] {
  if (texts.length === 0 || !random.chance(bold)) return [...texts];
  return random.pick([
    ['...', ...texts],
    [...texts, '...'],
    ['...', ...texts, '...'],
  ]);
}

function metavariable(expression: Expression, { bound, random }: Abstraction): string {
  const text = writeExpression(expression);
  const known = bound.get(text);
  if (known !== undefined) return known;
  if (random.chance(0.1)) return '$_';
  const name = `$${String.fromCharCode('A'.charCodeAt(0) + bound.size)}`;
  bound.set(text, name);
  return name;
}

export function statementPattern(statement: Statement, to: Abstraction): string {
  switch (statement.kind) {
    case 'do':
      return expressionPattern(statement.value, to);
    case 'return':
      return `return ${expressionPattern(statement.value, to)}`;
    case 'assign':
      return `${expressionPattern(statement.to, to)} = ${expressionPattern(statement.value, to)}`;
    case 'block':
      return blockPattern(statement, to);
  }
}

export function blockPattern(block: Block, to: Abstraction): string {
  const { random } = to;
  const isFunction = block.head.includes('def ');
  const head = isFunction
    ? block.head.replace(/def \w+\((.*)\)/, random.chance(0.6) ? 'def $NAME(...)' : 'def $NAME($1)')
    : patternHead(block, to);
  const [inner] = block.body.filter(({ kind }) => kind !== 'block');
  const body = inner === undefined || random.chance(0.5) ? ['...'] : ['...', statementPattern(inner, to), '...'];
  const tail = block.tail === undefined ? [] : [block.tail.head, '    ...'];
  return [head, ...body.map((line) => `    ${line}`), ...tail].join('\n');
}

function patternHead({ head, of }: Block, to: Abstraction): string {
  const names = of.map((one): Expression => ({ kind: 'name', text: expressionPattern(one, to) }));
  return writeHead(head, names);
}

/** Two statements of one body, with a gap. */
export function sequencePattern(body: readonly Statement[], to: Abstraction): string {
  const [first, ...rest] = body.filter(({ kind }) => kind !== 'block' && kind !== 'return');
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return statementPattern(body[0]!, to);
  return [statementPattern(first, to), '...', statementPattern(last, to)].join('\n');
}
