/** Text that knows where each of its characters stands in the stored file: every part of a notebook is made of it. */
import type { Part } from '#domain/part.ts';
import { lastAtMost } from './line-index.ts';

export type MappedText = Pick<Part, 'text' | 'locate'>;

/** `text` stands for the characters of `of` that start at `from`; it may show others in their place, one for one. */
export interface Piece {
  readonly of: MappedText;
  readonly from: number;
  readonly text: string;
}

/** The pieces one after another. A separator has the place where the piece before it ends. */
export function stitch(pieces: readonly Piece[], separator = ''): MappedText {
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length + separator.length;
  }
  return {
    text: pieces.map((piece) => piece.text).join(separator),
    locate(offset) {
      const index = lastAtMost(starts, offset);
      const piece = pieces[index];
      if (piece === undefined) return { line: 1, column: 1 };
      return piece.of.locate(piece.from + Math.min(offset - starts[index]!, piece.text.length));
    },
  };
}
