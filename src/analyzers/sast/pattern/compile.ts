/** Compiles a pattern's syntax to matchers, once for each rule: which builder is for which kind of syntax. */
import type { RuleOptions } from '#analyzers/sast/options.ts';
import { EXPRESSIONS, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { buildAssignment } from './assignments.ts';
import { ABSENT_MATCHER, anyExpression, literalName, metavariableMatcher } from './atoms.ts';
import { buildBlock } from './blocks.ts';
import { buildArguments, buildAttribute, buildCall, buildDeep, buildKeyword } from './calls.ts';
import { buildCollection, buildParts } from './collections.ts';
import { buildClass, buildFunction, buildParameters } from './definitions.ts';
import { buildImport } from './imports.ts';
import { buildFString, buildLiteral, buildString } from './literals.ts';
import { type Compile, distinct, type Matcher } from './matcher.ts';
import { buildBinary, buildBoolean, buildComparison } from './operators.ts';
import { deepPattern, isEllipsis, manyMetavariable, metavariable } from './signs.ts';
import {
  buildAssert,
  buildExpressionStatement,
  buildLoop,
  buildMatch,
  buildReturn,
  buildTry,
  buildWith,
} from './statements.ts';

type Builder = (pattern: SyntaxNode, compile: Compile) => Matcher;

/** Parts of a statement of which a pattern may say nothing, with `...` or by leaving them out. */
const OPTIONAL_PARTS: Readonly<Record<string, readonly number[]>> = { if: [2], while: [2], raise: [1] };

const BUILDERS: Readonly<Record<string, Builder>> = {
  name: literalName,
  word: literalName,
  attribute: buildAttribute,
  call: buildCall,
  arguments: buildArguments,
  keyword: buildKeyword,
  string: buildString,
  fstring: buildFString,
  bytes: buildString,
  integer: buildLiteral,
  float: buildLiteral,
  constant: buildLiteral,
  unary: buildLiteral,
  boolean: buildBoolean,
  binary: buildBinary,
  comparison: buildComparison,
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
  match_statement: buildMatch,
  for: buildLoop,
  with: buildWith,
  function: buildFunction,
  class: buildClass,
  import: buildImport,
  import_from: buildImport,
};

/** What compiles the syntax of one rule's patterns. Any syntax that parses has a matcher; what has no builder is matched part by part. */
export function createCompile({ symbolic_propagation }: RuleOptions): Compile {
  return again;

  function compile(pattern: SyntaxNode): Matcher {
    if (pattern.kind === 'absent') return ABSENT_MATCHER;
    const deep = deepPattern(pattern);
    if (deep !== null) return buildDeep(deep, again);
    if (pattern.kind === 'name' || pattern.kind === 'word') {
      if (isEllipsis(pattern)) return anyExpression;
      const name = metavariable(pattern) ?? manyMetavariable(pattern);
      if (name !== null) return metavariableMatcher(name);
    }
    const builder = BUILDERS[pattern.kind];
    if (builder !== undefined) return builder(pattern, again);
    return buildParts(pattern, again, OPTIONAL_PARTS[pattern.kind]);
  }

  function again(pattern: SyntaxNode): Matcher {
    return symbolic_propagation ? alsoThroughNames(pattern, compile(pattern)) : compile(pattern);
  }
}

/** A name also matches as the expression that it was assigned. */
function alsoThroughNames(pattern: SyntaxNode, match: Matcher): Matcher {
  if (!EXPRESSIONS.has(pattern.kind) || isEllipsis(pattern) || metavariable(pattern) !== null) return match;
  return (node, bindings, run) => {
    const ways = match(node, bindings, run);
    const symbol = node.kind === 'name' ? run.constants.symbol(node) : null;
    return symbol === null ? ways : distinct([...ways, ...match(symbol, bindings, run)]);
  };
}
