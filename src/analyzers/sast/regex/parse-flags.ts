/** Reads options that are set within an expression. */
import { eatMatch, type Flags, invalid, type Reader } from './reader.ts';
import type { Node } from './syntax-tree.ts';

/** `(?i)`, `(?i-s:…)`, `(?^)`: what stands up to the parenthesis or the colon. */
export function parseFlags(reader: Reader, body: () => Node): Node | null {
  const match = eatMatch(reader, /(\^?)((?:xx|[imsxnJU])*)(?:(-)((?:xx|[imsxnJU])*))?/y)!;
  const [, caret, on = '', minus, off = ''] = match;
  const end = reader.source[reader.at];
  if (end === undefined) invalid(reader, 'a parenthesis has no end');
  if ((end !== ')' && end !== ':') || (caret === '^' && minus !== undefined)) {
    invalid(reader, `\`${String.fromCodePoint(reader.source.codePointAt(reader.at)!)}\` is not known after \`(?\``);
  }
  const flags: Record<keyof Flags, boolean> = { ...reader.flags };
  if (caret === '^') for (const flag of ['i', 'm', 's', 'x', 'xx', 'n'] as const) flags[flag] = false;
  for (const [letters, value] of [
    [on, true],
    [off, false],
  ] as const) {
    for (const flag of letters.match(/xx|[imsxnJU]/g) ?? []) {
      flags[flag as keyof Flags] = value;
      if (flag === 'xx' || flag === 'x') Object.assign(flags, { x: value, xx: flag === 'xx' && value });
    }
  }
  reader.at++;
  if (end === ')') {
    reader.flags = flags;
    return null;
  }
  const outer = reader.flags;
  reader.flags = flags;
  const node = body();
  reader.flags = outer;
  return node;
}
