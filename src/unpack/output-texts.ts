/** One output of a cell to the texts that it shows, without colours, and without what it shows twice. */
import { stripAnsi } from './ansi.ts';
import type { MappedText } from './mapped-text.ts';
import type { NotebookOutput } from './read-output.ts';
import { type CellLabel, openText, type StoredFile, type StoredText } from './stored-text.ts';

export function outputTexts(file: StoredFile, output: NotebookOutput, cell: CellLabel): MappedText[] {
  const open = (stored: StoredText) => stripAnsi(openText(file, stored, { ...cell, output: true }));
  const texts = output.texts.map(open);
  const traceback = output.traceback === null ? null : open(output.traceback);
  const error = output.error === null ? null : open(output.error);
  if (traceback !== null) texts.push(traceback);
  if (error !== null && !traceback?.text.includes(error.text)) texts.push(error);
  return texts.filter(({ text }) => text !== '');
}
