/** Finds what IPython reads in a cell that Python does not: `%magic`, `!shell`, `help?`, also after `x =`. */
import { pythonBody } from './cell-magics.ts';
import type { Span } from './json-reader.ts';
import { lineEnd, readLogicalLine } from './python-lexer.ts';

/** What begins a line in IPython's syntax, and no line of Python. */
const ESCAPES = '%!?,;/';

export interface MaskedCell {
  /** As long as the cell, with the same lines, and Python where the cell was right. */
  readonly text: string;
  /** What was masked, in order. */
  readonly magics: readonly Span[];
  /** True when the cell does not end where its text does, and would swallow the next one; see LogicalLine. */
  readonly open: boolean;
}

/** A magic becomes `_`, which may stand alone and after `=`; one that runs Python (`%time f()`) loses its own words only. */
export function maskMagics(text: string): MaskedCell {
  const magics: Span[] = [];
  const kept: string[] = [];
  let masked = 0;
  let open = false;

  function mask(start: number, end: number, replacement: string): void {
    magics.push({ start, end });
    const blank = text.slice(start, end).replace(/[^\r\n]/g, ' ');
    kept.push(text.slice(masked, start), replacement, blank.slice(replacement.length));
    masked = end;
  }

  /** Returns where reading goes on: after the command, or at the Python that it runs. */
  function maskCommand(start: number, alone: boolean): number {
    const end = commandEnd(text, start);
    const body = pythonBody(text.slice(start, end));
    mask(start, body === null ? end : start + body, body === null ? '_' : alone ? '_;' : '');
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

/** A command ends with its line, or with the first that does not end in a backslash. */
function commandEnd(text: string, start: number): number {
  let end = lineEnd(text, start);
  while (end < text.length && /\\\r?$/.test(text.slice(Math.max(start, end - 2), end))) end = lineEnd(text, end + 1);
  return end;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}
