/** The code cells of a notebook to parts: one Python module across the cells, and what does not belong to it. */
import type { Language } from '#domain/part.ts';
import { cellLanguage } from './cell-magics.ts';
import { maskMagics } from './magics.ts';
import { type MappedText, type Piece, stitch } from './mapped-text.ts';
import { stripPrompts } from './prompts.ts';

export interface CodeText extends MappedText {
  readonly language: Language;
}

/**
 * First the module. A cell that is not complete Python by itself would swallow its neighbours, and stands apart; so do
 * cells in other languages. Magics leave the module for one text at the end: every character is in exactly one text.
 */
export function pythonCells(cells: readonly MappedText[]): CodeText[] {
  const module: Piece[] = [];
  const magics: Piece[] = [];
  const apart: CodeText[] = [];
  function addPython(cell: MappedText, elsewhere: boolean): void {
    const plain = stripPrompts(cell);
    const masked = maskMagics(plain.text);
    const piece: Piece = { of: plain, from: 0, text: masked.text };
    if (masked.open || elsewhere) apart.push({ ...stitch([piece]), language: 'python' });
    else module.push(piece);
    for (const { start, end } of masked.magics)
      magics.push({ of: plain, from: start, text: plain.text.slice(start, end) });
  }

  for (const cell of cells) {
    const { language, from } = cellLanguage(cell.text);
    const rest = from === 0 ? cell : stitch([{ of: cell, from, text: cell.text.slice(from) }]);
    if (from > 0 && language !== 'notebook')
      addPython(stitch([{ of: cell, from: 0, text: cell.text.slice(0, from) }]), false);
    if (language === 'foreign') apart.push({ ...rest, language: null });
    else if (language === 'apart') addPython(rest, true);
    else addPython(cell, false);
  }
  const commands = magics.length === 0 ? [] : [{ ...stitch(magics, '\n'), language: null }];
  return [{ ...stitch(module, '\n'), language: 'python' }, ...apart, ...commands];
}
