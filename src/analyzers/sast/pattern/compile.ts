/** Compiles a pattern's syntax to matchers, once for each rule: which builder is for which kind of syntax. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { ABSENT_MATCHER, anyExpression, literalName, metavariableMatcher } from './atoms.ts';
import { buildBlock } from './blocks.ts';
import { buildArguments, buildAttribute, buildCall, buildDeep, buildKeyword } from './calls.ts';
import { buildAssignment, buildCollection, buildParts } from './collections.ts';
import { buildClass, buildFunction, buildParameters } from './definitions.ts';
import { buildImport } from './imports.ts';
import { buildFString, buildLiteral, buildString } from './literals.ts';
import type { Compile, Matcher } from './matcher.ts';
import { deepPattern, isEllipsis, manyMetavariable, metavariable } from './signs.ts';
import { buildAssert, buildExpressionStatement, buildReturn, buildTry } from './statements.ts';

type Builder = (pattern: SyntaxNode, compile: Compile) => Matcher;

/** Parts of a statement of which a pattern may say nothing, with `...` or by leaving them out. */
const OPTIONAL_PARTS: Readonly<Record<string, readonly number[]>> = { if: [2], for: [3], while: [2], raise: [1] };

const BUILDERS: Readonly<Record<string, Builder>> = {
  name: literalName,
  word: literalName,
  attribute: buildAttribute,
  call: buildCall,
  arguments: buildArguments,
  keyword: buildKeyword,
  string: buildString,
  fstring: buildFString,
  bytes: buildLiteral,
  integer: buildLiteral,
  float: buildLiteral,
  constant: buildLiteral,
  unary: buildLiteral,
  list: buildCollection,
  tuple: buildCollection,
  set: buildCollection,
  dict: buildCollection,
  global: buildCollection,
  nonlocal: buildCollection,
  delete: buildCollection,
  parameters: buildParameters,
  assignment: buildAssignment,
  expr: buildExpressionStatement,
  block: buildBlock,
  return: buildReturn,
  assert: buildAssert,
  try: buildTry,
  function: buildFunction,
  class: buildClass,
  import: buildImport,
  import_from: buildImport,
};

/** @throws never: any syntax that parses has a matcher; what has no builder is matched part by part. */
export function compileNode(pattern: SyntaxNode): Matcher {
  if (pattern.kind === 'absent') return ABSENT_MATCHER;
  const deep = deepPattern(pattern);
  if (deep !== null) return buildDeep(deep, compileNode);
  if (pattern.kind === 'name' || pattern.kind === 'word') {
    if (isEllipsis(pattern)) return anyExpression;
    const name = metavariable(pattern) ?? manyMetavariable(pattern);
    if (name !== null) return metavariableMatcher(name);
  }
  const builder = BUILDERS[pattern.kind];
  if (builder !== undefined) return builder(pattern, compileNode);
  return buildParts(pattern, compileNode, OPTIONAL_PARTS[pattern.kind]);
}
