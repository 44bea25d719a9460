/** Python, in files and in the virtual modules of notebooks. */
import { compilePattern } from '#analyzers/sast/pattern/compile-pattern.ts';
import { parsePattern } from '#analyzers/sast/pattern/parse-pattern.ts';
import { indexNodes } from '#analyzers/sast/rule/node-index.ts';
import { createConstants, LITERALS } from '#analyzers/sast/syntax/constants.ts';
import { resolveImports } from '#analyzers/sast/syntax/imports.ts';
import type { PythonParser } from '#analyzers/sast/syntax/parser.ts';
import type { TargetLanguage } from './target-language.ts';

export function createPython(parser: PythonParser): TargetLanguage {
  return {
    name: 'python',
    reads: (part) => part.language === 'python' && part.kind === 'source',
    readPattern(text) {
      const pattern = parsePattern(parser, text);
      return 'line' in pattern ? pattern : { kind: 'pattern', pattern: compilePattern(pattern) };
    },
    open(text, anchors, budget) {
      const tree = parser.parse(text, budget);
      if (tree === null) return null;
      resolveImports(tree);
      const index = indexNodes(tree, anchors);
      const constants = createConstants(tree);
      const literalsOnly: typeof constants = { literal: (node) => (LITERALS.has(node.kind) ? node : null) };
      return {
        tree,
        constants,
        scope: (options, expired, bindings) => ({
          run: {
            tree,
            constants: options.constant_propagation ? constants : literalsOnly,
            statements: index.statements,
            options,
            expired,
          },
          index,
          start: 0,
          end: tree.text.length,
          bindings,
        }),
      };
    },
  };
}
