/** A notebook's cells to parts: code as one module, outputs and prose one by one, each knowing its cell. */
import type { Part, PartKind } from '#domain/part.ts';
import { createLineIndex } from './line-index.ts';
import { stitch, written } from './mapped-text.ts';
import { isPython } from './notebook-language.ts';
import { outputTexts } from './output-texts.ts';
import { type CodeText, pythonCells } from './python-cells.ts';
import { MAX_CELLS, MAX_OUTPUTS, type Notebook } from './read-notebook.ts';
import { openText, type StoredFile, type StoredText } from './stored-text.ts';
import type { Unpacked, Unread } from './unpacked.ts';

/** UTF-16 units of one output that are read: what is longer is a log or data, and its beginning tells. */
export const MAX_OUTPUT_LENGTH = 5_000_000;

/** `text` is the whole file. */
export function notebookParts(path: string, text: string, notebook: Notebook): Unpacked {
  const file: StoredFile = { text, position: createLineIndex(text) };
  const parts: Part[] = [];
  const add = (kind: PartKind, code: CodeText) => {
    const { language, text, locate } = code;
    const part: Part = { path, kind, language, text, locate };
    parts.push(language === 'python' ? { ...part, written: (start, end) => written(code, start, end) } : part);
  };

  const skipped = notRead(notebook);
  for (const code of codeTexts(file, notebook)) add('source', code);
  notebook.cells.forEach((cell, index) => {
    const label = { number: index + 1, execution: cell.execution };
    for (const source of cell.sources)
      if (isOdd(source) || !cell.code)
        add(isOdd(source) ? 'source' : 'prose', { ...openText(file, source, label), language: null });
    for (const output of cell.outputs)
      for (const { text, locate } of outputTexts(file, output, label)) {
        add('output', { text: text.slice(0, MAX_OUTPUT_LENGTH), locate, language: null });
        if (text.length > MAX_OUTPUT_LENGTH)
          skipped.push(cut(MAX_OUTPUT_LENGTH, text.length, `characters of an output of cell ${label.number}`));
      }
  });
  for (const raw of notebook.settings) add('output', { ...openText(file, { raw }, null), language: null });
  return { parts, skipped };
}

function codeTexts(file: StoredFile, { cells, languages }: Notebook): CodeText[] {
  const code = cells.flatMap((cell, index) =>
    cell.sources
      .filter((source) => cell.code && !isOdd(source))
      .map((source) => openText(file, source, { number: index + 1, execution: cell.execution })),
  );
  if (isPython(languages, code)) return pythonCells(code);
  const pieces = code.map((cell) => ({ of: cell, from: 0, text: cell.text }));
  return [{ ...stitch(pieces, '\n'), language: null }];
}

/** What stands where the source should be is not a text, and is kept as it stands. */
function isOdd(source: StoredText): boolean {
  return 'raw' in source;
}

function notRead({ cells, cellCount, outputCount }: Notebook): Unread[] {
  const odd = cells.flatMap((cell, index) => (cell.sources.some(isOdd) ? [index + 1] : []));
  const others = odd.length > 1 ? ` (and of ${odd.length - 1} more)` : '';
  return [
    ...(odd.length > 0 ? [broken(`the source of cell ${odd[0]}${others} is not a text`)] : []),
    ...(outputCount > MAX_OUTPUTS ? [cut(MAX_OUTPUTS, outputCount, 'outputs')] : []),
    ...(cellCount > MAX_CELLS ? [cut(MAX_CELLS, cellCount, 'cells')] : []),
  ];
}

function broken(detail: string): Unread {
  return { reason: 'broken-notebook', detail };
}

function cut(read: number, count: number, what: string): Unread {
  return { reason: 'too-large', detail: `the first ${read} of ${count} ${what} were read` };
}
