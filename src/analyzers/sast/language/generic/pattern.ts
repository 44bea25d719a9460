/** A pattern of the generic language: words and signs as they are, metavariables, gaps, and the blocks that its indentation makes. */
import { type Token, type TokenLine, tokenLines } from './tokens.ts';

export type GenericItem =
  | { readonly kind: 'token'; readonly text: string }
  /** `$X`: one word. */
  | { readonly kind: 'word'; readonly name: string }
  /** `...`, several of which in a row reach further, or `$...X` with its name. */
  | { readonly kind: 'gap'; readonly name: string | null; readonly count: number }
  /** Lines further in: they stand for a whole block. */
  | { readonly kind: 'block'; readonly items: readonly GenericItem[] };

const ELLIPSIS = '...';

export function parseGenericPattern(text: string): readonly GenericItem[] {
  const top: GenericItem[] = [];
  const open: { indent: number; items: GenericItem[] }[] = [{ indent: 0, items: top }];
  for (const line of joinSigns(tokenLines(text))) {
    while (open.length > 1 && line.indent < open.at(-1)!.indent) open.pop();
    if (line.indent > open.at(-1)!.indent) {
      const items: GenericItem[] = [];
      open.at(-1)!.items.push({ kind: 'block', items });
      open.push({ indent: line.indent, items });
    }
    for (const { text: sign } of line.tokens) addItem(open.at(-1)!.items, itemOf(sign));
  }
  return top;
}

function addItem(items: GenericItem[], item: GenericItem): void {
  const last = items.at(-1);
  const isLonger = item.kind === 'gap' && last?.kind === 'gap' && item.name === null && last.name === null;
  if (isLonger) items[items.length - 1] = { ...last, count: last.count + 1 };
  else items.push(item);
}

function itemOf(sign: string): GenericItem {
  if (sign === ELLIPSIS) return { kind: 'gap', name: null, count: 1 };
  if (sign.startsWith(`$${ELLIPSIS}`)) return { kind: 'gap', name: sign, count: 1 };
  return sign.length > 1 && sign[0] === '$' ? { kind: 'word', name: sign } : { kind: 'token', text: sign };
}

/** `$X`, `...` and `$...X` become one token each; four dots in a row are only dots. */
function joinSigns(lines: readonly TokenLine[]): TokenLine[] {
  return lines.map(({ indent, tokens }) => {
    const joined: Token[] = [];
    for (let at = 0; at < tokens.length; ) {
      const length = signLength(tokens, at);
      const [first, last] = [tokens[at]!, tokens[at + length - 1]!];
      const text = tokens
        .slice(at, at + length)
        .map((token) => token.text)
        .join('');
      joined.push({ ...first, end: last.end, text });
      at += length;
    }
    return { indent, tokens: joined };
  });
}

function signLength(tokens: readonly Token[], at: number): number {
  const isNext = (i: number) => i === at || tokens[i - 1]!.end === tokens[i]?.start;
  const isName = (i: number) => isNext(i) && /^[A-Z][A-Za-z0-9_]*$/.test(tokens[i]?.text ?? '');
  const dotsAt = (from: number) => {
    let i = from;
    while (tokens[i]?.text === '.' && isNext(i)) i++;
    return i - from;
  };
  if (tokens[at]!.text === '$') {
    if (at + 1 < tokens.length && isName(at + 1)) return 2;
    return at + 4 < tokens.length && dotsAt(at + 1) === 3 && isName(at + 4) ? 5 : 1;
  }
  const before = tokens[at - 1];
  const followsDot = before?.text === '.' && before.end === tokens[at]!.start;
  return !followsDot && dotsAt(at) === 3 ? 3 : 1;
}
