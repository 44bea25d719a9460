/** The files of an archive to parts, each placed by its entry; what of it was not read, one word for each reason. */
import type { Position } from '#domain/location.ts';
import type { Part } from '#domain/part.ts';
import { SKIP_REASONS } from '#domain/skipped.ts';
import { isBinary } from '#domain/text-bytes.ts';
import { type ArchivedFile, type ArchiveGap, type NamedEntry, readArchive } from './archive/read-archive.ts';
import { createLineIndex } from './line-index.ts';
import type { Unpacked, Unread } from './unpacked.ts';

/** A longer name is not shown (UTF-16 units), and none is cut: nothing would know the half of a secret again. */
const MAX_NAME = 300;

/**
 * `readText` makes parts of a text file. They become outputs without a language: what is packed is searched for secrets,
 * and its code is a copy of what is reviewed where it is written.
 */
export function archiveParts(
  path: string,
  bytes: Uint8Array,
  readText: (path: string, bytes: Uint8Array) => Unpacked,
): Unpacked {
  const parts: Part[] = [];
  const inner: ArchiveGap[] = [];
  let files = 0;
  let binary = 0;
  const names: NamedEntry[] = [];
  const onFile = ({ entry, bytes: content }: ArchivedFile): void => {
    files++;
    if (isBinary(content)) {
      binary++;
      return;
    }
    const { parts: found, skipped } = readText(entry === '' ? path : entry, content);
    parts.push(...found.map((part) => inEntry(part, path, entry)));
    inner.push(...skipped.map(({ reason, detail }) => ({ reason, entry, detail })));
  };
  const outer = readArchive(path, bytes, onFile, (named) => names.push(named));
  const gaps = [...outer, ...inner];
  if (names.length > 0) parts.push(namesPart(path, names));
  return {
    parts,
    skipped: [...SKIP_REASONS.flatMap((reason) => told(gaps, reason)), ...notText(binary, files, bytes)],
  };
}

function inEntry({ text, locate }: Part, path: string, entry: string): Part {
  return {
    path: entry === '' ? path : `${path}!${entry}`,
    kind: 'output',
    language: null,
    text,
    locate(offset): Position {
      const { line, column, cell } = locate(offset);
      return { line: 1, column: 1, entry: { path: entry, line, column }, ...(cell === undefined ? {} : { cell }) };
    },
  };
}

/** A line for each name: it is searched for secrets like a text. */
function namesPart(path: string, names: readonly NamedEntry[]): Part {
  const text = names.map(({ name }) => name.replace(/\p{Cc}/gu, ' ')).join('\n');
  const lineOf = createLineIndex(text);
  return {
    path,
    kind: 'output',
    language: null,
    text,
    locate(offset): Position {
      const { line, column } = lineOf(offset);
      return { line: 1, column: 1, entry: { path: names[line - 1]!.entry, line: 1, column, name: true } };
    },
  };
}

function told(gaps: readonly ArchiveGap[], reason: ArchiveGap['reason']): Unread[] {
  const [first, ...others] = gaps.filter((gap) => gap.reason === reason);
  if (first === undefined) return [];
  const { entry } = first;
  const name = entry.length > MAX_NAME ? `with a name of ${entry.length} characters` : JSON.stringify(entry);
  const where = entry === '' ? '' : `entry ${name}: `;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [{ reason, detail: `${where}${first.detail}${more}` }];
}

function notText(binary: number, files: number, { length }: Uint8Array): Unread[] {
  if (binary === 0) return [];
  const detail = `${binary === files ? 'all' : `${binary} of`} its ${files} entries are binary`;
  return [{ reason: 'binary', detail: files === 1 ? `${length} bytes` : detail }];
}
