/** The lines that hold encoded text, with the clear text in its place: what a rule is asked a second time. */
import type { Encoding, Segment } from './segment.ts';

/** Where something in a decoded text stands in the text that it was made of. */
export interface Place {
  readonly start: number;
  readonly end: number;
  /** The encodings of what was decoded there; empty where nothing was. */
  readonly encodings: readonly Encoding[];
}

export interface DecodedText {
  readonly text: string;
  /** Encoded text counts as a whole. Null for what reaches over two stretches that do not stand next to each other. */
  place(start: number, end: number): Place | null;
}

/** How much of a line is read on each side of its encoded text (UTF-16 units): a rule may ask for the name before a value. */
const CONTEXT = 1_024;
/** Stands between two stretches; no rule for secrets asks for it. */
const GAP = '\n\u0000\n';

/** A run of the decoded text: `from` is its place there, `start` and `end` are those in the original. */
interface Piece {
  readonly from: number;
  readonly start: number;
  readonly end: number;
  readonly stretch: number;
  /** Null for text that is shown as it stands. */
  readonly encoding: Encoding | null;
}

/** `segments` are in order and do not overlap; null where there are none. */
export function decodedText(text: string, segments: readonly Segment[]): DecodedText | null {
  if (segments.length === 0) return null;
  const pieces: Piece[] = [];
  const shown: string[] = [];
  let length = 0;
  let stretch = 0;
  let read = 0;
  const put = (piece: string, start: number, end: number, encoding: Encoding | null) => {
    if (piece === '') return;
    pieces.push({ from: length, start, end, stretch, encoding });
    shown.push(piece);
    length += piece.length;
  };
  segments.forEach((segment, index) => {
    const from = lineStart(text, segment.start, Math.max(read, segment.start - CONTEXT));
    if (index > 0 && from > read) {
      shown.push(GAP);
      length += GAP.length;
      stretch++;
    }
    put(text.slice(from, segment.start), from, segment.start, null);
    put(segment.text, segment.start, segment.end, segment.encoding);
    const next = segments[index + 1];
    read = lineEnd(text, segment.end, Math.min(next?.start ?? text.length, segment.end + CONTEXT));
    put(text.slice(segment.end, read), segment.end, read, null);
  });
  return { text: shown.join(''), place: (start, end) => place(pieces, length, start, end) };
}

function place(pieces: readonly Piece[], length: number, start: number, end: number): Place | null {
  const first = pieceAt(pieces, start);
  const last = Math.max(first, pieceAt(pieces, end - 1));
  const [opening, closing] = [pieces[first], pieces[last]];
  if (opening === undefined || closing === undefined || opening.stretch !== closing.stretch || end > length)
    return null;
  const touched = new Set<Encoding>();
  for (let index = first; index <= last; index++) {
    const { encoding } = pieces[index]!;
    if (encoding !== null) touched.add(encoding);
  }
  return {
    start: opening.encoding === null ? opening.start + start - opening.from : opening.start,
    end: closing.encoding === null ? closing.start + end - closing.from : closing.end,
    encodings: [...touched],
  };
}

/** The last piece that begins at `offset` or before it. */
function pieceAt(pieces: readonly Piece[], offset: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pieces[middle]!.from <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function lineStart(text: string, at: number, floor: number): number {
  let from = at;
  while (from > floor && text.charCodeAt(from - 1) !== LINE_FEED) from--;
  return from;
}

function lineEnd(text: string, at: number, ceiling: number): number {
  let to = at;
  while (to < ceiling && text.charCodeAt(to) !== LINE_FEED) to++;
  return to;
}

const LINE_FEED = 10;
