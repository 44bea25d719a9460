/** Python as small trees that can be written, changed, and made a pattern. */

export type Expression =
  | { readonly kind: 'name' | 'number' | 'string' | 'word'; readonly text: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'call'; readonly of: Expression; readonly args: readonly Argument[] }
  | { readonly kind: 'operation'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'format'; readonly before: string; readonly value: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'dictionary'; readonly entries: readonly (readonly [Expression, Expression])[] };

export interface Argument {
  readonly name?: string;
  readonly value: Expression;
}

export type Statement =
  | { readonly kind: 'do' | 'return'; readonly value: Expression }
  | { readonly kind: 'assign'; readonly to: Expression; readonly value: Expression }
  | Block;

/** `{}` in the head stands for one of the expressions; `tail` is an `else` or an `except`. */
export interface Block {
  readonly kind: 'block';
  readonly head: string;
  readonly of: readonly Expression[];
  readonly body: readonly Statement[];
  readonly tail?: { readonly head: string; readonly body: readonly Statement[] };
}

export function writeStatement(statement: Statement, indent = ''): string {
  switch (statement.kind) {
    case 'do':
      return `${indent}${writeExpression(statement.value)}`;
    case 'return':
      return `${indent}return ${writeExpression(statement.value)}`;
    case 'assign':
      return `${indent}${writeExpression(statement.to)} = ${writeExpression(statement.value)}`;
    case 'block':
      return writeBlock(statement, indent);
  }
}

function writeBlock({ head, of, body, tail }: Block, indent: string): string {
  const lines = (list: readonly Statement[]) => list.map((one) => writeStatement(one, `${indent}    `));
  const after = tail === undefined ? [] : [`${indent}${tail.head}`, ...lines(tail.body)];
  return [`${indent}${writeHead(head, of)}`, ...lines(body), ...after].join('\n');
}

export function writeHead(head: string, expressions: readonly Expression[]): string {
  let next = 0;
  return head.replaceAll('{}', () => writeExpression(expressions[next++]!));
}

export function writeExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'attribute':
      return `${writeExpression(expression.of)}.${expression.name}`;
    case 'index':
      return `${writeExpression(expression.of)}[${writeExpression(expression.at)}]`;
    case 'call':
      return `${writeExpression(expression.of)}(${expression.args.map(writeArgument).join(', ')})`;
    case 'operation':
      return `${writeOperand(expression.left)} ${expression.sign} ${writeOperand(expression.right)}`;
    case 'format':
      return `f"${expression.before}{${writeExpression(expression.value)}}"`;
    case 'list':
      return `[${expression.items.map(writeExpression).join(', ')}]`;
    case 'dictionary':
      return `{${expression.entries.map((pair) => pair.map(writeExpression).join(': ')).join(', ')}}`;
    default:
      return expression.text;
  }
}

function writeArgument({ name, value }: Argument): string {
  return name === undefined ? writeExpression(value) : `${name}=${writeExpression(value)}`;
}

function writeOperand(expression: Expression): string {
  return expression.kind === 'operation' ? `(${writeExpression(expression)})` : writeExpression(expression);
}
