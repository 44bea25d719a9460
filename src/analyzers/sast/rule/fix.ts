/** What would replace a match: a text with the rule's metavariables, or an expression's replacement in the matched code. */
import {
  compileExpression,
  type ExpressionError,
  type ExpressionMatch,
  isExpressionError,
} from '#analyzers/sast/regex/expression.ts';
import type { FixRegex } from './rule-schema.ts';

/** `interpolate` puts in what the metavariables stand for. */
export type Fix = (code: string, interpolate: (text: string) => string) => string;

/** `fix` is taken where both stand. Null where neither does. */
export function compileFix(fix: string | undefined, regex: FixRegex | undefined): Fix | ExpressionError | null {
  if (fix !== undefined) return (_, interpolate) => interpolate(fix);
  if (regex === undefined) return null;
  const expression = compileExpression(regex.regex, '', true);
  if (isExpressionError(expression)) return expression;
  const { replacement, count = 0 } = regex;
  return (code) => {
    let out = '';
    let from = 0;
    let replaced = 0;
    for (const match of expression.findAll(code)) {
      out += code.slice(from, match.start) + expand(replacement, match, code);
      from = match.end;
      if (++replaced === count) break;
    }
    return out + code.slice(from);
  };
}

/** `\1`, `\g<1>` and `\g<name>` as Python has them; `\n` and `\t` are what they are in strings. */
function expand(replacement: string, { groups }: ExpressionMatch, code: string): string {
  return replacement.replace(/\\(?:(\d{1,2})|g<(\w+)>|([nrt\\]))/g, (_, number, name, special) => {
    if (special !== undefined) return ESCAPES[special as keyof typeof ESCAPES];
    const group = groups.get(name ?? number);
    return group === undefined ? '' : code.slice(group.start, group.end);
  });
}

const ESCAPES = { n: '\n', r: '\r', t: '\t', '\\': '\\' };
