/** Regular expressions of rules, in linear time: anybody may bring a rule, and anybody the code that it reads. */
import { RE2JS } from 're2js';

export interface Expression {
  /** True when it matches somewhere in the text. */
  search(text: string): boolean;
  /** True when it matches at the beginning of the text. */
  lookingAt(text: string): boolean;
  /** Every match from left to right; offsets are UTF-16 units. */
  findAll(text: string): Generator<ExpressionMatch>;
}

export interface ExpressionMatch {
  readonly start: number;
  readonly end: number;
  /** By number (`1`) and by name; groups that took no part are left out. */
  readonly groups: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
}

export interface ExpressionError {
  readonly kind: 'invalid' | 'unsupported';
  readonly message: string;
}

/** PCRE that RE2 cannot have, because it would no longer be linear: lookahead, references, atomic groups, possessive repeats. */
const NOT_LINEAR = /(?<!\\)(?:\\\\)*(?:\(\?[=!>|&R(]|\\[1-9]|\\[gkGKRXhHNBC](?=[{<'\d]|$)|[*+?}]\+)/;

/** `flags` are those of a pattern's `"=~/…/i"`; `^` and `$` stand at lines where `multiline` says so, as in pattern-regex. */
export function compileExpression(source: string, flags = '', multiline = false): Expression | ExpressionError {
  let options = RE2JS.LOOKBEHINDS;
  if (flags.includes('i')) options |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('s')) options |= RE2JS.DOTALL;
  if (flags.includes('m') || multiline) options |= RE2JS.MULTILINE;
  const compiled = compileRe2(source.replace(/(?<!\\)((?:\\\\)*)\\Z/g, '$1\\z'), options);
  if ('kind' in compiled) return compiled;
  const names = Object.entries(compiled.namedGroups());
  return {
    search: (text) => compiled.test(text),
    lookingAt: (text) => compiled.matcher(text).lookingAt(),
    *findAll(text) {
      if (!compiled.test(text)) return;
      const matcher = compiled.matcher(text);
      while (matcher.find()) {
        const groups = new Map<string, { start: number; end: number }>();
        for (let i = 1; i <= compiled.groupCount(); i++) {
          const start = matcher.start(i);
          if (start >= 0) groups.set(String(i), { start, end: matcher.end(i) });
        }
        for (const [name, i] of names) {
          const group = groups.get(String(i));
          if (group !== undefined) groups.set(name, group);
        }
        yield { start: matcher.start(), end: matcher.end(), groups };
      }
    },
  };
}

export function isExpressionError(result: Expression | ExpressionError): result is ExpressionError {
  return 'kind' in result;
}

function compileRe2(source: string, options: number): RE2JS | ExpressionError {
  try {
    return RE2JS.compile(source, options);
  } catch (error) {
    if (NOT_LINEAR.test(source)) {
      return { kind: 'unsupported', message: `the expression \`${source}\` cannot run in linear time here` };
    }
    const why = (error as Error).message.replace(/^error parsing regexp: /, '');
    return { kind: 'invalid', message: `not a regular expression: ${why}` };
  }
}
