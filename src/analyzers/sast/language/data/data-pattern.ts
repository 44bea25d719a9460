/** Patterns of YAML and JSON: mappings in any order and, unless they hold a gap, whole; sequences in order. */
import { type Bindings, bind, boundNode, NO_MATCH } from '#analyzers/sast/pattern/bindings.ts';
import type { CompiledPattern } from '#analyzers/sast/pattern/compile-pattern.ts';
import { distinct, each, MAX_WAYS, type Matcher } from '#analyzers/sast/pattern/matcher.ts';
import { DEEP, ELLIPSIS } from '#analyzers/sast/pattern/pattern-text.ts';
import { type Item, matchSequence, matchUnordered } from '#analyzers/sast/pattern/sequence.ts';
import { compileExpression, type Expression, isExpressionError } from '#analyzers/sast/regex/expression.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';

/** How one language writes its patterns. */
export interface DataDialect {
  /** The metavariable that a string of the pattern stands for, when it is not in quotes. */
  metavariable(node: SyntaxNode): string | null;
  /** True for a value with a tag: no value is found by its tag. */
  isTagged(node: SyntaxNode): boolean;
  /** True where `"..."` is any string. */
  readonly quotedGaps: boolean;
}

export const METAVARIABLE = /^\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*$/;
const REGEX = /^=~\/([\s\S]*)\/([im]?)$/;
const ANY_KINDS = ['mapping', 'pair', 'sequence', 'string', 'integer', 'float', 'constant', 'empty', 'alias'];
const NEVER: Matcher = () => NO_MATCH;
const ANYTHING: Matcher = (_, bindings) => [bindings];

/** `root` is one value, or a pair. */
export function compileData(root: SyntaxNode, dialect: DataDialect): CompiledPattern {
  const match = compileValue(root, dialect, false);
  const isOpen = isGap(root, dialect) || metavariableOf(root, dialect) !== null;
  const key = root.kind === 'pair' ? root.kids[0]! : root;
  return {
    anchor: {
      kinds: isOpen || deepPattern(root) !== null ? ANY_KINDS : [root.kind],
      word: anchorWord(key, root, dialect),
    },
    words: wordsOf(root, dialect),
    isLong: false,
    matchAt: (node, bindings, run) =>
      match(node, bindings, run).map((found) => ({ start: node.start, end: node.end, bindings: found })),
  };
}

/** Regular expressions in strings that do not compile. */
export function brokenExpression(nodes: readonly SyntaxNode[]) {
  for (const node of nodes) {
    const source = node.kind === 'string' ? REGEX.exec(node.text) : null;
    const compiled = source === null ? null : compileExpression(source[1]!, source[2]!);
    if (compiled !== null && isExpressionError(compiled)) return { ...compiled, at: node.start };
  }
  return null;
}

function compileValue(pattern: SyntaxNode, dialect: DataDialect, isKey: boolean): Matcher {
  if (dialect.isTagged(pattern)) return NEVER;
  if (isGap(pattern, dialect)) return ANYTHING;
  const name = metavariableOf(pattern, dialect);
  if (name !== null) return (node, bindings) => bindValue(bindings, name, meaning(node));
  switch (pattern.kind) {
    case 'mapping':
      return compileMapping(pattern, dialect);
    case 'sequence': {
      const items = pattern.kids.map((kid) => itemOf(kid, dialect));
      return (node, bindings, run) => {
        const value = meaning(node);
        return value.kind === 'sequence' ? matchSequence(items, value.kids, bindings, run) : NO_MATCH;
      };
    }
    case 'pair': {
      const [key, value] = pattern.kids as [SyntaxNode, SyntaxNode];
      const matchKey = compileValue(key, dialect, true);
      const matchValue = compileValue(value, dialect, false);
      return (node, bindings, run) =>
        node.kind !== 'pair'
          ? NO_MATCH
          : each(matchKey(node.kids[0]!, bindings, run), (way) => matchValue(node.kids[1]!, way, run));
    }
    case 'string':
      return compileString(pattern, dialect, isKey);
    case 'ERROR':
      return NEVER;
    default:
      return (node, bindings) => {
        const value = meaning(node);
        return value.kind === pattern.kind && value.text === pattern.text ? [bindings] : NO_MATCH;
      };
  }
}

/** What `<... P ...>` was written as: a mapping of one odd key. */
function deepPattern(pattern: SyntaxNode): SyntaxNode | null {
  const [key, value] = pattern.kids[0]?.kids ?? [];
  return pattern.kids.length === 1 && key?.text === DEEP ? value! : null;
}

