/** How places in a notebook and in an archive are called. */
import type { CellPosition, EntryPosition, Location } from '#domain/location.ts';
import { shorten, visible } from './escape.ts';

const MAX_ENTRY_NAME = 200;

/** A cell as Jupyter shows it, and the line in it. */
export function cellPhrase({ number, execution, line, output }: CellPosition): string {
  const where = output === true ? 'output line' : 'line';
  return `cell ${number}${execution === null ? '' : ` (In [${execution}])`}, ${where} ${line}`;
}

/** Where in its file a place is, for what a line of the file does not say: null where the line says it all. */
export function innerPlace({ cell, entry }: Pick<Location, 'cell' | 'entry'>): string | null {
  const phrases = [
    ...(entry === undefined ? [] : [entryPhrase(entry)]),
    ...(cell === undefined ? [] : [cellPhrase(cell)]),
  ];
  return phrases.length === 0 ? null : phrases.join(', ');
}

/** An entry of an archive, and the line in it. */
function entryPhrase({ path, line }: EntryPosition): string {
  return path === ''
    ? `line ${line} of the unpacked file`
    : `line ${line} of the entry ${shorten(visible(path), MAX_ENTRY_NAME)}`;
}
