/** A cell for a shell (`%%bash`) to Python: each of its lines as the call that `!` before it would make. */
import { ipythonCall, shellCall } from './ipython-calls.ts';
import { withPythonLines } from './line-ends.ts';
import { type MappedText, type Piece, stitch } from './mapped-text.ts';

export function translateShellCell(cell: MappedText): MappedText {
  const text = withPythonLines(cell.text).replaceAll('\r\n', ' \n');
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    const start = skipBlanks(text, at);
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    const call = line.startsWith('%%') ? ipythonCall(line, true) : shellCall(line);
    for (const { from, ...piece } of call) pieces.push({ of: cell, from: start + from, ...piece });
    pieces.push({ of: cell, from: end, text: text.slice(end, end + 1) });
    at = end + 1;
  }
  return stitch(pieces.filter((piece) => piece.text !== ''));
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Where the line ends, with those that a backslash joins to it; to a comment it joins none. */
function lineEnd(text: string, start: number): number {
  for (let from = start; ; ) {
    const end = text.indexOf('\n', from);
    if (end === -1) return text.length;
    if (text[start] === '#' || text[end - 1] !== '\\' || text[end - 2] === '\\') return end;
    from = end + 1;
  }
}
