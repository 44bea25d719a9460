/** Walks the places of a text at which a match is worth trying. */
import type { Beginning } from './beginning.ts';
import { isInside, runEnd, widthOf } from './text-steps.ts';

/** The first place at or after the offset, -1 for none; `failedBefore` if the attempt one character earlier failed. */
export type NextStart = (from: number, failedBefore: boolean) => number;

export function createStarts(beginning: Beginning, literals: readonly string[] | null): (text: string) => NextStart {
  return (text) => {
    const hasLiteral = literals === null ? null : literalsAfter(text, literals);
    return (from, failedBefore) => {
      let at = from;
      for (;;) {
        if (failedBefore && beginning.run !== null) at = endOfRun(beginning, text, at);
        if (at <= text.length && isInside(text, at)) at++;
        if (at > text.length) return -1;
        if (hasLiteral !== null && !hasLiteral(at)) return -1;
        at = candidate(beginning, text, at);
        if (at < 0 || !isInside(text, at)) return at;
      }
    };
  };
}

/** An attempt that failed fails at every place of the run that it began in. */
function endOfRun({ run }: Beginning, text: string, at: number): number {
  const before = isInside(text, at - 1) ? at - 2 : at - 1;
  return widthOf(run!, text, before) > 0 ? runEnd(run!, text, at, -1) : at;
}

function candidate({ at: place, pattern, width }: Beginning, text: string, at: number): number {
  switch (place) {
    case 'text':
      return at === 0 ? 0 : -1;
    case 'search':
      return at;
    case 'line': {
      if (at === 0 || text.charCodeAt(at - 1) === 0x0a) return at;
      const lineBreak = text.indexOf('\n', at);
      return lineBreak < 0 ? -1 : lineBreak + 1;
    }
    case 'anywhere':
      if (pattern === null) return at;
      pattern.lastIndex = at;
      // What `test` leaves behind tells the place as well, and makes no array.
      if (width !== null) return pattern.test(text) ? pattern.lastIndex - width : -1;
      return pattern.exec(text)?.index ?? -1;
  }
}

/** Asks whether one of the words still comes; each is looked for once and then only when it has been passed. */
function literalsAfter(text: string, literals: readonly string[]): (from: number) => boolean {
  const places = literals.map(() => -1);
  let last = -1;
  return (from) => {
    if (last >= from) return true;
    for (let i = 0; i < literals.length; i++) {
      if (places[i]! < from) {
        const at = text.indexOf(literals[i]!, from);
        places[i] = at < 0 ? Number.POSITIVE_INFINITY : at;
      }
      if (places[i] !== Number.POSITIVE_INFINITY) {
        last = places[i]!;
        return true;
      }
    }
    return false;
  };
}
