/** The lines of a part, and their places in the stored file: comments that speak of findings are read line by line. */
import type { Location } from '#domain/location.ts';
import type { Part } from '#domain/part.ts';
import type { Suppression } from '#domain/suppression.ts';

export interface Line {
  readonly text: string;
  /** The offset at which it starts. */
  readonly start: number;
}

export function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const from = start;
    start += line.length + 1;
    return { text: line, start: from };
  });
}

export function inSameCell(part: Part, line: Line, other: Line): boolean {
  return part.locate(line.start).cell?.number === part.locate(other.start).cell?.number;
}

/** Both lines, and what stands between them. */
export function coverLines(
  part: Part,
  first: Line,
  last: Line,
): Pick<Suppression, 'coversFrom' | 'coversTo' | 'coversFromColumn' | 'coversToColumn'> {
  const start = part.locate(first.start);
  const end = part.locate(last.start + last.text.length);
  // An archive has no lines of its own.
  const [from, to] = [start.entry ?? start, end.entry ?? end];
  const columns = start.cell === undefined ? {} : { coversFromColumn: from.column, coversToColumn: to.column };
  return { coversFrom: from.line, coversTo: to.line, ...columns };
}

export function locate(part: Part, path: string, start: number, end: number): Location {
  const from = part.locate(start);
  const to = part.locate(end);
  return {
    path,
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    ...(from.cell === undefined ? {} : { cell: from.cell }),
    ...(from.entry === undefined ? {} : { entry: from.entry }),
  };
}
