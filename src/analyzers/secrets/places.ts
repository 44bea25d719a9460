/** Lines and columns as Gitleaks counts them, and the lines whose author told it to pass over them. */
import { Buffer } from 'node:buffer';
import { lastAtMost } from '#domain/last-at-most.ts';

/** Words on a line by which its author tells Gitleaks to pass over it. */
const ALLOW_MARK = 'gitleaks:allow';

/** A line begins with the break before it, so that a column counts bytes and, on every line but the first, the break too. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Places {
  /** Quick where offsets come in their order: a line may be all of a text. */
  placeOf(offset: number): Place;
  /** True when the mark stands on one of the lines of a match. */
  isAllowed(start: number, end: number): boolean;
}

export function createPlaces(text: string): Places {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at);
  const marked: number[] = [];
  for (let at = text.indexOf(ALLOW_MARK); at >= 0; at = text.indexOf(ALLOW_MARK, at + 1)) marked.push(lineOf(at));
  let last = { line: 0, offset: 0, bytes: 0 };

  /** Counts from 0. */
  function lineOf(offset: number): number {
    return lastAtMost(starts, offset);
  }

  return {
    placeOf(offset) {
      const line = lineOf(offset);
      const known = last.line === line && last.offset <= offset ? last : { line, offset: starts[line]!, bytes: 0 };
      last = { line, offset, bytes: known.bytes + Buffer.byteLength(text.slice(known.offset, offset)) };
      return { line: line + 1, column: last.bytes + 1 };
    },
    isAllowed(start, end) {
      const index = lastAtMost(marked, lineOf(end - 1));
      return index >= 0 && marked[index]! >= lineOf(start);
    },
  };
}
