/** The steps that read an expression's matches from their ends to their beginnings. */
import { mirrored } from './empty.ts';
import { EITHER, EMPTY, FAIL, MATCH, PASS, READ, type Steps, tidy } from './steps.ts';

/** They are in no order of preference: who runs them asks for the longest match. */
export function reverse(steps: Steps): Steps {
  const { kinds, out, arg, start } = steps;
  const turned: { kinds: number[]; out: number[]; arg: number[] } = { kinds: [], out: [], arg: [] };
  const add = (kind: number, to = 0, other = 0): number => {
    turned.out.push(to);
    turned.arg.push(other);
    return turned.kinds.push(kind) - 1;
  };
  // Each step gets an entrance, from which one goes backwards to all that lead to it.
  for (let at = 0; at < kinds.length; at++) add(at === start ? MATCH : FAIL);
  /** Another way on from an entrance, beside those that it has. */
  const lead = (entrance: number, way: number): void => {
    const before = turned.kinds[entrance]!;
    if (before === FAIL) {
      turned.kinds[entrance] = PASS;
      turned.out[entrance] = way;
      return;
    }
    const others = add(before, turned.out[entrance], turned.arg[entrance]);
    turned.kinds[entrance] = EITHER;
    turned.out[entrance] = way;
    turned.arg[entrance] = others;
  };
  const ends = add(FAIL);
  for (let at = 0; at < kinds.length; at++) {
    const kind = kinds[at]!;
    if (kind === READ) lead(out[at]!, add(READ, at, arg[at]));
    else if (kind === EMPTY) lead(out[at]!, add(EMPTY, at, mirrored(arg[at]!)));
    else if (kind === EITHER) {
      lead(out[at]!, at);
      lead(arg[at]!, at);
    } else if (kind === MATCH) lead(ends, at);
  }
  return tidy({
    ...steps,
    start: ends,
    kinds: Uint8Array.from(turned.kinds),
    out: Int32Array.from(turned.out),
    arg: Int32Array.from(turned.arg),
  });
}
