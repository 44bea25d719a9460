/** Finds the matches of an expression as RE2 would, in linear time for each, where only some places of a text come in question. */

import { LAST_UNIT, type Program } from '#analyzers/secrets/expression/program.ts';
import type { Starts } from '#analyzers/secrets/keywords/starts.ts';
import type { Budget } from '#domain/analyzer.ts';
import { type Automaton, createAutomaton } from './automaton.ts';
import { NOTHING } from './empty.ts';
import { createMatchStart, type MatchStart } from './match-start.ts';
import { outsidePair, runeAt, runeBefore } from './runes.ts';
import { createSpace } from './space.ts';
import { DEAD, UNKNOWN } from './states.ts';
import { layOut } from './steps.ts';

/** UTF-16 offsets, `end` exclusive. */
export type OnMatch = (start: number, end: number) => void;

/** Each match begins behind the one before; `starts` has at least every place where one begins, in order. */
export type Search = (text: string, starts: readonly Starts[], budget: Budget, onMatch: OnMatch) => void;

const ASCII = 0x80;
/** Of this thread. */
const SPACE = createSpace();

/** `program` is asked for when the automaton is made, and when it is made again. */
export function createSearch(program: () => Program, space = SPACE): Search {
  let made: { readonly automaton: Automaton; readonly startOf: () => MatchStart } | undefined;
  const { grow } = space.lease(() => {
    made = undefined;
  });
  function make() {
    const steps = layOut(program());
    let startOf: MatchStart | undefined;
    return {
      automaton: createAutomaton(steps, { onGrow: grow }),
      // Made for the first match: most expressions never have one.
      startOf() {
        startOf ??= createMatchStart(steps, grow);
        return startOf;
      },
    };
  }

  return (text, starts, budget, onMatch) => {
    let from = 0;
    let next = 0;
    while (!budget.expired()) {
      while (next < starts.length && starts[next]!.to < from) next++;
      // Who heard of the match before may have searched with other expressions: what this one knew may be gone.
      made ??= make();
      const end = firstEnd(made.automaton, text, from, starts, next, budget);
      if (end === NONE) return;
      const start = made.startOf()(text, from, end, budget);
      if (start === null) return;
      onMatch(start, end);
      // Behind an empty match the next one is looked for a character later.
      from = start < end ? end : end + (runeAt(text, end) > LAST_UNIT ? 2 : 1);
      if (from > text.length) return;
    }
  };
}

const NONE = -1;

/** Where the first match ends that begins at `from` or after it. */
function firstEnd(
  automaton: Automaton,
  text: string,
  from: number,
  starts: readonly Starts[],
  first: number,
  budget: Budget,
): number {
  const { classes, width, entriesBetweenLooks } = automaton;
  const { ascii } = classes;
  const letBegin = width >> 1;
  let next = first;
  let end = NONE;
  let made = 0;

  let at = 0;
  let state = DEAD;
  /** What is added to a column: whether a match may begin behind the character. */
  let mode = 0;
  /** Where the mode changes. */
  let change = 0;
  let { table } = automaton;

  for (;;) {
    if (state === DEAD) {
      if (end !== NONE || next === starts.length) return end;
      const { from: open, to: close } = starts[next++]!;
      at = outsidePair(text, Math.max(at, from, open));
      state = automaton.startAfter(runeBefore(text, at));
      ({ table } = automaton);
      mode = letBegin;
      change = close;
    }
    while (at >= change) {
      // A match may begin a place too early: what begins there and matches would be one.
      if (mode === letBegin) {
        mode = 0;
        change = next < starts.length ? starts[next]!.from - 2 : Number.POSITIVE_INFINITY;
      } else {
        mode = letBegin;
        change = starts[next++]!.to;
      }
    }
    const stop = Math.min(change, text.length);
    while (at < stop) {
      const unit = text.charCodeAt(at);
      if (unit >= ASCII) break;
      const entry = table[state + mode + ascii[unit]!]!;
      if (entry <= 0 || (entry & 1) === 1) break;
      state = entry >> 1;
      at++;
    }
    if (at === change) continue;

    // What is left is rare: the text's end, a match's end, a dead end, an entry that is not made, and what is not ASCII.
    const rune = runeAt(text, at);
    const column = mode + (rune === NOTHING ? classes.count : classes.classOf(rune));
    let entry = table[state + column]!;
    if (entry === UNKNOWN) {
      if (++made % entriesBetweenLooks === 0 && budget.expired()) return NONE;
      entry = automaton.make(state, column);
      ({ table } = automaton);
    }
    if ((entry & 1) === 1) {
      end = at;
      mode = 0;
      change = Number.POSITIVE_INFINITY;
    }
    if (rune === NOTHING) return end;
    state = entry >> 1;
    at += rune > LAST_UNIT ? 2 : 1;
  }
}
