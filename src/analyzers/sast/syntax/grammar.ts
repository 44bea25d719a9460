/** What each node of tree-sitter-python becomes in our tree: one entry for each type, kids at fixed places. */
import { asArguments, slicePlaces, subscripts, withParentheses } from './build-expressions.ts';
import {
  casePattern,
  decorated,
  decorator,
  decorators,
  deleteStatement,
  emptyParameters,
  forLoop,
  handler,
  ifChain,
  importFrom,
  importStatement,
  moduleName,
  parameter,
  parameterOf,
  python2Call,
  raiseStatement,
  statements,
  tryStatement,
  upToBody,
  withChain,
} from './build-statements.ts';
import { joinedString, stringNode } from './build-strings.ts';
import { type Frame, field, inner, isTuple, keep, operands, operator, unwrap, without, word } from './frame.ts';
import { floatValue, integerValue } from './literals.ts';
import { ABSENT, createNode, type Draft } from './node.ts';

/** Types that are taken as text, whatever they have below. */
export const LEAVES: ReadonlySet<string> = new Set([
  ...['identifier', 'integer', 'float', 'true', 'false', 'none', 'ellipsis', 'dotted_name', 'relative_import'],
  ...['string_start', 'string_content', 'type_conversion', 'wildcard_import', 'keyword_separator'],
  ...['positional_separator', 'pass_statement', 'break_statement', 'continue_statement'],
]);

export function createLeaf(type: string, text: string, start: number, end: number): Draft {
  const source = text.slice(start, end);
  const [kind, value] = leafValue(type, source);
  return createNode(kind, start, end, [], value);
}

function leafValue(type: string, source: string): [kind: string, value: string] {
  switch (type) {
    case 'identifier':
      return ['name', plainName(source)];
    case 'integer':
      return ['integer', integerValue(source)];
    case 'float':
      return ['float', floatValue(source)];
    case 'true':
      return ['constant', 'True'];
    case 'false':
      return ['constant', 'False'];
    case 'none':
      return ['constant', 'None'];
    case 'dotted_name':
    case 'relative_import':
      return ['dotted', plainName(source.replace(/\s+|\\\r?\n/g, ''))];
    case 'keyword_separator':
    case 'positional_separator':
      return ['separator', source];
    default:
      return [type.replace('_statement', ''), LEAF_TEXT.has(type) ? source : ''];
  }
}

const LEAF_TEXT = new Set(['string_start', 'string_content', 'type_conversion', 'wildcard_import']);

/** Python compares identifiers in NFKC. Source: The Python Language Reference, 2.3 Identifiers and keywords. */
function plainName(source: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what needs no normalization
  return /^[\x00-\x7f]*$/.test(source) ? source : source.normalize('NFKC');
}

type Build = (frame: Frame, text: string) => Draft;

