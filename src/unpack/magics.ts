/** Finds what IPython reads in a cell that Python does not: `%magic`, `!shell`, `help?`, also after `x =`. */
import { autoCall } from './auto-call.ts';
import { pythonBody } from './cell-magics.ts';
import type { Span } from './json-reader.ts';
import { ipythonLineEnd, withPythonLines } from './line-ends.ts';
import { readLogicalLine } from './python-lexer.ts';

/** What begins a line in IPython's syntax, and no line of Python. */
const ESCAPES = '%!?,;/';

export interface MaskedCell {
  /** As long as the cell, with the lines that IPython sees, each ended by `\n`, and Python where the cell was right. */
  readonly text: string;
  /** What was masked, in order. */
  readonly magics: readonly Span[];
  /** True when the cell does not end where its text does, and would swallow the next one; see LogicalLine. */
  readonly open: boolean;
}

/**
 * A magic becomes `_`, which may stand alone and after `=`; one that runs Python (`%time f()`) loses its own words only,
 * and `/f x` becomes the call that it makes.
 */
export function maskMagics(cell: string): MaskedCell {
  let text = withPythonLines(cell);
  const magics: Span[] = [];
  const kept: string[] = [];
  let masked = 0;
  let open = false;

  function replace(start: number, end: number, replacement: string): void {
    kept.push(text.slice(masked, start), replacement);
    masked = end;
  }

  function mask(start: number, end: number, replacement: string): void {
    magics.push({ start, end });
    const blank = text.slice(start, end).replace(/[^\r\n]/g, ' ');
    replace(start, end, replacement + blank.slice(replacement.length));
  }

  /** Python knows fewer line ends: what IPython reads as the next line must not stay on this one. */
  function endLine(end: number): void {
    if (end < text.length && text[end] !== '\n') text = `${text.slice(0, end)}\n${text.slice(end + 1)}`;
  }

  /** Returns where reading goes on: after the command, or at the Python that it runs. */
  function maskCommand(start: number, alone: boolean): number {
    const end = commandEnd(cell, start);
    const command = text.slice(start, end);
    const call = alone ? autoCall(command) : null;
    const body = pythonBody(command);
    if (call !== null && command.startsWith('/')) replace(start, end, call);
    else if (call !== null) mask(start, end, call);
    else mask(start, body === null ? end : start + body, body === null ? '_' : alone ? '_;' : '');
    endLine(end);
    return body === null ? end : start + body;
  }

  let at = 0;
  while (at < text.length) {
    const start = skipSpaces(text, at);
    if (ESCAPES.includes(text[start] ?? '\n')) {
      at = maskCommand(start, true);
      continue;
    }
    const line = readLogicalLine(text, start);
    if (line.command !== null) {
      at = maskCommand(line.command, false);
      continue;
    }
    if (text[line.last] === '?' && !line.open) mask(start, line.last + 1, '_');
    open = line.open;
    at = line.end + 1;
  }
  return { text: kept.join('') + text.slice(masked), magics, open };
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
