/** Python, in files and in the virtual modules of notebooks. */
import { DEFAULT_OPTIONS } from '#analyzers/sast/options.ts';
import { compilePattern } from '#analyzers/sast/pattern/compile-pattern.ts';
import { parsePattern } from '#analyzers/sast/pattern/parse-pattern.ts';
import { indexNodes } from '#analyzers/sast/rule/node-index.ts';
import { createConstants } from '#analyzers/sast/syntax/constants.ts';
import { resolveImports } from '#analyzers/sast/syntax/imports.ts';
import type { PythonParser } from '#analyzers/sast/syntax/parser.ts';
import { openTree } from './open-tree.ts';
import type { ReadPattern, TargetLanguage } from './target-language.ts';

/** Patterns that are kept for other rules to share. */
const MAX_SHARED = 10_000;

export function createPython(parser: PythonParser): TargetLanguage {
  const known = new Map<string, ReadPattern>();
  return {
    name: 'python',
    reads: (part) => part.language === 'python' && part.kind === 'source',
    readPattern(text, options) {
      const key = `${options === DEFAULT_OPTIONS ? '' : JSON.stringify(options)}\n${text}`;
      const shared = known.get(key);
      if (shared !== undefined) return shared;
      const pattern = parsePattern(parser, text);
      if ('line' in pattern) return pattern;
      const read: ReadPattern = { kind: 'pattern', pattern: compilePattern(pattern, options) };
      if (known.size >= MAX_SHARED) known.clear();
      known.set(key, read);
      return read;
    },
    open(text, anchors, budget) {
      const tree = parser.parse(text, budget);
      if (tree === null) return null;
      resolveImports(tree);
      return openTree(
        tree,
        indexNodes(tree, anchors),
        createConstants(tree, () => budget.expired()),
      );
    },
  };
}
