/** Characters by their numbers in Unicode's own notation: `U+0068 U+0066`. */
import type { Segment } from './segment.ts';

const ONE = /U\+([0-9A-Fa-f]{4})(?:\s|(?!\w))/y;

/** Tab and line breaks are text. */
const CONTROL = /^00(?:0(?![9ad])|1|7f)/i;

/** As in Gitleaks, the blank behind a number belongs to it. */
export function findCodePoints(text: string, found: (segment: Segment) => void): void {
  for (let at = text.indexOf('U+'); at !== -1; at = text.indexOf('U+', at)) {
    const characters: string[] = [];
    let end = at;
    for (let digits = readOne(text, end); digits !== null; digits = readOne(text, end)) {
      characters.push(String.fromCharCode(Number.parseInt(digits, 16)));
      end = ONE.lastIndex;
    }
    if (characters.length > 0) found({ start: at, end, text: characters.join(''), encoding: 'escapes' });
    at = Math.max(end, at + 2);
  }
}

/** Null as well for a control character: then it is no text. */
function readOne(text: string, at: number): string | null {
  ONE.lastIndex = at;
  const digits = ONE.exec(text)?.[1];
  return digits === undefined || CONTROL.test(digits) ? null : digits;
}