/** The value itself, or any below it. */
function compileDeep(pattern: SyntaxNode, dialect: DataDialect): Matcher {
  const match = compileValue(pattern, dialect, false);
  return (node, bindings, run) => {
    const ways: Bindings[] = [];
    for (let i = node.index; i < node.index + node.size && ways.length < MAX_WAYS && !run.expired(); i++)
      ways.push(...match(run.tree.nodes[i]!, bindings, run));
    return distinct(ways);
  };
}

function compileMapping(pattern: SyntaxNode, dialect: DataDialect): Matcher {
  const deep = deepPattern(pattern);
  if (deep !== null) return compileDeep(deep, dialect);
  const isOpen = pattern.kids.some((pair) => isGapPair(pair, dialect));
  const items = pattern.kids
    .filter((pair) => !isGapPair(pair, dialect))
    .map((pair): Item => ({ kind: 'one', match: compileValue(pair, dialect, false) }));
  return (node, bindings, run) => {
    const value = meaning(node);
    return value.kind === 'mapping' ? matchUnordered(items, value.kids, bindings, run, isOpen) : NO_MATCH;
  };
}

function compileString(pattern: SyntaxNode, dialect: DataDialect, isKey: boolean): Matcher {
  const { text } = pattern;
  if (METAVARIABLE.test(text)) {
    if (isKey) return (node, bindings) => bindValue(bindings, text, node);
    return (node, bindings) => {
      const value = meaning(node);
      return value.kind === 'string' ? bindContent(bindings, text, value) : NO_MATCH;
    };
  }
  const source = REGEX.exec(text);
  const isAny = dialect.quotedGaps && text === '...';
  // What does not compile was refused when the pattern was read.
  const expression = source === null ? null : (compileExpression(source[1]!, source[2]!) as Expression);
  return (node, bindings) => {
    const value = meaning(node);
    if (value.kind !== 'string') return NO_MATCH;
    return isAny || (expression === null ? value.text === text : expression.search(value.text)) ? [bindings] : NO_MATCH;
  };
}

function itemOf(kid: SyntaxNode, dialect: DataDialect): Item {
  return isGap(kid, dialect) ? { kind: 'any' } : { kind: 'one', match: compileValue(kid, dialect, false) };
}

/** An alias is what its anchor stands at. */
function meaning(node: SyntaxNode): SyntaxNode {
  return node.kind === 'alias' ? (node.aliases[0] ?? node) : node;
}

function bindValue(bindings: Bindings, name: string, node: SyntaxNode): readonly Bindings[] {
  const bound = bind(bindings, name, boundNode(node));
  return bound === null ? NO_MATCH : [bound];
}

/** What stands between the quotes. */
function bindContent(bindings: Bindings, name: string, node: SyntaxNode): readonly Bindings[] {
  const quotes = node.end - node.start >= node.text.length + 2 ? 1 : 0;
  const bound = bind(bindings, name, {
    start: node.start + quotes,
    end: node.end - quotes,
    nodes: [node],
    text: node.text,
  });
  return bound === null ? NO_MATCH : [bound];
}

function isGap(node: SyntaxNode, dialect: DataDialect): boolean {
  return (node.kind === 'string' && node.text === ELLIPSIS) || isGapPair(node, dialect);
}

function isGapPair(node: SyntaxNode, dialect: DataDialect): boolean {
  return node.kind === 'pair' && node.kids.every((kid) => isGap(kid, dialect));
}

function metavariableOf(node: SyntaxNode, dialect: DataDialect): string | null {
  return node.kind === 'string' ? dialect.metavariable(node) : null;
}

function isSign(node: SyntaxNode, dialect: DataDialect): boolean {
  if (isGap(node, dialect) || metavariableOf(node, dialect) !== null) return true;
  return METAVARIABLE.test(node.text) || REGEX.test(node.text) || (dialect.quotedGaps && node.text === '...');
}

/** A pair is looked for by its key. */
function anchorWord(key: SyntaxNode, root: SyntaxNode, dialect: DataDialect): string | null {
  if (root.kind !== 'pair' || key.kind !== 'string' || isSign(key, dialect)) return null;
  return key.text;
}

/** The identifiers in its strings; an escape in the text may hide any of them. */
function wordsOf(root: SyntaxNode, dialect: DataDialect): string[] {
  const words = new Set<string>();
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    pending.push(...node.kids);
    if (node.kind !== 'string' || node.text === DEEP || isSign(node, dialect)) continue;
    for (const word of node.text.match(/[A-Za-z0-9_]+/g) ?? []) words.add(word);
  }
  return [...words];
}
