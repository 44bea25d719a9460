/** The lines around a match, for allowlists that speak of them: read once for all matches of a line, since a line may be all of a text. */
import type { Expression } from './expression/expression.ts';

/** UTF-16 units: of a longer line what is in one piece with the match counts. Gitleaks reads texts in pieces of about this. */
export const PIECE = 100_000;

/** Whether one of the expressions is met by the lines from `start` to `end`. */
export type LineTest = (start: number, end: number, expressions: readonly Expression[]) => boolean;

/** As Gitleaks has it: with the line break before the first of the lines, and without the one behind the last. */
export function createLineTest(text: string): LineTest {
  let [from, to, isOneLine] = [0, -1, false];
  let lines = '';
  const answers = new Map<readonly Expression[], boolean>();

  return (start, end, expressions) => {
    if (!isOneLine || start < from || end > to) {
      const piece = start - (start % PIECE);
      from = piece + Math.max(0, text.slice(piece, start + 1).lastIndexOf('\n'));
      const rest = text.slice(end, Math.max(end, piece + PIECE));
      const lineEnd = rest.indexOf('\n');
      to = end + (lineEnd < 0 ? rest.length : lineEnd);
      lines = text.slice(from, to);
      isOneLine = !lines.includes('\n', 1);
      answers.clear();
    }
    const known = answers.get(expressions);
    if (known !== undefined) return known;
    const answer = expressions.some(({ re }) => re.test(lines));
    answers.set(expressions, answer);
    return answer;
  };
}
