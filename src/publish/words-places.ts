/** How places in a notebook are called. */
import type { CellPosition } from '#domain/location.ts';

/** A cell as Jupyter shows it, and the line in it. */
export function cellPhrase({ number, execution, line, output }: CellPosition): string {
  const where = output === true ? 'output line' : 'line';
  return `cell ${number}${execution === null ? '' : ` (In [${execution}])`}, ${where} ${line}`;
}
