/** Text of any language to words and single signs, line by line: the first step for documents and for patterns of the generic language. */

export interface Token {
  /** Offsets are UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Counted from 0. */
  readonly line: number;
  readonly isWord: boolean;
}

/** One line that holds anything, with the width of the space before it. */
export interface TokenLine {
  readonly indent: number;
  readonly tokens: readonly Token[];
}

const TAB_WIDTH = 8;
const WORD = 1;
const BLANK = 2;
const CLASSES = new Uint8Array(128);
for (const sign of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_')
  CLASSES[sign.charCodeAt(0)] = WORD;
for (const sign of ' \t') CLASSES[sign.charCodeAt(0)] = BLANK;

/** Words are of ASCII letters, digits and `_`; any other character is a token of its own. */
export function tokenLines(text: string): TokenLine[] {
  const lines: TokenLine[] = [];
  let tokens: Token[] = [];
  let indent = 0;
  let line = 0;
  const endLine = () => {
    if (tokens.length > 0) lines.push({ indent, tokens });
    tokens = [];
    indent = 0;
    line++;
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const start = at++;
    if (code === 0x0a) endLine();
    else if (code === 0x0d && text.charCodeAt(at) === 0x0a) continue;
    else if (CLASSES[code] === BLANK) {
      if (tokens.length === 0) indent = code === 0x09 ? (Math.floor(indent / TAB_WIDTH) + 1) * TAB_WIDTH : indent + 1;
    } else {
      const isWord = CLASSES[code] === WORD;
      if (isWord) while (CLASSES[text.charCodeAt(at)] === WORD) at++;
      else if (code >= 0xd800 && code < 0xdc00 && at < text.length) at++;
      tokens.push({ start, end: at, text: text.slice(start, at), line, isWord });
    }
  }
  endLine();
  return lines;
}
