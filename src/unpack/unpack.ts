/** Bytes of one side of one file to the parts that analyzers read. Runs in a worker thread, and never throws. */
import type { Part } from '#domain/part.ts';
import type { SkipReason } from '#domain/skipped.ts';
import { isNotebook, kindOf, languageOf } from './classify.ts';
import { decodeText } from './decode-text.ts';
import { createLineIndex } from './line-index.ts';
import { notebookParts } from './notebook-parts.ts';
import { readNotebook } from './read-notebook.ts';
import { isBinary, lfsPointerSize } from './sniff.ts';
import type { Unpacked } from './unpacked.ts';

/** `path` is the file's path in the repository: it decides the language, and nothing is read from disk. */
export function unpack(path: string, bytes: Uint8Array): Unpacked {
  const pointed = lfsPointerSize(bytes);
  if (pointed !== null) return notRead('lfs-pointer', `${pointed} bytes in Git LFS`);
  if (isBinary(bytes)) return notRead('binary', `${bytes.length} bytes`);
  const text = decodeText(bytes);
  if (!isNotebook(path)) return { parts: [filePart(path, text)], skipped: [] };
  const notebook = readNotebook(text);
  if (!('broken' in notebook)) return notebookParts(path, text, notebook);
  return { parts: [filePart(path, text)], skipped: [{ reason: 'broken-notebook', detail: notebook.broken }] };
}

function filePart(path: string, text: string): Part {
  return { path, kind: kindOf(path), language: languageOf(path, text), text, locate: createLineIndex(text) };
}

function notRead(reason: SkipReason, detail: string): Unpacked {
  return { parts: [], skipped: [{ reason, detail }] };
}
