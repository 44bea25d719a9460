/** What each node of tree-sitter-python becomes in our tree: one entry for each type, kids at fixed places. */
import { floatValue, integerValue, unescapeString } from './literals.ts';
import { ABSENT, createNode, type Draft, type SyntaxNode } from './node.ts';

/** A node of tree-sitter whose children have been seen; `fields` runs along `kids`, `at` counts the kids before a token. */
export interface Frame {
  type: string;
  start: number;
  end: number;
  kids: Draft[];
  readonly fields: string[];
  readonly tokens: { readonly text: string; readonly at: number }[];
}

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
  named_expression: (f) => inner(f, 'assignment', [field(f, 'name'), ABSENT, field(f, 'value')]),
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

  // Simple statements
  expression_statement: (f) => inner(f, 'expr', isTuple(f) ? [inner(f, 'tuple', f.kids)] : f.kids),
  assignment: (f) => inner(f, 'assignment', [field(f, 'left'), field(f, 'type'), field(f, 'right')]),
  augmented_assignment: (f) => inner(f, 'augmented', operands(f), operator(f)),
  return_statement: (f) => inner(f, 'return', [f.kids[0] ?? ABSENT]),
  raise_statement: (f) => inner(f, 'raise', [without(f, 'cause')[0] ?? ABSENT, field(f, 'cause')]),
  assert_statement: (f) => inner(f, 'assert', [f.kids[0] ?? ABSENT, f.kids[1] ?? ABSENT]),
  delete_statement: (f) => inner(f, 'delete', f.kids[0]?.kind === 'tuple' ? f.kids[0].kids : f.kids),
  global_statement: (f) => inner(f, 'global', f.kids.map(word)),
  nonlocal_statement: (f) => inner(f, 'nonlocal', f.kids.map(word)),
  print_statement: (f) => python2Call(f, 'print'),
  exec_statement: (f) => python2Call(f, 'exec'),
  import_statement: (f) => inner(f, 'import', f.kids.map(importItem)),
  import_from_statement: (f) => inner(f, 'import_from', without(f, 'module_name').map(importItem), moduleName(f)),
  future_import_statement: (f) => inner(f, 'import_from', f.kids.map(importItem), '__future__'),
  aliased_import: (f) => inner(f, 'item', [word(field(f, 'alias'))], field(f, 'name').text),

  // Compound statements
  if_statement: ifChain,
  elif_clause: (f) => inner(f, 'elif', [field(f, 'condition'), field(f, 'consequence')]),
  else_clause: (f) => field(f, 'body', createNode('block', f.end, f.end)) as Draft,
  for_statement: (f) =>
    inner(f, 'for', [field(f, 'left'), field(f, 'right'), field(f, 'body'), field(f, 'alternative')]),
  while_statement: (f) => inner(f, 'while', [field(f, 'condition'), field(f, 'body'), field(f, 'alternative')]),
  with_statement: withChain,
  with_clause: (f) => inner(f, 'items', f.kids),
  with_item: unwrap,
  try_statement: tryStatement,
  except_clause: handler,
  finally_clause: (f) => inner(f, 'finally', f.kids),
  case_pattern: casePattern,

  // Definitions
  decorator: unwrap,
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

function keep(f: Frame): Draft {
  return inner(f, f.type, f.kids);
}

function inner(f: Frame, kind: string, kids: readonly SyntaxNode[], text = ''): Draft {
  return createNode(kind, f.start, f.end, kids, text);
}

function unwrap(f: Frame): Draft {
  return f.kids.length === 1 ? f.kids[0]! : keep(f);
}

/** Parentheses are no node, but they belong to the place of what they hold. */
function withParentheses(f: Frame): Draft {
  return f.kids.length === 1 ? Object.assign(f.kids[0]!, { start: f.start, end: f.end }) : keep(f);
}

function field(f: Frame, name: string, otherwise: SyntaxNode = ABSENT): SyntaxNode {
  const at = f.fields.indexOf(name);
  return at === -1 ? otherwise : f.kids[at]!;
}

