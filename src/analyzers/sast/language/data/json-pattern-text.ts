/** Semgrep's signs as JSON strings, so that the parser of texts reads patterns too: `$X`, `...` as a value and as an entry, `<... P ...>`. */
import { DEEP, ELLIPSIS } from '#analyzers/sast/pattern/pattern-text.ts';

/** A letter of the Yi script, in nobody's rules: what follows it was not in quotes. */
const BARE = '\ua000';
const TOKENS = /"(?:[^"\\]|\\[\s\S])*"|\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|<\.\.\.|\.\.\.>|\.\.\.|[{}[\],:]/g;

/** Lines stay where they are; columns move. */
export function encodeJsonPattern(text: string): string {
  const open: string[] = [];
  let previous = '{';
  return text.replace(TOKENS, (token, at: number) => {
    const isEntry = open.at(-1) === '{' && (previous === '{' || previous === ',');
    previous = token;
    if (token === '<...') return `{"${DEEP}": `;
    if (token === '...>') return '}';
    if (token === '{' || token === '[') open.push(token);
    else if (token === '}' || token === ']') open.pop();
    else if (token === '...') {
      const isAlone = isEntry && !/^\s*:/.test(text.slice(at + token.length));
      return isAlone ? `"${ELLIPSIS}": "${ELLIPSIS}"` : `"${ELLIPSIS}"`;
    } else if (token.startsWith('$')) return `"${BARE}${token}"`;
    return token;
  });
}

export function bareMetavariable(text: string): string | null {
  return text.startsWith(BARE) ? text.slice(1) : null;
}
