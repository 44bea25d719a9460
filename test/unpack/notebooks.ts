/** Notebooks for tests: cells in, the .ipynb's bytes out, and the way from a needle to its place in a part. */
import type { Part, PartKind } from '#domain/part.ts';
import { unpack } from '#unpack/unpack.ts';

export interface CellSketch {
  readonly code?: string;
  readonly markdown?: string;
  readonly raw?: string;
  readonly run?: number | null;
  readonly outputs?: readonly unknown[];
}

export interface NotebookOptions {
  /** As in JSON.stringify; 0 puts the whole file on one line. */
  readonly indent?: number;
  readonly metadata?: unknown;
  /** How sources are stored: the list of lines that Jupyter writes, or one string. */
  readonly lines?: boolean;
}

/** nbformat 4. */
export function notebook(cells: readonly CellSketch[], options: NotebookOptions = {}): string {
  const { indent = 1, metadata = { kernelspec: { name: 'python3', language: 'python' } }, lines = true } = options;
  const source = (text: string) => (lines ? text.split(/(?<=\n)/) : text);
  const stored = cells.map(({ code, markdown, raw, run = null, outputs = [] }) =>
    code === undefined
      ? { cell_type: raw === undefined ? 'markdown' : 'raw', metadata: {}, source: source(markdown ?? raw ?? '') }
      : { cell_type: 'code', execution_count: run, metadata: {}, outputs, source: source(code) },
  );
  return JSON.stringify({ cells: stored, metadata, nbformat: 4, nbformat_minor: 5 }, null, indent);
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function unpackText(path: string, text: string) {
  return unpack(path, bytes(text));
}

export function partsOf(text: string, kind?: PartKind): Part[] {
  return unpackText('a.ipynb', text).parts.filter((part) => kind === undefined || part.kind === kind);
}

/** The Python module of a notebook. */
export function moduleOf(text: string): Part {
  const part = partsOf(text, 'source')[0];
  if (part === undefined) throw new Error('the notebook has no module');
  return part;
}

/** Where the needle's first occurrence stands, by the part's own word. */
export function find(part: Part, needle: string) {
  const offset = part.text.indexOf(needle);
  if (offset === -1) throw new Error(`${JSON.stringify(needle)} is not in ${JSON.stringify(part.text)}`);
  return part.locate(offset);
}

/** The text of the file from a line and column on, to hold a position against. */
export function textAt(file: string, { line, column }: { line: number; column: number }, length: number): string {
  return file.split('\n')[line - 1]!.slice(column - 1, column - 1 + length);
}
