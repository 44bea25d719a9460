/** Text to a Python string literal that shows it as it is written wherever Python allows that, so that it can still be read and placed. */

/** A run of the literal: text of the original, or (`width` 0 or 1) what Python wants to have written. */
export interface LiteralPiece {
  /** Where it stands in the original text. */
  readonly from: number;
  readonly text: string;
  readonly width?: number;
}

const QUOTES = ["'", '"', "'''", '"""'];

/** `text` has no line end. Quotes are chosen that it does not hold; a backslash makes the literal raw; only then is escaped. */
export function stringLiteral(text: string): LiteralPiece[] {
  const raw = text.includes('\\');
  const quote = QUOTES.find((each) => !text.includes(each) && !text.endsWith(each[0]!));
  if (quote === undefined || (raw && endsInEscape(text))) return escaped(text);
  return [
    { from: 0, text: `${raw ? 'r' : ''}${quote}`, width: 0 },
    { from: 0, text },
    { from: text.length, text: quote, width: 0 },
  ];
}

/** A raw literal cannot end with a backslash that has no other before it. */
function endsInEscape(text: string): boolean {
  return /(?<!\\)(?:\\\\)*\\$/.test(text);
}

function escaped(text: string): LiteralPiece[] {
  const pieces: LiteralPiece[] = [{ from: 0, text: "'", width: 0 }];
  let at = 0;
  for (const { 0: char, index } of text.matchAll(/[\\']/g)) {
    pieces.push({ from: at, text: text.slice(at, index) }, { from: index, text: `\\${char}`, width: 1 });
    at = index + 1;
  }
  pieces.push({ from: at, text: text.slice(at) }, { from: text.length, text: "'", width: 0 });
  return pieces;
}