function without(f: Frame, name: string): Draft[] {
  return f.kids.filter((_, i) => f.fields[i] !== name);
}

function operands(f: Frame): SyntaxNode[] {
  return [field(f, 'left'), field(f, 'right')];
}

function operator(f: Frame): string {
  return f.tokens.find((token) => token.text !== ',' && token.text !== ':')?.text ?? '';
}

/** The name of a thing instead of its use, so that it is no expression. */
function word(node: SyntaxNode): SyntaxNode {
  if (node.kind === 'name') (node as Draft).kind = 'word';
  return node;
}

function asArguments(node: SyntaxNode): SyntaxNode {
  return node.kind === 'arguments'
    ? node
    : createNode('arguments', node.start, node.end, node === ABSENT ? [] : [node]);
}

/** A comma makes a tuple, also behind a single element. */
function isTuple(f: Frame): boolean {
  return f.tokens.some((token) => token.text === ',');
}

function subscripts(f: Frame): SyntaxNode {
  const places = f.kids.filter((_, i) => f.fields[i] === 'subscript');
  return places.length !== 1 || isTuple(f)
    ? createNode('tuple', places[0]?.start ?? f.end, places.at(-1)?.end ?? f.end, places)
    : places[0]!;
}

function slicePlaces(f: Frame): SyntaxNode[] {
  const places = [ABSENT, ABSENT, ABSENT];
  for (const [i, kid] of f.kids.entries()) {
    const place = f.tokens.filter((token) => token.text === ':' && token.at <= i).length;
    places[place] = kid;
  }
  return places;
}

