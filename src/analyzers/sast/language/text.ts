/** Text without syntax, for the languages `generic` and `regex`: any source or prose, as it is. */
import { readAliengrepPattern } from '#analyzers/sast/language/generic/aliengrep.ts';
import { readSpacegrepPattern } from '#analyzers/sast/language/generic/spacegrep.ts';
import { createNode, finishTree } from '#analyzers/sast/syntax/node.ts';
import type { Part } from '#domain/part.ts';
import { openTree } from './open-tree.ts';
import type { OpenedText, TargetLanguage } from './target-language.ts';

export function createGeneric(): TargetLanguage {
  return {
    name: 'generic',
    reads: isWritten,
    readPattern(text, options) {
      const isAlien = options.generic_engine === 'aliengrep';
      const pattern = isAlien ? readAliengrepPattern(text, options) : readSpacegrepPattern(text);
      return 'line' in pattern ? pattern : { kind: 'text', pattern };
    },
    open: openText,
  };
}

export function createRegex(): TargetLanguage {
  return {
    name: 'regex',
    reads: isWritten,
    // Semgrep takes such a pattern and finds nothing with it.
    readPattern: () => ({ kind: 'text', pattern: { words: [], findIn: () => [] } }),
    open: openText,
  };
}

function isWritten(part: Part): boolean {
  return part.kind !== 'output';
}

function openText(text: string): OpenedText {
  const tree = finishTree(text, createNode('text', 0, text.length), null);
  const index = { candidates: () => [], statements: { list: [], before: () => 0 } };
  return openTree(tree, index);
}
