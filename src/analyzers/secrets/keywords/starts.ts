/** Where in a text a match of a rule may begin: before its keywords, as near as the expression allows. */
import type { KeywordReach } from './keyword-reach.ts';

/** UTF-16 offsets, both inclusive. */
export interface Starts {
  from: number;
  to: number;
}

export interface StartList {
  /** In order; between two of them there is a character or more in which no match begins. */
  readonly starts: readonly Starts[];
  /** Takes keywords in the order of their ends. */
  add(start: number, end: number): void;
}

/** Where every match holds a keyword that is added. */
export function startsBefore(text: string, { longest, reads }: KeywordReach): StartList {
  const starts: Starts[] = [];
  return {
    starts,
    add(start, end) {
      let last = starts.at(-1);
      if (last !== undefined && start >= last.from && start <= last.to) return;
      const floor = Math.max(0, end - longest, last !== undefined && last.to < start ? last.to : 0);
      let from = start;
      while (from > floor && reads(text.charCodeAt(from - 1))) from--;
      let to = start;
      while (last !== undefined && from <= last.to + 1) {
        from = Math.min(from, last.from);
        to = Math.max(to, last.to);
        starts.pop();
        last = starts.at(-1);
      }
      starts.push({ from, to });
    },
  };
}

export function anywhere(text: string): StartList {
  return { starts: [{ from: 0, to: text.length }], add() {} };
}
