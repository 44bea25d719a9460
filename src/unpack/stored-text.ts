/** A text as a notebook stores it (JSON strings, perhaps one for each line), decoded, with the place of every character. */

import { lastAtMost } from '#domain/last-at-most.ts';
import type { Position } from '#domain/location.ts';
import { decodeString, type Span } from './json-reader.ts';
import { createLineIndex } from './line-index.ts';
import type { MappedText } from './mapped-text.ts';

/** `strings` is what stands between the quotes; `raw` is JSON that is not a text and is shown as it stands. */
export type StoredText = { readonly strings: readonly Span[]; readonly separator: string } | { readonly raw: Span };

/** The file's whole text and its line index. */
export interface StoredFile {
  readonly text: string;
  readonly position: (offset: number) => Position;
}

/** Whose text it is; see CellPosition. */
export interface CellLabel {
  readonly number: number;
  readonly execution: number | null;
  readonly output?: true;
}

/** Positions count in the file's own lines; with `cell`, also in the lines of the decoded text. */
export function openText(file: StoredFile, stored: StoredText, cell: CellLabel | null): MappedText {
  const raw = 'raw' in stored;
  const text = raw ? file.text.slice(stored.raw.start, stored.raw.end) : decode(file.text, stored);
  const lineOf = createLineIndex(text);
  let map: OffsetMap | null = null;
  return {
    text,
    locate(offset) {
      map ??= raw ? { decoded: [0], stored: [stored.raw.start] } : mapOffsets(file.text, stored);
      const index = lastAtMost(map.decoded, offset);
      if (index === -1) return { line: 1, column: 1 };
      const { line, column } = file.position(map.stored[index]! + offset - map.decoded[index]!);
      return { line, column, ...(cell === null ? {} : { cell: { ...cell, line: lineOf(offset).line } }) };
    },
  };
}

type Strings = Extract<StoredText, { strings: unknown }>;

function decode(file: string, { strings, separator }: Strings): string {
  return strings.map((span) => decodeString(file, span)).join(separator);
}

/** Where decoded and stored offsets part: at the start of each string and after each escape. Between, both count alike. */
interface OffsetMap {
  readonly decoded: number[];
  readonly stored: number[];
}

function mapOffsets(file: string, { strings, separator }: Strings): OffsetMap {
  const map: OffsetMap = { decoded: [], stored: [] };
  let length = 0;
  for (const { start, end } of strings) {
    const raw = file.slice(start, end);
    map.decoded.push(length);
    map.stored.push(start);
    let at = 0;
    for (let slash = raw.indexOf('\\'); slash !== -1; slash = raw.indexOf('\\', at)) {
      length += slash - at + 1;
      at = slash + (raw[slash + 1] === 'u' ? 6 : 2);
      map.decoded.push(length);
      map.stored.push(start + at);
    }
    length += raw.length - at + separator.length;
  }
  return map;
}
