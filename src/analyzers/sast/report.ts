/** From a range that a rule found to a match: message, scope, excerpt, and an identity that stays when lines move. */
import type { Match } from '#domain/finding.ts';
import { type Bindings, type Bound, boundText, lookup } from './pattern/bindings.ts';
import type { SastRule } from './rule/rule-file.ts';
import type { Hit } from './rule/search.ts';
import type { Constants } from './syntax/constants.ts';
import { LITERALS } from './syntax/fold.ts';
import type { SyntaxNode, SyntaxTree } from './syntax/node.ts';

const MAX_EXCERPT = 200;
/** A longer match is known by its beginning (UTF-16 units). */
const MAX_IDENTITY = 2_000;
/** What one metavariable puts into a message (UTF-16 units): it is read by people. */
const MAX_SHOWN = 2_000;
/** A longer replacement is not suggested (UTF-16 units). */
const MAX_FIX = 50_000;

export function createReporter(tree: SyntaxTree): (rule: SastRule, found: Hit, constants: Constants) => Match {
  const definitions = tree.nodes.filter(isDefinition);
  return (rule, { start, end, bindings, trace }, constants) => {
    const { id, severity, confidence, message } = rule.info;
    const code = tree.text.slice(start, end);
    const match: Match = {
      ruleId: id,
      severity,
      confidence,
      message: interpolate(message, bindings, tree.text, constants, MAX_SHOWN).trim(),
      start,
      end,
      identity: normalizeCode(code.slice(0, MAX_IDENTITY)),
      scope: scopeOf(definitions, start, end),
      excerpt: excerptOf(code),
      ...(trace === undefined ? {} : { trace }),
    };
    if (rule.fix === null || code.length > MAX_FIX) return match;
    const fix = rule.fix(code, (text) => interpolate(text, bindings, tree.text, constants, MAX_FIX));
    return fix.length > MAX_FIX ? match : { ...match, fix };
  };
}

const METAVARIABLES = /value\((\$[A-Z_][A-Z_0-9]*)\)|\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$[0-9]+/g;

/** A metavariable that stands for nothing stays as it is written; of `$XY`, where only `$X` is known, that is put in. */
function interpolate(message: string, bindings: Bindings, text: string, constants: Constants, longest: number): string {
  const shortened = (value: string) => (value.length <= longest ? value : `${value.slice(0, longest)}…`);
  return message.replace(METAVARIABLES, (whole, name: string | undefined) => {
    if (name !== undefined) {
      const bound = lookup(bindings, name);
      return bound === null ? whole : shortened(valueText(bound, text, constants));
    }
    for (let end = whole.length; end > 1; end--) {
      const bound = lookup(bindings, whole.slice(0, end));
      if (bound !== null && !isEmpty(bound)) return shortened(boundText(bound, text)) + whole.slice(end);
    }
    return whole;
  });
}

function valueText(bound: Bound, text: string, constants: Constants): string {
  const [node] = bound.nodes;
  const literal = node === undefined || bound.text !== null ? null : constants.literal(node);
  if (literal === null || !LITERALS.has(literal.kind)) return boundText(bound, text);
  return literal.kind === 'string' ? `"${literal.text}"` : literal.text;
}

/** `$...ARGS` that stands for no argument at all. */
function isEmpty(bound: Bound): boolean {
  return bound.nodes.length === 0 && bound.text === null;
}

const TOKENS =
  /#[^\n]*|[rbfutRBFUT]{0,2}(?:"""(?:[^\\]|\\[\s\S])*?"""|'''(?:[^\\]|\\[\s\S])*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|[\p{L}\p{N}_]+|\\\r?\n|\s+|[^\s]/gu;

/**
 * The code's tokens with one blank between them. Neither layout nor comments count, nor what formatters change: the
 * quotes of a plain string, and the comma before a closing bracket.
 */
export function normalizeCode(code: string): string {
  const tokens = (code.match(TOKENS) ?? []).filter((token) => !/^(?:#|\s|\\\r?\n)/.test(token));
  return tokens
    .filter((token, index) => token !== ',' || !/^[)\]}]$/.test(tokens[index + 1] ?? ''))
    .map((token) => token.replace(/^([a-zA-Z]*)'([^'"\\\n]*)'$/, '$1"$2"'))
    .join(' ');
}

/** The definitions around the range, outermost first; a definition is not within itself. */
function scopeOf(definitions: readonly SyntaxNode[], start: number, end: number): string {
  const names: string[] = [];
  // The last one that begins before the range is within all that could hold it.
  let at: SyntaxNode | null = definitions[countBefore(definitions, start) - 1] ?? null;
  for (; at !== null; at = at.parent) {
    const isAround = at.start <= start && end <= at.end && end - start < at.end - at.start;
    if (isAround && isDefinition(at)) names.unshift(at.kids[0]!.text);
  }
  return names.join('.');
}

function isDefinition(node: SyntaxNode): boolean {
  return node.kind === 'function' || node.kind === 'class';
}

/** How many of the definitions, which are in the order of the code, begin at or before the offset. */
function countBefore(definitions: readonly SyntaxNode[], offset: number): number {
  let [low, high] = [0, definitions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (definitions[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function excerptOf(code: string): string {
  const lines = code.slice(0, MAX_EXCERPT + 1);
  return lines.length <= MAX_EXCERPT ? code : `${lines.slice(0, MAX_EXCERPT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
