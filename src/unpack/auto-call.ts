/** IPython's calls without brackets (`/f x`, `,f x`, `;f x`) to the Python that they run. */
import { type LiteralPiece, stringLiteral } from './string-literal.ts';

/** Null when it calls nothing. */
export function autoCall(command: string): LiteralPiece[] | null {
  const [, kind, name, given] = /^([/,;])(\S+)(?: (.*))?$/s.exec(command) ?? [];
  if (name === undefined) return null;
  const called: LiteralPiece = { from: 1, text: name };
  if (given === undefined || given.trim() === '') return [called];
  const words = wordsOf(given, kind === ';').flatMap((word, index): LiteralPiece[] => {
    const from = command.length - given.length + word.from;
    const value = kind === '/' ? [{ from: 0, text: word.text }] : stringLiteral(word.text);
    const comma: LiteralPiece[] = index === 0 ? [] : [{ from, text: ', ', width: 0 }];
    return [...comma, ...value.map((piece) => ({ ...piece, from: from + piece.from }))];
  });
  const end = command.length;
  return [called, { from: end - given.length, text: '(', width: 0 }, ...words, { from: end, text: ')', width: 0 }];
}

/** Where `whole`, all is one word. */
function wordsOf(given: string, whole: boolean): { from: number; text: string }[] {
  const line = given.replaceAll('\\\n', '  ');
  return [...line.matchAll(whole ? /\S(?:.*\S)?/g : /\S+/g)].map(({ 0: text, index }) => ({ from: index, text }));
}
