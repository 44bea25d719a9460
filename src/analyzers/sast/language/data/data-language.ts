/** YAML and JSON as languages of rules: configurations of pipelines, of deployments, of experiments. */

import { openTree } from '#analyzers/sast/language/open-tree.ts';
import type { OpenedText, ReadPattern, TargetLanguage } from '#analyzers/sast/language/target-language.ts';
import type { PatternError } from '#analyzers/sast/pattern/parse-pattern.ts';
import { ELLIPSIS } from '#analyzers/sast/pattern/pattern-text.ts';
import { lineOf } from '#analyzers/sast/syntax/lines.ts';
import { createNode, type SyntaxNode, type SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import { indexData } from './data-index.ts';
import { brokenExpression, compileData, type DataDialect, METAVARIABLE } from './data-pattern.ts';
import { bareMetavariable, encodeJsonPattern } from './json-pattern-text.ts';
import type { JsonParser } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import { encodeYamlPattern } from './yaml-pattern-text.ts';

/** Levels of one pattern: matching calls itself for each. */
export const MAX_PATTERN_DEPTH = 100;

export function createYaml(): TargetLanguage {
  return {
    name: 'yaml',
    reads: (part) => part.language === 'yaml' && part.kind === 'source',
    readPattern(text) {
      const tree = readYaml(encodeYamlPattern(text))!;
      const isPlain = (node: SyntaxNode) => !/["']/.test(tree.text[node.start] ?? '');
      return readDataPattern('YAML', tree, rootOfYaml(tree, isPlain), {
        quotedGaps: false,
        isTagged: (node) => tree.text[node.start] === '!' && node.end > node.start,
        metavariable: (node) => (METAVARIABLE.test(node.text) && isPlain(node) ? node.text : null),
      });
    },
    open: (text, _, budget) => openData(readYaml(text, budget)),
  };
}

/** An only entry is found wherever it stands, in whatever mapping; so is an only item. A word alone is found nowhere. */
function rootOfYaml({ root }: SyntaxTree, isPlain: (node: SyntaxNode) => boolean): SyntaxNode | null {
  const [value] = root.kids;
  const [only] = value?.kids ?? [];
  if (value === undefined || root.kids.length > 1) return null;
  const isWord = value.kind === 'string' && isPlain(value) && value.text !== ELLIPSIS && !METAVARIABLE.test(value.text);
  if (isWord) return createNode('ERROR', value.start, value.end);
  return value.kids.length === 1 && only !== undefined && value.kind !== 'pair' ? only : value;
}

export function createJson(parse: JsonParser): TargetLanguage {
  return {
    name: 'json',
    reads: (part) => part.language === 'json' && part.kind === 'source',
    readPattern(text) {
      const encoded = encodeJsonPattern(text);
      const value = parse(encoded)!;
      const tree = value.errorAt === null ? value : parse(`{${encoded}}`)!;
      const [root] = tree.root.kids;
      const pair = root?.kids.length === 1 ? root.kids[0]! : null;
      return readDataPattern('JSON', tree, tree === value ? (root ?? null) : pair, {
        quotedGaps: true,
        isTagged: () => false,
        metavariable: (node) => bareMetavariable(node.text),
      });
    },
    open: (text, _, budget) => openData(parse(text, budget)),
  };
}

function readDataPattern(
  name: string,
  tree: SyntaxTree,
  root: SyntaxNode | null,
  dialect: DataDialect,
): ReadPattern | PatternError {
  if (tree.text.trim() === '') return { kind: 'invalid', line: 1, message: 'the pattern is empty' };
  if (tree.errorAt !== null || root === null)
    return { kind: 'invalid', line: lineOf(tree.text, tree.errorAt ?? 0), message: `the pattern is not valid ${name}` };
  if (depthOf(tree) > MAX_PATTERN_DEPTH)
    return {
      kind: 'unsupported',
      line: 1,
      message: `the pattern is nested more than ${MAX_PATTERN_DEPTH} levels deep`,
    };
  const broken = brokenExpression(tree.nodes);
  if (broken !== null) return { kind: broken.kind, line: lineOf(tree.text, broken.at), message: broken.message };
  return { kind: 'pattern', pattern: compileData(root, dialect) };
}

function depthOf(tree: SyntaxTree): number {
  const depths = new Int32Array(tree.nodes.length);
  let deepest = 0;
  for (const { index, parent } of tree.nodes) {
    depths[index] = parent === null ? 0 : depths[parent.index]! + 1;
    deepest = Math.max(deepest, depths[index]!);
  }
  return deepest;
}

/** In a text that is broken nothing is found, as in Semgrep; where it is broken is said. */
function openData(read: SyntaxTree | null): OpenedText | null {
  if (read === null) return null;
  return openTree(read, indexData(read.errorAt === null ? read : { ...read, nodes: [] }));
}
