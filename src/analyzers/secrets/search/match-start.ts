/** Where a match begins whose end is known: the expression, read backwards. */
import { LAST_UNIT, type Program } from '#analyzers/secrets/program.ts';
import { createAutomaton, DEAD, UNKNOWN } from './automaton.ts';
import { NOTHING } from './empty.ts';
import { reverse } from './reverse.ts';
import { runeAt, runeBefore } from './runes.ts';

/** The first place from `floor` on where a match begins that ends at `end`. */
export type MatchStart = (text: string, floor: number, end: number) => number;

export function createMatchStart(program: Program): MatchStart {
  const automaton = createAutomaton(reverse(program), { longest: true });
  const { classes } = automaton;
  return (text, floor, end) => {
    let first = end;
    let state = automaton.startAfter(runeAt(text, end));
    for (let at = end; state !== DEAD; ) {
      const rune = runeBefore(text, at);
      const column = rune === NOTHING ? classes.count : classes.classOf(rune);
      const known = automaton.table[state + column]!;
      const entry = known === UNKNOWN ? automaton.make(state, column) : known;
      if ((entry & 1) === 1) first = at;
      if (at <= floor) break;
      state = entry >> 1;
      at -= rune > LAST_UNIT ? 2 : 1;
    }
    return first;
  };
}
