/** `requires`: a condition on the labels of what arrives, in the small language of `A and (B or not C)`. */

export type Requirement = (has: (label: string) => boolean) => boolean;

const TOKENS = /\s*(?:([A-Za-z_]\w*)|([()]))/y;

/** Deeper nesting than this is no condition that a person wrote. */
const MAX_DEPTH = 100;

/** Null for what is no condition. */
export function readRequirement(text: string): Requirement | null {
  const tokens: string[] = [];
  const source = text.trim();
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < source.length) {
    const token = TOKENS.exec(source);
    if (token === null) return null;
    tokens.push(token[1] ?? token[2]!);
  }
  let at = 0;
  const whole = either(0);
  return at === tokens.length ? whole : null;

  function either(depth: number): Requirement | null {
    return chain('or', () => chain('and', () => negation(depth)));
  }

  function chain(word: 'and' | 'or', operand: () => Requirement | null): Requirement | null {
    const parts = [operand()];
    while (tokens[at] === word) {
      at++;
      parts.push(operand());
    }
    if (parts.includes(null)) return null;
    const all = parts as Requirement[];
    return word === 'and' ? (has) => all.every((part) => part(has)) : (has) => all.some((part) => part(has));
  }

  function negation(depth: number): Requirement | null {
    if (depth > MAX_DEPTH) return null;
    const token = tokens[at++];
    if (token === 'not') {
      const inner = negation(depth + 1);
      return inner === null ? null : (has) => !inner(has);
    }
    if (token === '(') {
      const inner = either(depth + 1);
      return tokens[at++] === ')' ? inner : null;
    }
    if (token === undefined || token === ')' || token === 'and' || token === 'or') return null;
    if (token === 'True' || token === 'False') return () => token === 'True';
    return (has) => has(token);
  }
}
