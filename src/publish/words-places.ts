/** How places in a notebook, in an archive and in an earlier commit are called. */
import type { CellPosition, EntryPosition, Location } from '#domain/location.ts';
import { shorten, visible } from './escape.ts';
import { shortCommit } from './words-history.ts';

const MAX_ENTRY_NAME = 200;

/** A cell as Jupyter shows it, and the line in it. */
export function cellPhrase({ number, execution, line, output }: CellPosition): string {
  const where = output === true ? 'output line' : 'line';
  return `cell ${number}${execution === null ? '' : ` (In [${execution}])`}, ${where} ${line}`;
}

/** Where in its file a place is, for what a line of the file does not say: null where the line says it all. */
export function innerPlace(location: Pick<Location, 'cell' | 'entry' | 'commit' | 'text'>): string | null {
  const { cell, entry, commit, text } = location;
  const phrases = [
    // A text is called by its commit already.
    ...(commit === undefined || text !== undefined ? [] : [`commit ${shortCommit(commit)}`]),
    ...(entry === undefined ? [] : [entryPhrase(entry)]),
    ...(cell === undefined ? [] : [cellPhrase(cell)]),
  ];
  return phrases.length === 0 ? null : phrases.join(', ');
}

/** An entry of an archive, and the line in it. */
function entryPhrase({ path, line, name }: EntryPosition): string {
  if (path === '') return `line ${line} of the unpacked file`;
  return `${name === true ? 'the name' : `line ${line}`} of the entry ${shorten(visible(path), MAX_ENTRY_NAME)}`;
}
