/** Where a bracket of a text closes; what is never closed is a sign like any other. */
import type { AlienSigns } from './alien-pattern.ts';

export interface Brackets {
  /** The first place after what the bracket holds, or null where there is no bracket or it is not closed. */
  endOf(at: number, crossesLines: boolean): number | null;
}

export function createBrackets(text: string, { closings }: AlienSigns, expired: () => boolean): Brackets {
  const ends = { lines: new Map<number, number | null>(), all: new Map<number, number | null>() };

  /** A bracket within is looked at first. */
  function find(start: number, known: Map<number, number | null>, crossesLines: boolean): number | null {
    const open = [{ start, at: start + 1 }];
    for (let top = open.at(-1); top !== undefined && !expired(); top = open.at(-1)) {
      const sign = text[top.at];
      if (sign === undefined || (sign === '\n' && !crossesLines)) {
        known.set(top.start, null);
        open.pop();
      } else if (sign === closings.get(text[top.start]!)) {
        known.set(top.start, top.at + 1);
        open.pop();
      } else if (!closings.has(sign)) top.at++;
      else if (known.has(top.at)) top.at = known.get(top.at) ?? top.at + 1;
      else open.push({ start: top.at, at: top.at + 1 });
    }
    return known.get(start) ?? null;
  }

  return {
    endOf(at, crossesLines) {
      if (!closings.has(text[at] ?? '')) return null;
      const known = crossesLines ? ends.all : ends.lines;
      return known.has(at) ? known.get(at)! : find(at, known, crossesLines);
    },
  };
}
