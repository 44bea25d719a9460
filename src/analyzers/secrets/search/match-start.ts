/** Where a match begins whose end is known: the expression, read backwards. */
import { LAST_UNIT } from '#analyzers/secrets/expression/program.ts';
import type { Budget } from '#domain/analyzer.ts';
import { createAutomaton } from './automaton.ts';
import { NOTHING } from './empty.ts';
import { reverse } from './reverse.ts';
import { runeAt, runeBefore } from './runes.ts';
import { DEAD, type OnGrow, UNKNOWN } from './states.ts';
import type { Steps } from './steps.ts';

/** The first place from `floor` on where a match begins that ends at `end`; null when the budget ended before it was found. */
export type MatchStart = (text: string, floor: number, end: number, budget: Budget) => number | null;

export function createMatchStart(steps: Steps, onGrow: OnGrow): MatchStart {
  const automaton = createAutomaton(reverse(steps), { longest: true, onGrow });
  const { classes, entriesBetweenLooks } = automaton;
  return (text, floor, end, budget) => {
    let first = end;
    let made = 0;
    let state = automaton.startAfter(runeAt(text, end));
    for (let at = end; state !== DEAD; ) {
      const rune = runeBefore(text, at);
      const column = rune === NOTHING ? classes.count : classes.classOf(rune);
      let entry = automaton.table[state + column]!;
      if (entry === UNKNOWN) {
        if (++made % entriesBetweenLooks === 0 && budget.expired()) return null;
        entry = automaton.make(state, column);
      }
      if ((entry & 1) === 1) first = at;
      if (at <= floor) break;
      state = entry >> 1;
      at -= rune > LAST_UNIT ? 2 : 1;
    }
    return first;
  };
}
