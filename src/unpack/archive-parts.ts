/** The files of an archive to parts, each placed by its entry; what of it was not read, one word for each reason. */
import type { Position } from '#domain/location.ts';
import type { Part } from '#domain/part.ts';
import { SKIP_REASONS } from '#domain/skipped.ts';
import { type ArchiveGap, readArchive } from './archive/read-archive.ts';
import { isBinary } from './sniff.ts';
import type { Unpacked, Unread } from './unpacked.ts';

/** What is shown of an entry's name (UTF-16 units). */
const MAX_NAME = 200;

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
  const outer = readArchive(path, bytes, ({ entry, bytes: content }) => {
    files++;
    if (isBinary(content)) {
      binary++;
      return;
    }
    const { parts: found, skipped } = readText(entry === '' ? path : entry, content);
    parts.push(...found.map((part) => inEntry(part, path, entry)));
    inner.push(...skipped.map(({ reason, detail }) => ({ reason, entry, detail })));
  });
  const gaps = [...outer, ...inner];
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

function told(gaps: readonly ArchiveGap[], reason: ArchiveGap['reason']): Unread[] {
  const [first, ...others] = gaps.filter((gap) => gap.reason === reason);
  if (first === undefined) return [];
  const name = first.entry.length > MAX_NAME ? `…${first.entry.slice(-MAX_NAME)}` : first.entry;
  const where = name === '' ? '' : `entry ${JSON.stringify(name)}: `;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [{ reason, detail: `${where}${first.detail}${more}` }];
}

function notText(binary: number, files: number, { length }: Uint8Array): Unread[] {
  if (binary === 0) return [];
  const detail = `${binary === files ? 'all' : `${binary} of`} its ${files} entries are binary`;
  return [{ reason: 'binary', detail: files === 1 ? `${length} bytes` : detail }];
}
