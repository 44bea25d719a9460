/** A token that a program puts together of literals next to each other: `"hf_abc" + "def"`, `"hf_abc" "def"`, also over lines. */
import type { Segment } from './segment.ts';

/** UTF-16 units between two literals that are read: an operator, a line's end and its indentation. */
const MAX_GAP = 160;

/** The gap goes, and the character before it stands for it: what is found in the joined text has a place in the gap's lines. */
export function findLiterals(text: string, found: (segment: Segment) => void): void {
  for (const quote of ['"', "'"]) {
    for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
      if (!isOfToken(text.charCodeAt(at - 1))) continue;
      const end = nextLiteral(text, at + 1);
      if (end !== null && isOfToken(text.charCodeAt(end)))
        found({ start: at - 1, end, text: text[at - 1]!, encoding: 'literals' });
    }
  }
}

/** Where the next literal's text begins; null where anything else than white space and one operator comes before it. */
function nextLiteral(text: string, start: number): number | null {
  const ceiling = Math.min(text.length, start + MAX_GAP);
  let joined = false;
  for (let at = start; at < ceiling; at++) {
    const unit = text[at]!;
    if (unit === '"' || unit === "'") return at > start ? at + 1 : null;
    if (unit === ' ' || unit === '\t' || unit === '\r' || unit === '\n' || unit === '\\') continue;
    if (OPERATORS.has(unit) && !joined) {
      joined = true;
      continue;
    }
    if (!PREFIX.has(unit.toLowerCase()) || !isQuote(text[at + 1])) return null;
  }
  return null;
}

/** Of most languages; of PHP and Perl; of Visual Basic; of Julia. */
const OPERATORS = new Set(['+', '.', '&', '*']);

/** Before a literal of Python: bytes, raw, formatted. */
const PREFIX = new Set(['b', 'r', 'f', 'u']);

function isQuote(unit: string | undefined): boolean {
  return unit === '"' || unit === "'";
}

function isOfToken(unit: number): boolean {
  return (
    (unit >= 48 && unit <= 57) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 97 && unit <= 122) ||
    unit === 95 ||
    unit === 45 ||
    unit === 46 ||
    unit === 47 ||
    unit === 43
  );
}
