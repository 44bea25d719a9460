/** What an aliengrep pattern is made of, and what its options make of words, blanks and brackets. */
import type { RuleOptions } from '#analyzers/sast/options.ts';

export type AlienItem =
  | { readonly kind: 'word' | 'sign'; readonly text: string }
  /** `$X`: one word. */
  | { readonly kind: 'name'; readonly name: string }
  /** `...` and `$...X`; `....` crosses lines always. `closing` is the bracket that ends what the pattern has opened around it. */
  | { readonly kind: 'gap'; readonly name: string | null; readonly isLong: boolean; readonly closing: string | null };

export interface AlienSigns {
  readonly multiline: boolean;
  readonly caseless: boolean;
  readonly extraWords: string;
  /** From an opening bracket to its closing one. */
  readonly closings: ReadonlyMap<string, string>;
  isWord(text: string, at: number): boolean;
  wordEnd(text: string, at: number): number;
  isBlank(text: string, at: number): boolean;
  isSame(a: string, b: string): boolean;
}

const USUAL_BRACES: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];
const SIGNS = /\$(\.{3,4})([A-Z][A-Z0-9_]*)|\$([A-Z][A-Z0-9_]*)|(?<!\.)(\.{3,4})(?!\.)/y;

export function signsOf(options: RuleOptions): AlienSigns {
  const { generic_multiline: multiline, generic_caseless: caseless } = options;
  const extraWords = options.generic_extra_word_characters.join('');
  const braces = [...(options.generic_braces ?? USUAL_BRACES), ...options.generic_extra_braces];
  const isWord = (text: string, at: number) => {
    const sign = text[at];
    return sign !== undefined && (/[A-Za-z0-9_]/.test(sign) || extraWords.includes(sign));
  };
  return {
    multiline,
    caseless,
    extraWords,
    closings: new Map(braces),
    isWord,
    wordEnd(text, at) {
      let end = at;
      while (isWord(text, end)) end++;
      return end;
    },
    isBlank: (text, at) => (multiline ? ' \t\r\n' : ' \t\r').includes(text[at] ?? 'x'),
    isSame: (a, b) => a === b || (caseless && a.toLowerCase() === b.toLowerCase()),
  };
}

/** Where lines count, their ends are signs too. */
export function parseAlienPattern(text: string, signs: AlienSigns): AlienItem[] {
  const items: AlienItem[] = [];
  const open: { at: number; closing: string }[] = [];
  for (let at = 0; at < text.length; ) {
    SIGNS.lastIndex = at;
    const sign = SIGNS.exec(text);
    if (signs.isBlank(text, at)) at++;
    else if (sign !== null) {
      const [whole, dots, gapName, name, plainDots] = sign;
      if (name !== undefined) items.push({ kind: 'name', name: `$${name}` });
      else {
        const isLong = (dots ?? plainDots)!.length === 4;
        items.push({ kind: 'gap', name: gapName === undefined ? null : whole, isLong, closing: null });
      }
      at += whole.length;
    } else if (signs.isWord(text, at)) {
      const end = signs.wordEnd(text, at);
      items.push({ kind: 'word', text: text.slice(at, end) });
      at = end;
    } else {
      const character = text[at]!;
      const opening = open.findLastIndex(({ closing }) => closing === character);
      if (opening !== -1) {
        closeGaps(items, open[opening]!.at, character);
        open.length = opening;
      }
      const closing = signs.closings.get(character);
      if (closing !== undefined) open.push({ at: items.length, closing });
      items.push({ kind: 'sign', text: character });
      at++;
    }
  }
  return items;
}

/** What is not yet within an inner pair of brackets is within this one. */
function closeGaps(items: AlienItem[], from: number, closing: string): void {
  for (let i = from; i < items.length; i++) {
    const item = items[i]!;
    if (item.kind === 'gap' && item.closing === null) items[i] = { ...item, closing };
  }
}
