/** A parsed text as rules ask it, in whatever language it is written. */
import type { NodeIndex } from '#analyzers/sast/rule/node-index.ts';
import { type Constants, NO_CONSTANTS } from '#analyzers/sast/syntax/constants.ts';
import type { SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import type { OpenedText } from './target-language.ts';

/** `constants` are what names come to, in languages that have names. */
export function openTree(tree: SyntaxTree, index: NodeIndex, constants: Constants = NO_CONSTANTS): OpenedText {
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
}
