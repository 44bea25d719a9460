/** The JSON of a notebook (nbformat 3 and 4) to its cells; their texts stay where they stand in the file. */
import { createJsonReader, decodeString, type JsonReader, type Span } from './json-reader.ts';
import { createLineIndex } from './line-index.ts';
import { readSetting } from './notebook-metadata.ts';
import { type NotebookOutput, readOutput, readStored } from './read-output.ts';
import type { StoredText } from './stored-text.ts';

/** Cells of one notebook that are read; the rest are counted and reported. */
export const MAX_CELLS = 10_000;
/** The same for the outputs of all its cells together. */
export const MAX_OUTPUTS = 20_000;

export interface NotebookCell {
  readonly code: boolean;
  readonly execution: number | null;
  /**
   * Raw when what stands there is not a text. One cell may have several: version 4 reads `source`, version 3 `input`, and
   * a key may come twice; which of them runs depends on the reader.
   */
  readonly sources: readonly StoredText[];
  readonly outputs: readonly NotebookOutput[];
}

export interface Notebook {
  /** At most MAX_CELLS; a cell's number is its index plus one. */
  readonly cells: readonly NotebookCell[];
  readonly cellCount: number;
  readonly outputCount: number;
  /** What the notebook says about its kernel and language, in its own words. */
  readonly languages: readonly string[];
  /** Metadata that people put values into, each with its name. */
  readonly settings: readonly Span[];
}

interface CellList {
  readonly cells: NotebookCell[];
  count: number;
}

interface Context {
  readonly json: JsonReader;
  readonly text: string;
  readonly languages: string[];
  readonly settings: Span[];
  outputCount: number;
}

/** `broken` is a clause that says what is wrong, and where. */
export function readNotebook(text: string): Notebook | { readonly broken: string } {
  const json = createJsonReader(text);
  const languages: string[] = [];
  const settings: Span[] = [];
  const context: Context = { json, text, languages, settings, outputCount: 0 };
  const lists: CellList[] = [];
  const root = json.object((key) => {
    if (key === 'cells' || key === 'worksheets') {
      const list: CellList = { cells: [], count: 0 };
      if (key === 'cells' ? readCells(context, list) : readWorksheets(context, list)) lists.push(list);
    } else if (key === 'metadata') {
      json.object((name) => {
        if (name === 'kernelspec' || name === 'language_info') readLanguages(context);
        else readSetting(json, text, settings, name);
      });
    } else readSetting(json, text, settings, key);
  });
  if (root === null) json.skip();
  json.finish();
  const fault = json.fault();
  if (fault !== null) {
    const { line, column } = createLineIndex(text)(fault.offset);
    return { broken: `the JSON ${fault.message} at line ${line}, column ${column}` };
  }
  if (lists.length === 0) return { broken: 'the JSON holds no list of cells' };
  // Of a key that comes twice every reader of JSON takes the last: its cells are the first ones, and nothing hides in the others.
  const cells = lists.reverse().flatMap((list) => list.cells);
  const cellCount = lists.reduce((sum, { count }) => sum + count, 0);
  return { cells: cells.slice(0, MAX_CELLS), cellCount, outputCount: context.outputCount, languages, settings };
}

/** Version 3 kept its cells in worksheets, of which there was only ever one. */
function readWorksheets(context: Context, list: CellList): boolean {
  const { json } = context;
  let found = false;
  json.array(() =>
    json.object((key) => {
      if (key === 'cells' && readCells(context, list)) found = true;
    }),
  );
  return found;
}

function readCells(context: Context, list: CellList): boolean {
  const span = context.json.array(() => {
    if (list.count++ < MAX_CELLS) list.cells.push(readCell(context));
  });
  return span !== null;
}

function readCell(context: Context): NotebookCell {
  const { json, text } = context;
  const cell = { type: '', execution: null as number | null };
  const sources: StoredText[] = [];
  const outputs: NotebookOutput[] = [];
  const span = json.object((key) => {
    if (key === 'cell_type') cell.type = readWord(json, text) ?? '';
    else if (key === 'source' || key === 'input') sources.push(readStored(json));
    else if (key === 'execution_count' || key === 'prompt_number') cell.execution = json.number();
    else if (key === 'metadata') readSettings(context);
    else if (key === 'outputs')
      json.array(() => {
        if (context.outputCount++ < MAX_OUTPUTS) outputs.push(readOutput(json));
      });
    else if (key === 'attachments') readAttachments(context);
    else readSetting(json, text, context.settings, key);
  });
  const { type, execution } = cell;
  return {
    code: type === 'code',
    execution: Number.isSafeInteger(execution) ? execution : null,
    sources: span === null ? [{ raw: json.skip() }] : sources,
    outputs,
  };
}

/** A cell's own: papermill keeps there when it ran, and nothing else. */
function readSettings({ json, text, settings }: Context): void {
  json.object((key) => {
    if (key !== 'papermill') readSetting(json, text, settings, key);
  });
}

/** Files beside a cell, each in several types: images, nearly always. */
function readAttachments({ json, text, settings }: Context): void {
  json.object(() =>
    json.object((type) => {
      if (type.startsWith('text/')) readSetting(json, text, settings, type);
    }),
  );
}

function readLanguages({ json, text, languages, settings }: Context): void {
  json.object((key) => {
    if (key === 'name' || key === 'language') languages.push(readWord(json, text) ?? '');
    else readSetting(json, text, settings, key, true);
  });
}

function readWord(json: JsonReader, text: string): string | null {
  const span = json.string();
  return span === null ? null : decodeString(text, span);
}