function stringNode(f: Frame, text: string): Draft {
  const opening = f.kids[0]?.kind === 'string_start' ? f.kids[0].text : '';
  const prefix = opening.replace(/["']+$/, '').toLowerCase();
  const parts = f.kids.filter((kid) => kid.kind !== 'string_start');
  const value = (source: string) => (prefix.includes('r') ? source : unescapeString(source));
  if (prefix.includes('f') || prefix.includes('t')) {
    const kids = parts.map((part) =>
      part.kind === 'string_content'
        ? createNode(
            'chunk',
            part.start,
            part.end,
            [],
            value(part.text).replace(/\{\{|\}\}/g, (two) => two[0]!),
          )
        : part,
    );
    return inner(f, 'fstring', kids);
  }
  const content = text.slice(parts[0]?.start ?? f.end, parts.at(-1)?.end ?? f.end);
  return inner(f, prefix.includes('b') ? 'bytes' : 'string', [], value(content));
}

/** Neighbouring literals are one literal; it is an f-string when one of them is. */
function joinedString(f: Frame, pieces: readonly Draft[]): Draft {
  if (pieces.every((piece) => piece.kind !== 'fstring')) {
    const text = pieces.map((piece) => piece.text).join('');
    return inner(f, pieces[0]?.kind ?? 'string', [], text);
  }
  const kids = pieces.flatMap((piece) =>
    piece.kind === 'fstring' ? piece.kids : [createNode('chunk', piece.start, piece.end, [], piece.text)],
  );
  return inner(f, 'fstring', kids);
}

/** Python 2's statements are calls of the functions that they became. */
function python2Call(f: Frame, name: string): Draft {
  const args = createNode('arguments', f.start, f.end, f.kids);
  return inner(f, 'expr', [inner(f, 'call', [createNode('name', f.start, f.start, [], name), args])]);
}

function importItem(node: SyntaxNode): SyntaxNode {
  if (node.kind === 'item') return node;
  const name = node.kind === 'wildcard_import' ? '*' : node.text;
  return createNode('item', node.start, node.end, [ABSENT], name);
}

function moduleName(f: Frame): string {
  return field(f, 'module_name').text;
}

/** `elif` is an `else` that holds another `if`. */
function ifChain(f: Frame): Draft {
  let alternative: SyntaxNode = ABSENT;
  let end = f.end;
  for (const kid of f.kids.filter((_, i) => f.fields[i] === 'alternative').reverse()) {
    if (kid.kind !== 'elif') {
      alternative = kid;
      end = kid.end;
      continue;
    }
    if (alternative === ABSENT) end = kid.end;
    const nested = createNode('if', kid.start, end, [kid.kids[0] ?? ABSENT, kid.kids[1] ?? ABSENT, alternative]);
    alternative = createNode('block', kid.start, end, [nested]);
  }
  return inner(f, 'if', [field(f, 'condition'), field(f, 'consequence'), alternative]);
}

/** `with a as x, b as y:` is `with a as x:` around `with b as y:`. */
function withChain(f: Frame): Draft {
  const listed = f.kids.find((kid) => kid.kind === 'items')?.kids ?? [];
  const only = listed[0];
  const isGroup = listed.length === 1 && only?.kind === 'tuple' && only.kids.some((kid) => kid.kind === 'as');
  const items = isGroup ? only.kids : listed;
  let body = field(f, 'body');
  for (const [i, item] of [...items.entries()].reverse()) {
    const [value, alias] = item.kind === 'as' ? item.kids : [item, ABSENT];
    const node = createNode('with', i === 0 ? f.start : item.start, f.end, [value ?? ABSENT, alias ?? ABSENT, body]);
    if (i === 0) return node;
    body = createNode('block', node.start, node.end, [node]);
  }
  return keep(f);
}

/** A plain name captures, as a target does. */
function casePattern(f: Frame): Draft {
  const only = f.kids.length === 1 ? f.kids[0]! : null;
  if (only === null) return keep(f);
  return only.kind === 'dotted' && !only.text.includes('.') ? Object.assign(only, { kind: 'name' }) : only;
}

function tryStatement(f: Frame): Draft {
  const others = without(f, 'body');
  const handlers = others.filter((kid) => kid.kind === 'handler');
  const otherwise = others.find((kid) => kid.kind === 'block') ?? ABSENT;
  const last = others.find((kid) => kid.kind === 'finally')?.kids.find((kid) => kid.kind === 'block') ?? ABSENT;
  const list = createNode('handlers', handlers[0]?.start ?? f.end, handlers.at(-1)?.end ?? f.end, handlers);
  return inner(f, 'try', [field(f, 'body'), list, otherwise, last]);
}

function handler(f: Frame): Draft {
  const block = f.kids.find((kid) => kid.kind === 'block') ?? ABSENT;
  const value = field(f, 'value');
  const [type, alias] = value.kind === 'as' ? value.kids : [value, field(f, 'alias')];
  return inner(f, 'handler', [type ?? ABSENT, alias ?? ABSENT, block], operator(f));
}

function decorated(f: Frame): Draft {
  const definition = field(f, 'definition') as Draft;
  if (definition === ABSENT) return keep(f);
  const list = without(f, 'definition');
  return createNode(
    definition.kind,
    f.start,
    f.end,
    [...definition.kids.slice(0, -1), decorators(f, list)],
    definition.text,
  );
}

function decorators(f: Frame, list: readonly SyntaxNode[]): SyntaxNode {
  return createNode('decorators', f.start, f.start, list);
}

function emptyParameters(f: Frame): SyntaxNode {
  return createNode('parameters', f.start, f.start);
}

function parameter(node: Draft): SyntaxNode {
  if (node.kind === 'parameter' || node.kind === 'separator') return node;
  return parameterOf(node, node, ABSENT, ABSENT);
}

/** The text is `*` or `**` where the parameter takes the rest. */
function parameterOf(at: { start: number; end: number }, name: SyntaxNode, type: SyntaxNode, value: SyntaxNode): Draft {
  const stars = name.kind === 'splat' ? '*' : name.kind === 'doublesplat' ? '**' : '';
  const plain = stars === '' ? name : (name.kids[0] ?? ABSENT);
  return createNode('parameter', at.start, at.end, [word(plain), type, value], stars);
}
