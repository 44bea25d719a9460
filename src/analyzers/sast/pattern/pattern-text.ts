/** Semgrep's signs as Python names, so that the parser for code reads patterns too: `$X`, `$...X`, `...`, `<... P ...>`. */

// Letters of the Yi script: valid in Python identifiers, unchanged by NFKC, and in nobody's rules.
export const METAVARIABLE = '\ua000';
export const MANY = '\ua001';
export const ELLIPSIS = '\ua002';
export const DEEP = '\ua003';
const TYPED = '\ua004';

const STRING_START = /^(?:[a-zA-Z]{0,2})("""|'''|"|')/;
const METAVARIABLE_NAME = /^\$(\.\.\.)?([A-Z_][A-Z_0-9]*)/;

/** A bracket that is open; `isDict` is settled when it opens. */
interface Bracket {
  readonly sign: string;
  readonly isDict: boolean;
  /** Where what it holds begins in the encoded pattern, when the bracket is a call's. */
  readonly argumentsAt: number | null;
}

/** Lines stay where they are; columns move. */
export function encodePattern(pattern: string): string {
  const open: Bracket[] = [];
  let out = '';
  let previous = '';
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at);
    const string = /[\w"']/.test(rest[0]!) && !/\w/.test(pattern[at - 1] ?? '') ? STRING_START.exec(rest) : null;
    const metavariable = METAVARIABLE_NAME.exec(rest);
    let taken = rest[0]!;
    let written = taken;
    if (string !== null) {
      taken = stringAt(rest, string[1]!, string[0].length);
      written = /^[a-zA-Z]*[fF]/.test(string[0]) ? encodeFString(taken) : taken;
    } else if (rest[0] === '#') {
      taken = /^[^\n]*/.exec(rest)![0];
      written = '';
    } else if (metavariable !== null) {
      taken = metavariable[0];
      written = `${metavariable[1] === undefined ? METAVARIABLE : MANY}${metavariable[2]}`;
      const colon = /^\s*:(?!=)/.exec(rest.slice(taken.length));
      if (isDictEntry(open, previous, rest.slice(taken.length))) written = `**${written}`;
      else if (colon !== null && isArgument(open, previous, out)) {
        taken += colon[0];
        written = `${TYPED}${metavariable[2]}=`;
      }
    } else if (rest.startsWith('<...')) {
      taken = '<...';
      written = `${DEEP}(`;
      open.push({ sign: '<', isDict: false, argumentsAt: null });
    } else if (rest.startsWith('...>') && open.at(-1)?.sign === '<') {
      taken = '...>';
      written = ')';
      open.pop();
    } else if (rest.startsWith('...')) {
      taken = '...';
      written = isDictEntry(open, previous, rest.slice(3)) ? `**${ELLIPSIS}` : ELLIPSIS;
    } else if ('([{'.includes(taken)) {
      const isCall = taken === '(' && /[\w)\]\ua000-\ua003]\s*$/.test(out) && !/\b(?:def|class)\s+\S+\s*$/.test(out);
      const argumentsAt = isCall ? out.length + 1 : null;
      open.push({ sign: taken, isDict: taken === '{' && hasColon(rest), argumentsAt });
    } else if (')]}'.includes(taken)) {
      open.pop();
    }
    out += written;
    if (taken.trim() !== '') previous = taken;
    at += taken.length;
  }
  return out;
}

/** What a name of an encoded pattern was: a metavariable as the rule writes it, with its sign. */
export function metavariableOf(name: string): { readonly name: string; readonly many: boolean } | null {
  if (name.startsWith(METAVARIABLE)) return { name: `$${name.slice(1)}`, many: false };
  if (name.startsWith(MANY)) return { name: `$...${name.slice(1)}`, many: true };
  return null;
}

/** `$X: T` among arguments is written `X=T`. */
function isArgument(open: readonly Bracket[], previous: string, out: string): boolean {
  const from = open.at(-1)?.argumentsAt ?? null;
  return from !== null && (previous === '(' || previous === ',') && !/\blambda\b[^:]*$/.test(out.slice(from));
}

/** The metavariable of an argument `$X: T`, by the name that it is written as. */
export function typedMetavariableOf(name: string): string | null {
  return name.startsWith(TYPED) ? `$${name.slice(1)}` : null;
}

/** In a dictionary an entry of its own must be written as `**` of a name to be Python. */
function isDictEntry(open: readonly Bracket[], previous: string, after: string): boolean {
  return open.at(-1)?.isDict === true && (previous === '{' || previous === ',') && /^\s*[,}]/.test(after);
}

/** True when the brace that the text starts with holds a colon of its own, or a `**`. */
function hasColon(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    const string = STRING_START.exec(text.slice(at));
    if (string !== null && !/\w/.test(text[at - 1] ?? ''))
      at += stringAt(text.slice(at), string[1]!, string[0].length).length - 1;
    else if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign) && --depth === 0) return false;
    else if (sign === ':' && depth === 1 && text[at + 1] !== '=') return true;
    else if (depth === 1 && text.startsWith('**', at) && /[{,]\s*$/.test(text.slice(0, at))) return true;
  }
  return false;
}

/** The literal that the text starts with, quotes included; to the end where it is not closed. */
function stringAt(text: string, quote: string, bodyAt: number): string {
  for (let at = bodyAt; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) return text.slice(0, at + quote.length);
  }
  return text;
}

/** Inside the braces of an f-string stands code; outside `...` stays as it is. */
function encodeFString(literal: string): string {
  return literal.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (whole, code?: string) =>
    code === undefined ? whole : `{${encodePattern(code)}}`,
  );
}
