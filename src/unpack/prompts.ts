/** Pasted code: takes off what IPython takes off, which is a common indentation, or the prompts of a doctest. */
import { withPythonLines } from './line-ends.ts';
import { type MappedText, type Piece, stitch } from './mapped-text.ts';
import { lineEnd } from './python-lexer.ts';

const PROMPT = /[ \t]*(?:>>>|\.\.\.)(?: |(?=\r?\n)|$)/y;

/** The first line that is not blank decides. */
export function stripPrompts(cell: MappedText): MappedText {
  const text = withPythonLines(cell.text);
  const first = text.search(/\S/);
  const indent = first === -1 ? '' : text.slice(text.lastIndexOf('\n', first) + 1, first);
  const isDoctest = text.startsWith('>>>', first);
  if (!isDoctest && indent === '') return cell;
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    const end = Math.min(lineEnd(text, at) + 1, text.length);
    const from = at + (isDoctest ? promptLength(text, at) : text.startsWith(indent, at) ? indent.length : 0);
    pieces.push({ of: cell, from, text: cell.text.slice(from, end) });
    at = end;
  }
  return stitch(pieces);
}

function promptLength(text: string, at: number): number {
  PROMPT.lastIndex = at;
  return PROMPT.exec(text)?.[0].length ?? 0;
}
