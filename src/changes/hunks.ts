/** Where the lines of a diff stand: read from `@@` headers, which GitHub's patches and git's output share. */
import type { Hunk } from '#domain/change-set.ts';

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Null when the line is not a header. A count that is left out is 1. */
export function parseHunkHeader(line: string): Hunk | null {
  const [header, baseStart, baseLines = '1', headStart, headLines = '1'] = HEADER.exec(line) ?? [];
  if (header === undefined) return null;
  return {
    baseStart: Number(baseStart),
    baseLines: Number(baseLines),
    headStart: Number(headStart),
    headLines: Number(headLines),
  };
}

export interface ParsedPatch {
  readonly hunks: readonly Hunk[];
  readonly additions: number;
  readonly deletions: number;
}

/** Content lines begin with a space, `+`, `-` or `\`, so a line that begins with `@@` is always a header. */
export function parsePatch(patch: string): ParsedPatch {
  const lines = patch.split('\n');
  return {
    hunks: lines.map(parseHunkHeader).filter((hunk) => hunk !== null),
    additions: lines.filter((line) => line.startsWith('+')).length,
    deletions: lines.filter((line) => line.startsWith('-')).length,
  };
}

/** The one hunk of a file that only one side has; an empty file has none. */
export function wholeFile(bytes: Uint8Array, side: 'base' | 'head'): readonly Hunk[] {
  const lines = countLines(bytes);
  if (lines === 0) return [];
  const there = { baseStart: 0, baseLines: 0, headStart: 0, headLines: 0 };
  return [
    side === 'head' ? { ...there, headStart: 1, headLines: lines } : { ...there, baseStart: 1, baseLines: lines },
  ];
}

const NEWLINE = 0x0a;

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return bytes.length > 0 && bytes[bytes.length - 1] !== NEWLINE ? count + 1 : count;
}