const BUILDERS: Readonly<Record<string, Build>> = {
  // Expressions
  parenthesized_expression: withParentheses,
  parenthesized_list_splat: unwrap,
  attribute: (f) => inner(f, 'attribute', [field(f, 'object'), word(field(f, 'attribute'))]),
  call: (f) => inner(f, 'call', [field(f, 'function'), asArguments(field(f, 'arguments'))]),
  argument_list: (f) => inner(f, 'arguments', f.kids),
  keyword_argument: (f) => inner(f, 'keyword', [word(field(f, 'name')), field(f, 'value')]),
  list_splat: (f) => inner(f, 'splat', f.kids),
  list_splat_pattern: (f) => inner(f, 'splat', f.kids),
  dictionary_splat: (f) => inner(f, 'doublesplat', f.kids),
  dictionary_splat_pattern: (f) => inner(f, 'doublesplat', f.kids),
  binary_operator: (f) => inner(f, 'binary', operands(f), operator(f)),
  boolean_operator: (f) => inner(f, 'boolean', operands(f), operator(f)),
  comparison_operator: (f) => inner(f, 'comparison', f.kids, f.tokens.map((token) => token.text).join(' ')),
  not_operator: (f) => inner(f, 'not', [field(f, 'argument')]),
  unary_operator: (f) => inner(f, 'unary', [field(f, 'argument')], operator(f)),
  conditional_expression: (f) => inner(f, 'conditional', f.kids),
  named_expression: (f) => inner(f, 'assignment', [field(f, 'name'), ABSENT, field(f, 'value')], ':='),
  lambda: (f) => inner(f, 'lambda', [field(f, 'parameters', emptyParameters(f)), field(f, 'body')]),
  await: (f) => inner(f, 'await', f.kids),
  yield: (f) => inner(f, 'yield', [f.kids[0] ?? ABSENT], operator(f)),
  subscript: (f) => inner(f, 'subscript', [field(f, 'value'), subscripts(f)]),
  slice: (f) => inner(f, 'slice', slicePlaces(f)),
  list: (f) => inner(f, 'list', f.kids),
  list_pattern: (f) => inner(f, 'list', f.kids),
  tuple: (f) => inner(f, 'tuple', f.kids),
  tuple_pattern: (f) => inner(f, 'tuple', f.kids),
  pattern_list: (f) => inner(f, 'tuple', f.kids),
  expression_list: (f) => inner(f, 'tuple', f.kids),
  set: (f) => inner(f, 'set', f.kids),
  dictionary: (f) => inner(f, 'dict', f.kids),
  as_pattern: (f) => inner(f, 'as', [f.kids[0] ?? ABSENT, f.kids[1] ?? ABSENT]),
  as_pattern_target: unwrap,

  // Strings
  string: stringNode,
  concatenated_string: (f) => joinedString(f, f.kids),
  interpolation: (f) => inner(f, 'interpolation', f.kids),

  // Types are expressions to a pattern
  type: unwrap,
  generic_type: (f) => inner(f, 'subscript', [f.kids[0] ?? ABSENT, f.kids[1] ?? ABSENT]),
  type_parameter: (f) => (f.kids.length === 1 ? f.kids[0]! : inner(f, 'tuple', f.kids)),
  union_type: (f) => inner(f, 'binary', f.kids, '|'),
  member_type: (f) => inner(f, 'attribute', [f.kids[0] ?? ABSENT, word(f.kids[1] ?? ABSENT)]),

  module: statements,
  block: statements,

  // Simple statements
  expression_statement: (f) => inner(f, 'expr', isTuple(f) ? [inner(f, 'tuple', f.kids)] : f.kids),
  assignment: (f) => inner(f, 'assignment', [field(f, 'left'), field(f, 'type'), field(f, 'right')]),
  augmented_assignment: (f) => inner(f, 'augmented', operands(f), operator(f)),
  return_statement: (f) => inner(f, 'return', [f.kids[0] ?? ABSENT]),
  raise_statement: raiseStatement,
  assert_statement: (f) => inner(f, 'assert', [f.kids[0] ?? ABSENT, f.kids[1] ?? ABSENT]),
  delete_statement: deleteStatement,
  global_statement: (f) => inner(f, 'global', f.kids.map(word)),
  nonlocal_statement: (f) => inner(f, 'nonlocal', f.kids.map(word)),
  print_statement: (f) => python2Call(f, 'print'),
  exec_statement: (f) => python2Call(f, 'exec'),
  import_statement: importStatement,
  import_from_statement: (f) => importFrom(f, without(f, 'module_name'), moduleName(f)),
  future_import_statement: (f) => importFrom(f, f.kids, '__future__'),
  aliased_import: (f) => inner(f, 'item', [word(field(f, 'alias'))], field(f, 'name').text),

  // Compound statements
  if_statement: ifChain,
  elif_clause: (f) => inner(f, 'elif', [field(f, 'condition'), field(f, 'consequence')]),
  else_clause: (f) => field(f, 'body', createNode('block', f.end, f.end)) as Draft,
  for_statement: forLoop,
  while_statement: (f) =>
    upToBody(inner(f, 'while', [field(f, 'condition'), field(f, 'body'), field(f, 'alternative')]), 1),
  with_statement: withChain,
  with_clause: (f) => inner(f, 'items', f.kids),
  with_item: unwrap,
  try_statement: tryStatement,
  except_clause: handler,
  finally_clause: (f) => inner(f, 'finally', f.kids),
  case_pattern: casePattern,

  // Definitions
  decorator,
  decorated_definition: decorated,
  function_definition: (f) =>
    inner(
      f,
      'function',
      [word(field(f, 'name')), field(f, 'parameters'), field(f, 'return_type'), field(f, 'body'), decorators(f, [])],
      operator(f) === 'async' ? 'async' : '',
    ),
  class_definition: (f) =>
    inner(f, 'class', [word(field(f, 'name')), field(f, 'superclasses'), field(f, 'body'), decorators(f, [])]),
  parameters: (f) => inner(f, 'parameters', f.kids.map(parameter)),
  lambda_parameters: (f) => inner(f, 'parameters', f.kids.map(parameter)),
  default_parameter: (f) => parameterOf(f, field(f, 'name'), ABSENT, field(f, 'value')),
  typed_parameter: (f) => parameterOf(f, without(f, 'type')[0] ?? ABSENT, field(f, 'type'), ABSENT),
  typed_default_parameter: (f) => parameterOf(f, field(f, 'name'), field(f, 'type'), field(f, 'value')),
};

/** A type without an entry keeps its name and all its kids. */
export function createInner(frame: Frame, text: string): Draft {
  return (BUILDERS[frame.type] ?? keep)(frame, text);
}
