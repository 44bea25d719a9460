/** Python, in files and in the virtual modules of notebooks. */
import { compilePattern } from '#analyzers/sast/pattern/compile-pattern.ts';
import { parsePattern } from '#analyzers/sast/pattern/parse-pattern.ts';
import { indexNodes } from '#analyzers/sast/rule/node-index.ts';
import { createConstants, NO_CONSTANTS } from '#analyzers/sast/syntax/constants.ts';
import { resolveImports } from '#analyzers/sast/syntax/imports.ts';
import type { PythonParser } from '#analyzers/sast/syntax/parser.ts';
import type { TargetLanguage } from './target-language.ts';

export function createPython(parser: PythonParser): TargetLanguage {
  return {
    name: 'python',
    reads: (part) => part.language === 'python' && part.kind === 'source',
    readPattern(text, options) {
      const pattern = parsePattern(parser, text);
      return 'line' in pattern ? pattern : { kind: 'pattern', pattern: compilePattern(pattern, options) };
    },
    open(text, anchors, budget) {
      const tree = parser.parse(text, budget);
      if (tree === null) return null;
      resolveImports(tree);
      const index = indexNodes(tree, anchors);
      const constants = createConstants(tree, () => budget.expired());
      return {
        tree,
        constants,
        scope: (options, expired, bindings) => ({
          run: {
            tree,
            constants: options.constant_propagation ? constants : NO_CONSTANTS,
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
