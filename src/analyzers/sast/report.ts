/** From a range that a rule found to a match: message, scope, excerpt, and an identity that stays when lines move. */
import type { Match } from '#domain/finding.ts';
import { type Bindings, boundText, lookup } from './pattern/bindings.ts';
import type { Found } from './pattern/compile-pattern.ts';
import type { SastRule } from './rule/rule-file.ts';
import type { Constants } from './syntax/constants.ts';
import type { SyntaxNode, SyntaxTree } from './syntax/node.ts';

const MAX_EXCERPT = 200;

export function createReporter(tree: SyntaxTree): (rule: SastRule, found: Found, constants: Constants) => Match {
  const definitions = tree.nodes.filter((node) => node.kind === 'function' || node.kind === 'class');
  return (rule, { start, end, bindings }, constants) => {
    const { id, severity, confidence, message } = rule.info;
    const code = tree.text.slice(start, end);
    const match: Match = {
      ruleId: id,
      severity,
      confidence,
      message: interpolate(message, bindings, tree.text, constants),
      start,
      end,
      identity: normalizeCode(code),
      scope: scopeOf(definitions, start, end),
      excerpt: excerptOf(code),
    };
    return rule.fix === null ? match : { ...match, fix: interpolate(rule.fix, bindings, tree.text, constants) };
  };
}

const METAVARIABLES = /value\((\$[A-Z_][A-Z_0-9]*)\)|\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$[0-9]+/g;

/** A metavariable that stands for nothing stays as it is written. */
function interpolate(message: string, bindings: Bindings, text: string, constants: Constants): string {
  return message.replace(METAVARIABLES, (whole, name: string | undefined) => {
    const bound = lookup(bindings, name ?? whole);
    if (bound === null) return whole;
    const [node] = bound.nodes;
    const literal = name === undefined || node === undefined ? null : constants.literal(node);
    if (literal !== null) return literal.kind === 'string' ? `"${literal.text}"` : literal.text;
    return boundText(bound, text);
  });
}

const TOKENS =
  /#[^\n]*|[rbfutRBFUT]{0,2}(?:"""(?:[^\\]|\\[\s\S])*?"""|'''(?:[^\\]|\\[\s\S])*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|[\p{L}\p{N}_]+|\\\r?\n|\s+|[^\s]/gu;

/** The code's tokens with one blank between them: neither layout nor comments count. */
export function normalizeCode(code: string): string {
  const tokens = code.match(TOKENS) ?? [];
  return tokens.filter((token) => !/^(?:#|\s|\\\r?\n)/.test(token)).join(' ');
}

/** The definitions around the range, outermost first; a definition is not within itself. */
function scopeOf(definitions: readonly SyntaxNode[], start: number, end: number): string {
  return definitions
    .filter((node) => node.start <= start && end <= node.end && end - start < node.end - node.start)
    .map((node) => node.kids[0]!.text)
    .join('.');
}

function excerptOf(code: string): string {
  const lines = code.slice(0, MAX_EXCERPT + 1);
  return lines.length <= MAX_EXCERPT ? code : `${lines.slice(0, MAX_EXCERPT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
