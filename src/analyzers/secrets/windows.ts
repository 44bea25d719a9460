/** The stretches of a text that a rule's expression has to read: the surroundings of its keywords, merged. */

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

/** An expression that cannot cross a line break reads the keyword's line, or this much of a very long one. */
export const LINE_REACH: Reach = { before: 1_024, after: 4_096, line: true };
/** The others: an 8,192-bit RSA key in PEM has about 6,400 characters, and more where each line is quoted or indented. */
export const BLOCK_REACH: Reach = { before: 1_024, after: 16_384, line: false };

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
