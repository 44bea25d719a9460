/** Finds what IPython reads in a cell that Python does not: `%magic`, `!shell`, `help?`, also after `x =`. */
import { autoCall } from './auto-call.ts';
import { pythonBody } from './cell-magics.ts';
import { helpCall, ipythonCall } from './ipython-calls.ts';
import type { Span } from './json-reader.ts';
import { ipythonLineEnd, withPythonLines } from './line-ends.ts';
import { type MappedText, type Piece, stitch } from './mapped-text.ts';
import { readLogicalLine } from './python-lexer.ts';
import type { LiteralPiece } from './string-literal.ts';

/** What begins a line in IPython's syntax, and no line of Python. */
const ESCAPES = '%!?,;/';

export interface PythonCell extends MappedText {
  /** Words of the cell that have no place in its Python, in order. */
  readonly left: readonly Span[];
  /** True when the cell does not end where its text does, and would swallow the next one; see LogicalLine. */
  readonly open: boolean;
}

/**
 * The cell as Python: with the lines that IPython sees, each ended by `\n`, and each magic as the call that IPython makes
 * of it. One that runs Python (`%time f()`) stands before that, and `/f x` becomes what it calls.
 */
export function translateMagics(cell: MappedText): PythonCell {
  let text = withPythonLines(cell.text);
  const pieces: Piece[] = [];
  const left: Span[] = [];
  let kept = 0;
  let open = false;

  function replace(start: number, end: number, replacement: readonly LiteralPiece[]): void {
    pieces.push({ of: cell, from: kept, text: text.slice(kept, start) });
    for (const { from, ...piece } of replacement) pieces.push({ of: cell, from: start + from, ...piece });
    kept = end;
  }

  /** Python knows fewer line ends: what IPython reads as the next line must not stay on this one. */
  function endLine(end: number): void {
    if (end < text.length && text[end] !== '\n') text = `${text.slice(0, end)}\n${text.slice(end + 1)}`;
  }

  /** Returns where reading goes on: after the command, or at the Python that it runs. */
  function translateCommand(start: number, alone: boolean): number {
    const end = commandEnd(cell.text, start);
    const command = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    const call = alone ? autoCall(command) : null;
    const body = pythonBody(command);
    const stop = start + (body ?? command.length);
    if (call !== null) replace(start, stop, call);
    else if (body === null) replace(start, stop, ipythonCall(command, alone));
    else if (alone) replace(start, stop, [...ipythonCall(command.slice(0, body), alone), ...separator(body)]);
    else {
      replace(start, stop, []);
      left.push({ start, end: stop });
    }
    endLine(end);
    return body === null ? end : stop;
  }

  let at = 0;
  while (at < text.length) {
    const start = skipSpaces(text, at);
    if (ESCAPES.includes(text[start] ?? '\n')) {
      at = translateCommand(start, true);
      continue;
    }
    const line = readLogicalLine(text, start);
    if (line.command !== null) {
      at = translateCommand(line.command, false);
      continue;
    }
    if (text[line.last] === '?' && !line.open)
      replace(start, line.last + 1, helpCall(text.slice(start, line.last + 1)));
    open = line.open;
    at = line.end + 1;
  }
  pieces.push({ of: cell, from: kept, text: text.slice(kept) });
  return { ...stitch(pieces.filter((piece) => piece.text !== '')), left, open };
}

function separator(from: number): LiteralPiece[] {
  return [{ from, text: '; ', width: 0 }];
}

/** A command ends with its line, or with the first that has no backslash right before its `\n`. */
function commandEnd(cell: string, start: number): number {
  let end = ipythonLineEnd(cell, start);
  while (end < cell.length && cell.endsWith('\\\n', end + 1)) end = ipythonLineEnd(cell, end + 1);
  return end;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}
