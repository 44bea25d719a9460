/** Keeps the parser's scanner within what it can count: far more levels of indentation than Python itself allows. */

/** Python refuses more than 100 levels; beyond 512 the scanner of tree-sitter-python writes past its buffer. */
const MAX_LEVELS = 500;

/** Source: tree-sitter-python, scanner.c. */
const TAB_WIDTH = 8;

/**
 * The text with every offset where it was. Where a file has too many widths of indentation, the widest count as one: a form
 * feed within the white space begins the count anew, for Python as for the scanner.
 */
export function capIndentation(text: string): string {
  const widths = new Set<number>();
  eachIndentation(text, (_start, _end, width) => widths.add(width));
  if (widths.size <= MAX_LEVELS) return text;
  const widest = [...widths].sort((a, b) => a - b)[MAX_LEVELS - 1]!;
  let capped = '';
  let done = 0;
  eachIndentation(text, (start, end, width) => {
    if (width <= widest) return;
    const kept = Math.min(widest, end - start - 1);
    capped += `${text.slice(done, start)}${' '.repeat(end - start - kept - 1)}\f${' '.repeat(kept)}`;
    done = end;
  });
  return capped + text.slice(done);
}

function eachIndentation(text: string, see: (start: number, end: number, width: number) => void): void {
  for (let start = 0; start < text.length; ) {
    let at = start;
    let width = 0;
    for (let code = text.charCodeAt(at); code === 32 || code === 9; code = text.charCodeAt(++at))
      width += code === 9 ? TAB_WIDTH : 1;
    if (width > 0) see(start, at, width);
    const line = text.indexOf('\n', at);
    if (line === -1) return;
    start = line + 1;
  }
}
