/** Offsets to lines and columns, as git and GitHub count them. */
import { lastAtMost } from '#domain/last-at-most.ts';
import type { Position } from '#domain/location.ts';

/**
 * Lines and columns count from 1, columns in UTF-16 units. Only `\n` ends a line, as in git and on GitHub: `\r\n` is one
 * ending whose `\r` still belongs to the line, a lone `\r` is none. The index is built when it is first asked.
 */
export function createLineIndex(text: string): (offset: number) => Pick<Position, 'line' | 'column'> {
  let starts: number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(text);
    const index = lastAtMost(starts, offset);
    return { line: index + 1, column: offset - starts[index]! + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
