/** Bytes of one side of one file to the parts that analyzers read. Runs in a worker thread, and never throws. */

import { lfsPointerSize } from '#domain/lfs-pointer.ts';
import type { Part } from '#domain/part.ts';
import type { SkipReason } from '#domain/skipped.ts';
import { decodeText, isBinary } from '#domain/text-bytes.ts';
import { archiveKind } from './archive/kind.ts';
import { archiveParts } from './archive-parts.ts';
import { hasTextName, isNotebook, kindOf, languageOf } from './classify.ts';
import { withPythonLines } from './line-ends.ts';
import { createLineIndex } from './line-index.ts';
import { notebookParts } from './notebook-parts.ts';
import { opaqueEncoding } from './python-encoding.ts';
import { readNotebook } from './read-notebook.ts';
import type { Unpacked } from './unpacked.ts';

/** Bytes of one text; neither road hands on as much, and what a larger one becomes might not fit into memory. */
export const MAX_TEXT_BYTES = 32 * 1024 * 1024;

/** `path` is the file's path in the repository: it decides the language, and nothing is read from disk. */
export function unpack(path: string, bytes: Uint8Array): Unpacked {
  const pointed = lfsPointerSize(bytes);
  if (pointed !== null) return notRead('lfs-pointer', `${pointed} bytes in Git LFS`);
  if (archiveKind(path, bytes) !== null) return archiveParts(path, bytes, unpackText);
  if (!isBinary(bytes)) return unpackText(path, bytes);
  const { skipped } = notRead('binary', `${bytes.length} bytes`);
  // Whoever wants a secret unseen puts two bytes behind it.
  return { parts: hasTextName(path) ? unpackText(path, bytes).parts : [], skipped };
}

function unpackText(path: string, bytes: Uint8Array): Unpacked {
  if (bytes.length > MAX_TEXT_BYTES) {
    return notRead('too-large', `${bytes.length} bytes of text, over the limit of ${MAX_TEXT_BYTES}`);
  }
  const text = decodeText(bytes);
  if (!isNotebook(path)) return readFile(path, text);
  const notebook = readNotebook(text);
  if (!('broken' in notebook)) return notebookParts(path, text, notebook);
  return { parts: [filePart(path, text)], skipped: [{ reason: 'broken-notebook', detail: notebook.broken }] };
}

function readFile(path: string, text: string): Unpacked {
  const part = filePart(path, text);
  const encoding = part.language === 'python' ? opaqueEncoding(part.text) : null;
  if (encoding === null) return { parts: [part], skipped: [] };
  const detail = `declares the encoding ${JSON.stringify(encoding)}, in which code can be hidden`;
  return { parts: [part], skipped: [{ reason: 'unreadable', detail }] };
}

function filePart(path: string, text: string): Part {
  const language = languageOf(path, text);
  const shown = language === 'python' ? withPythonLines(text) : text;
  return { path, kind: kindOf(path), language, text: shown, locate: createLineIndex(text) };
}

function notRead(reason: SkipReason, detail: string): Unpacked {
  return { parts: [], skipped: [{ reason, detail }] };
}
