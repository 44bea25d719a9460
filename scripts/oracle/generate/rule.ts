/** Composes rules out of the operators of the language, about code that a target may hold. */
import { type Block, type Expression, type Statement, writeExpression } from './code.ts';
import { blockPattern, createAbstraction, expressionPattern, sequencePattern, statementPattern } from './pattern.ts';
import { call } from './python.ts';
import type { Random } from './random.ts';

type Formula = Record<string, unknown>;

/** What a rule is made about: a function of the target, or one like it. */
export interface Subject {
  readonly random: Random;
  readonly definition: Block;
}

const FORMS: readonly ((subject: Subject) => Formula)[] = [
  (subject) => ({ pattern: anyPattern(subject, 0.3) }),
  (subject) => ({ pattern: anyPattern(subject, 0.5) }),
  (subject) => ({ 'pattern-either': [{ pattern: anyPattern(subject, 0.3) }, { pattern: anyPattern(subject, 0.4) }] }),
  (subject) => ({ patterns: [{ 'pattern-inside': around(subject) }, { pattern: anyPattern(subject, 0.3) }] }),
  (subject) => ({ patterns: [{ 'pattern-not-inside': around(subject) }, { pattern: anyPattern(subject, 0.4) }] }),
  withNot,
  withCondition,
  withFocus,
  (subject) => ({ match: { all: [anyPattern(subject, 0.5), { not: anyPattern(subject, 0.2) }] } }),
  (subject) => ({
    match: { any: [anyPattern(subject, 0.3), { all: [{ inside: around(subject) }, anyPattern(subject, 0.4)] }] },
  }),
  (subject) => ({
    patterns: [
      { pattern: anyPattern(subject, 0.5) },
      { 'pattern-not-regex': subject.random.pick(['user', 'True', 'SELECT']) },
    ],
  }),
  taint,
  taint,
  taint,
];

export function formula(subject: Subject): Formula {
  return subject.random.pick(FORMS)(subject);
}

function anyPattern({ random, definition }: Subject, bold: number): string {
  const to = createAbstraction(random, bold);
  const kind = random.below(10);
  if (kind < 5) return expressionPattern(anyCall(random, definition), to);
  if (kind < 8) return statementPattern(random.pick(statementsOf(definition)), to);
  if (kind < 9) return sequencePattern(definition.body, to);
  return blockPattern(definition, to);
}

function around({ random, definition }: Subject): string {
  const blocks = statementsOf(definition).filter((one) => one.kind === 'block');
  return blockPattern(random.pick([definition, ...blocks]), createAbstraction(random, 0.5));
}

function withNot({ random, definition }: Subject): Formula {
  const about = anyCall(random, definition);
  const [wide, narrow] = [0.6, 0.2].map((bold) => expressionPattern(about, createAbstraction(random, bold)));
  return { patterns: [{ pattern: wide }, { 'pattern-not': narrow }] };
}

function withCondition({ random, definition }: Subject): Formula {
  const to = createAbstraction(random, 0.6);
  const pattern = expressionPattern(anyCall(random, definition), to);
  const [text = 'x', name = '$CALL'] = random.pick([...to.bound, ['requests.get', '$CALL']]);
  const conditions: Formula[] = [
    { 'metavariable-regex': { metavariable: name, regex: random.pick(['.*', '^[a-z]+$', '.*e', '(?i)"?S', '[^"]']) } },
    { 'metavariable-pattern': { metavariable: name, pattern: text } },
    { 'metavariable-pattern': { metavariable: name, patterns: [{ pattern: '$ANY' }, { 'pattern-not': '"..."' }] } },
    { 'metavariable-comparison': { metavariable: name, comparison: `${name} > 10` } },
    { 'metavariable-type': { metavariable: name, type: 'str' } },
  ];
  return { patterns: [{ pattern }, random.pick(conditions)] };
}

function withFocus({ random, definition }: Subject): Formula {
  const to = createAbstraction(random, 0.6);
  const pattern = expressionPattern(anyCall(random, definition), to);
  const names = [...to.bound.values()];
  return names.length === 0 ? { pattern } : { patterns: [{ pattern }, { 'focus-metavariable': random.pick(names) }] };
}

/** The source is something that may reach the sink: a part of what it is given, or what one of these names was set to. */
function taint({ random, definition }: Subject): Formula {
  const sink = anyCall(random, definition);
  const given = sink.kind === 'call' ? sink.args.flatMap(({ value }) => partsOf(value)) : [];
  const set = statementsOf(definition).flatMap((one) =>
    one.kind === 'assign' && isAmong(one.to, given) ? partsOf(one.value) : [],
  );
  const source = random.pick(
    [...given, ...set, ...set, anyCall(random, definition)].filter(({ kind }) => SOURCES.has(kind)),
  );
  const focused = [{ pattern: anyCallOf(sink, '$SINK, ...') }, { 'focus-metavariable': '$SINK' }];
  const cleaned = [{ pattern: 'clean(...)' }, { pattern: '$X.strip(...)' }];
  return {
    mode: 'taint',
    'pattern-sources': [{ pattern: anyCallOf(source, '...') }],
    'pattern-sinks': [random.chance(0.5) ? { patterns: focused } : { pattern: anyCallOf(sink, '...') }],
    ...(random.chance(0.3) ? { 'pattern-sanitizers': cleaned } : {}),
    ...(random.chance(0.2) ? { options: { [random.pick(OPTIONS)]: true } } : {}),
  };
}

const SOURCES: ReadonlySet<string> = new Set(['name', 'attribute', 'index', 'call']);
const OPTIONS = [
  'taint_assume_safe_functions',
  'taint_assume_safe_indexes',
  'taint_assume_safe_comparisons',
  'taint_only_propagate_through_assignments',
];

function anyCallOf(expression: Expression, args: string): string {
  const of = expression.kind === 'call' ? expression.of : expression;
  return `${writeExpression(of)}${expression.kind === 'call' ? `(${args})` : ''}`;
}

function isAmong(expression: Expression, list: readonly Expression[]): boolean {
  return list.some((one) => writeExpression(one) === writeExpression(expression));
}

/** The expression and those within it. */
function partsOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'attribute':
    case 'index':
      return [expression, ...partsOf(expression.of)];
    case 'call':
      return [expression, ...expression.args.flatMap(({ value }) => partsOf(value))];
    case 'operation':
      return [expression, ...partsOf(expression.left), ...partsOf(expression.right)];
    case 'format':
      return [expression, ...partsOf(expression.value)];
    case 'list':
      return [expression, ...expression.items.flatMap(partsOf)];
    case 'dictionary':
      return [expression, ...expression.entries.flatMap(([, value]) => partsOf(value))];
    default:
      return [expression];
  }
}

function anyCall(random: Random, definition: Block): Expression {
  const calls = statementsOf(definition)
    .flatMap((one) => (one.kind === 'block' ? one.of : [one.value]))
    .filter((one) => one.kind === 'call');
  return calls.length === 0 || random.chance(0.2) ? call(random, 2) : random.pick(calls);
}

function statementsOf({ body, tail }: Block): Statement[] {
  return [...body, ...(tail?.body ?? [])].flatMap((one) =>
    one.kind === 'block' ? [one, ...statementsOf(one)] : [one],
  );
}

/** For messages: every metavariable that a formula may bind and that is written with one letter. */
export function messageFor(text: string): string {
  const names = [...new Set(text.match(/\$[A-Z]\b/g) ?? [])];
  return ['found', ...names].join(' ');
}
