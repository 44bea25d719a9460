/** Text that knows where each of its characters stands in the stored file: every part of a notebook is made of it. */

import { lastAtMost } from '#domain/last-at-most.ts';
import type { Part } from '#domain/part.ts';

export interface MappedText extends Pick<Part, 'text' | 'locate'> {
  /** The stored text that a character comes from, and its offset there; absent where nothing was put in its place. */
  origin?(offset: number): Origin;
}

export interface Origin {
  readonly text: string;
  readonly offset: number;
}

/** `text` stands for the characters of `of` that start at `from`; it may show others in their place, one for one. */
export interface Piece {
  readonly of: MappedText;
  readonly from: number;
  readonly text: string;
  /** How many characters it stands for, where it has more than they: 0 for text that was put in. */
  readonly width?: number;
}

/** The pieces one after another. A separator has the place where the piece before it ends. */
export function stitch(pieces: readonly Piece[], separator = ''): MappedText {
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length + separator.length;
  }
  const follow = (offset: number): { of: MappedText; at: number } | null => {
    const index = lastAtMost(starts, offset);
    const piece = pieces[index];
    if (piece === undefined) return null;
    const at = piece.from + Math.min(offset - starts[index]!, piece.width ?? piece.text.length);
    return { of: piece.of, at };
  };
  const text = pieces.map((piece) => piece.text).join(separator);
  return {
    text,
    locate(offset) {
      const place = follow(offset);
      return place === null ? { line: 1, column: 1 } : place.of.locate(place.at);
    },
    origin(offset) {
      const place = follow(offset);
      if (place === null) return { text, offset };
      return place.of.origin?.(place.at) ?? { text: place.of.text, offset: place.at };
    },
  };
}

/** The stored text from one place of a mapped one to another; null when they come from different texts. */
export function written({ origin }: MappedText, start: number, end: number): string | null {
  const from = origin?.(start);
  const to = origin?.(end);
  return from === undefined || to === undefined || from.text !== to.text
    ? null
    : from.text.slice(from.offset, to.offset);
}
