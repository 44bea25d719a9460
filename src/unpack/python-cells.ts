/** The code cells of a notebook to parts: one Python module across the cells, and what does not belong to it. */
import type { Language } from '#domain/part.ts';
import { cellLanguage } from './cell-magics.ts';
import { translateMagics } from './magics.ts';
import { type MappedText, type Piece, stitch } from './mapped-text.ts';
import { stripPrompts } from './prompts.ts';
import { translateShellCell } from './shell-cell.ts';

export interface CodeText extends MappedText {
  readonly language: Language;
}

/**
 * First the module. A cell that is not complete Python by itself would swallow its neighbours, and stands apart; so do
 * cells in other languages. What Python has no place for is one text at the end: every character is in exactly one text.
 */
export function pythonCells(cells: readonly MappedText[]): CodeText[] {
  const module: Piece[] = [];
  const left: Piece[] = [];
  const apart: CodeText[] = [];
  function addPython(cell: MappedText, elsewhere: boolean): void {
    const plain = stripPrompts(cell);
    const python = translateMagics(plain);
    const piece: Piece = { of: python, from: 0, text: python.text };
    if (python.open || elsewhere) apart.push({ ...stitch([piece]), language: 'python' });
    else module.push(piece);
    for (const { start, end } of python.left) left.push({ of: plain, from: start, text: plain.text.slice(start, end) });
  }

  function addShell(cell: MappedText): void {
    const python = translateShellCell(cell);
    module.push({ of: python, from: 0, text: python.text });
  }

  for (const cell of cells) {
    const { language, from } = cellLanguage(cell.text);
    const rest = from === 0 ? cell : stitch([{ of: cell, from, text: cell.text.slice(from) }]);
    if (from > 0 && language !== 'notebook')
      addPython(stitch([{ of: cell, from: 0, text: cell.text.slice(0, from) }]), false);
    if (language === 'foreign') apart.push({ ...rest, language: null });
    else if (language === 'shell') addShell(rest);
    else if (language === 'apart') addPython(rest, true);
    else addPython(cell, false);
  }
  const rest = left.length === 0 ? [] : [{ ...stitch(left, '\n'), language: null }];
  return [{ ...stitch(module, '\n'), language: 'python' }, ...apart, ...rest];
}
