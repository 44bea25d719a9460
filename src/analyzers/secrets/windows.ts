/** The stretches of a text that a rule's expression has to read: the surroundings of its keywords, merged. */

import type { Expression } from './expression.ts';

/** UTF-16 offsets, `to` exclusive. */
export interface Window {
  from: number;
  to: number;
}

/** How far an expression may reach around a keyword, in UTF-16 units. `line` keeps a window within its line and the line's two breaks. */
export interface Reach {
  readonly before: number;
  readonly after: number;
  readonly line: boolean;
}

/** Where a match may be of any length: what of it is looked at first. One that touches a window's edge makes the window grow. */
const FIRST_LOOK = { before: 1_024, line: 4_096, lines: 16_384 };

/** What an expression has to read around a keyword that every match holds: as far as a match can reach, and one unit more for its edges. */
export function reachOf({ longest, crossesLines }: Pick<Expression, 'longest' | 'crossesLines'>): Reach {
  const line = !crossesLines;
  if (longest !== Number.POSITIVE_INFINITY) return { before: longest + 1, after: longest + 1, line };
  return { before: FIRST_LOOK.before, after: line ? FIRST_LOOK.line : FIRST_LOOK.lines, line };
}

export interface WindowList {
  readonly windows: readonly Window[];
  /** Takes keywords in the order of their ends. */
  add(start: number, end: number): void;
}

export function createWindows(text: string, reach: Reach): WindowList {
  const windows: Window[] = [];
  let last: Window | undefined;

  /** Where the line's break is passed, going back from `at` no further than `floor`. */
  function back(at: number, floor: number): number {
    if (!reach.line) return floor;
    let from = at;
    while (from > floor) if (text.charCodeAt(--from) === LINE_FEED) break;
    return from;
  }
  function forth(at: number, ceiling: number): number {
    if (!reach.line) return ceiling;
    let to = at;
    while (to < ceiling) if (text.charCodeAt(to++) === LINE_FEED) break;
    return to;
  }

  return {
    windows,
    add(start, end) {
      const ceiling = Math.min(text.length, end + reach.after);
      if (last !== undefined && start < last.to) {
        const closed = reach.line && text.charCodeAt(last.to - 1) === LINE_FEED;
        if (!closed && ceiling > last.to) last.to = forth(last.to, ceiling);
        return;
      }
      const from = back(start, Math.max(0, start - reach.before));
      const to = forth(end, ceiling);
      if (last !== undefined && from < last.to) last.to = to;
      else {
        last = { from, to };
        windows.push(last);
      }
    },
  };
}

const LINE_FEED = 10;
