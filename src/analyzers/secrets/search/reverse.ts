/** The program that reads an expression's matches from their ends to their beginnings. */
import { follow, type Instruction, isEmpty, isMatch, OP, type Program, reads } from '#analyzers/secrets/program.ts';
import { mirrored } from './empty.ts';

/** Its steps are in no order of preference: who runs it asks for the longest match. */
export function reverse({ inst, start }: Program): Program {
  const steps: Instruction[] = [];
  const add = (op: number, out = 0, arg = 0): number => steps.push({ ...NO_RUNES, op, out, arg }) - 1;

  /** A step from which one goes to all of them. */
  const either = (ways: readonly number[]): number => {
    if (ways.length === 0) return add(OP.fail);
    return ways.reduce((others, way) => add(OP.alt, way, others));
  };

  const leads: number[][] = inst.map(() => []);
  inst.forEach((one, at) => {
    for (const to of follow(one)) leads[to]!.push(at);
  });
  // Each step gets an entrance, from which one goes backwards to all that lead to it.
  const entrances = inst.map(() => add(OP.pass));
  const passBack = (at: number): number => {
    const one = inst[at]!;
    const entrance = entrances[at]!;
    if (reads(one)) {
      const { op, arg, runes } = one;
      return steps.push({ op, out: entrance, arg, runes, matchRune: (rune) => one.matchRune(rune) }) - 1;
    }
    return isEmpty(one) ? add(OP.empty, entrance, mirrored(one.arg)) : entrance;
  };
  inst.forEach((_, at) => {
    const ways = leads[at]!.map(passBack);
    if (at === start) ways.push(add(OP.match));
    steps[entrances[at]!] = { ...NO_RUNES, op: OP.pass, out: either(ways), arg: 0 };
  });
  const ends = [...inst.keys()].filter((at) => isMatch(inst[at]!));
  return { start: either(ends.map((at) => entrances[at]!)), inst: steps };
}

const NO_RUNES: Pick<Instruction, 'runes' | 'matchRune'> = { runes: [], matchRune: () => false };
