/** A whole pattern, ready to run over a file: where it can begin, and what it finds from there. */
import type { RuleOptions } from '#analyzers/sast/options.ts';
import { EXPRESSIONS, isChainLink, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { Bindings } from './bindings.ts';
import { matchStatements, statementItem } from './blocks.ts';
import { createCompile } from './compile.ts';
import type { Run } from './matcher.ts';
import type { Pattern } from './parse-pattern.ts';
import { typedMetavariableOf } from './pattern-text.ts';
import { deepPattern, isEllipsis, manyMetavariable, metavariable } from './signs.ts';
import { buildReturned } from './statements.ts';

/** Offsets in the file, with what the metavariables stand for. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly bindings: Bindings;
}

/** Which nodes a pattern can begin at: kinds, and for one of them the last word of the name that is used there. */
export interface Anchor {
  readonly kinds: readonly string[];
  readonly word: string | null;
}

export interface CompiledPattern {
  readonly anchor: Anchor;
  /** Names that a file must hold for the pattern to match anywhere; with `(` at the end, the call of a bare name. */
  readonly words: readonly string[];
  /** True when it may look through a whole block for what comes after its beginning. */
  readonly isLong: boolean;
  /** With `widest`, a pattern that ends in `...` finds only the longest range: where ranges are only looked into. */
  matchAt(node: SyntaxNode, bindings: Bindings, run: Run, widest: boolean): Found[];
}

const ANY_STATEMENT = 'statement';

export function compilePattern(pattern: Pattern, options: RuleOptions): CompiledPattern {
  const compile = createCompile(options);
  const throughNames = options.symbolic_propagation;
  if (pattern.kind === 'expression') {
    const match = compile(pattern.node);
    const anchor = anchorOf(pattern.node);
    return {
      anchor: throughNames ? { kinds: [...new Set([...anchor.kinds, 'name'])], word: null } : anchor,
      words: wordsOf([pattern.node], throughNames),
      isLong: false,
      matchAt: (node, bindings, run) =>
        isChainLink(node) || (!options.attr_expr && isDecorator(node))
          ? []
          : match(node, bindings, run).map((found) => ({ start: node.start, end: node.end, bindings: found })),
    };
  }
  const items = pattern.nodes.map((node) => statementItem(node, compile));
  const only = pattern.nodes.length === 1 ? pattern.nodes[0]! : null;
  const givesBack = options.implicit_return && only?.kind === 'return';
  const ofLambda = givesBack && only.kids[0]!.kind !== 'absent' ? buildReturned(only, compile) : null;
  return {
    anchor: statementAnchor(pattern.nodes[0]!),
    words: wordsOf(pattern.nodes, throughNames),
    isLong: pattern.nodes.length > 1,
    matchAt(node, bindings, run, widest) {
      if (node.kind === 'lambda' && ofLambda !== null) {
        const { start, end } = node.kids[1]!;
        return ofLambda(node.kids[1]!, bindings, run).map((found) => ({ start, end, bindings: found }));
      }
      const { before } = run.statements;
      const block = node.parent!;
      const start = { at: before(node.index), deep: false, end: node.start, bindings };
      const limit = before(block.index + block.size);
      return matchStatements(items, start, limit, run, widest).map((reached) => ({
        start: node.start,
        end: only === null ? reached.end : endOf(only, node, reached.end),
        bindings: reached.bindings,
      }));
    },
  };
}

/** The place of `raise a from b` ends before `from` where the pattern does not speak of it. */
function endOf(pattern: SyntaxNode, node: SyntaxNode, end: number): number {
  const isCut = pattern.kind === 'raise' && pattern.kids[1]!.kind === 'absent' && node.kids[1]!.kind !== 'absent';
  return isCut ? node.kids[0]!.end : end;
}

/** What stands behind `@`: a call, or the name that is called. */
function isDecorator({ kind, parent }: SyntaxNode): boolean {
  return parent?.kind === 'decorator' || (kind !== 'arguments' && parent?.kind === 'call' && isDecorator(parent));
}

const ALL_EXPRESSIONS = [...EXPRESSIONS];
/** What may come to a literal in the end. */
const LITERAL_KINDS = ['string', 'bytes', 'fstring', 'integer', 'float', 'constant'];
const FOLDED_KINDS = [...LITERAL_KINDS, 'name', 'binary', 'unary', 'not', 'conditional'];

function anchorOf(node: SyntaxNode): Anchor {
  const anchor = (kinds: readonly string[], word: string | null = null): Anchor => ({ kinds, word });
  if (deepPattern(node) !== null) return anchor(ALL_EXPRESSIONS);
  switch (node.kind) {
    case 'name':
      return isSign(node) ? anchor(ALL_EXPRESSIONS) : anchor(['name'], node.text);
    case 'call':
      return anchor(['call'], lastWord(node.kids[0]!));
    case 'attribute':
      if (isEllipsis(node.kids[1]!)) return anchor(['attribute', 'call']);
      return anchor(['attribute', 'name'], lastWord(node));
    case 'set':
      return anchor(['set', 'dict']);
    default:
      return LITERAL_KINDS.includes(node.kind) || node.kind === 'unary' ? anchor(FOLDED_KINDS) : anchor([node.kind]);
  }
}

function statementAnchor(node: SyntaxNode): Anchor {
  if (isSign(node) || isEllipsis(node)) return { kinds: [ANY_STATEMENT], word: null };
  switch (node.kind) {
    case 'expr':
      return { kinds: ['expr', 'return'], word: null };
    case 'import':
    case 'import_from':
      return { kinds: ['import', 'import_from'], word: null };
    case 'return':
      // What a lambda gives back is returned, too.
      return { kinds: ['return', 'lambda'], word: null };
    default:
      return { kinds: [node.kind], word: null };
  }
}

function isSign(node: SyntaxNode): boolean {
  return isEllipsis(node) || metavariable(node) !== null || manyMetavariable(node) !== null;
}

function lastWord(callee: SyntaxNode): string | null {
  const name = callee.kind === 'attribute' ? callee.kids[1]! : callee;
  return name.kind === 'call' || isSign(name) || (name.kind !== 'name' && name.kind !== 'word') ? null : name.text;
}

/**
 * Every plain name of the pattern must stand in the file: an import may rename it, but has to say it first.
 * What stands in its strings need not: the code may put them together.
 */
function wordsOf(nodes: readonly SyntaxNode[], throughNames: boolean): string[] {
  const words = new Set<string>();
  const pending = [...nodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    // A builtin's type shows without its name.
    pending.push(...(typedMetavariableOf(node.kids[0]?.text ?? '') === null ? node.kids : []));
    if (node.kind === 'import' || node.kind === 'import_from' || node.kind === 'item') {
      for (const part of node.text.split('.')) if (isPlainWord(part)) words.add(part);
    } else if (
      !throughNames &&
      node.kind === 'call' &&
      node.kids[0]!.kind === 'name' &&
      !isSign(node.kids[0]!) &&
      isPlainWord(node.kids[0]!.text) &&
      node.parent?.kind !== 'decorator'
    ) {
      words.add(`${node.kids[0]!.text}(`);
    } else if ((node.kind === 'name' || node.kind === 'word') && !isSign(node) && isPlainWord(node.text)) {
      words.add(node.text);
    }
  }
  return [...words];
}

function isPlainWord(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}
