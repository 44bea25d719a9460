/** Whether it is plain to see that code is of a type: by an annotation, or as a literal. For Python. */
import type { RuleOptions } from '#analyzers/sast/options.ts';
import type { Bindings } from '#analyzers/sast/pattern/bindings.ts';
import { createCompile } from '#analyzers/sast/pattern/compile.ts';
import type { Run } from '#analyzers/sast/pattern/matcher.ts';
import { parsePattern } from '#analyzers/sast/pattern/parse-pattern.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { PythonParser } from '#analyzers/sast/syntax/parser.ts';
import { typeOf } from '#analyzers/sast/syntax/types.ts';

export type TypeTest = (node: SyntaxNode, bindings: Bindings, run: Run) => boolean;

/** Null where the name is no type. */
export function compileType(parser: PythonParser, name: string, options: RuleOptions): TypeTest | null {
  const pattern = parsePattern(parser, name);
  if ('line' in pattern || pattern.kind !== 'expression') return null;
  const match = createCompile(options)(pattern.node);
  return (node, bindings, run) => {
    const found = typeOf(run.tree, node);
    if (found === null) return false;
    return 'builtin' in found ? found.builtin === name : match(found.annotation, bindings, run).length > 0;
  };
}
