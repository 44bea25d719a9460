/** What re2js makes of expressions, as long as it is asked for: programs are large, and who needs one again has it compiled again. */
import { RE2JS } from 're2js';
import { programOf, shareNothing } from './program.ts';

/** Steps of the programs that are kept; one takes about 80 bytes. */
export const MAX_KEPT_STEPS = 1 << 18;

export interface Programs {
  /** Not to be held on to. @throws RE2JSException where the expression is wrong. */
  get(source: string): RE2JS;
  /** Steps that are kept now. */
  steps(): number;
}

/** Who was not asked for the longest goes first; a program alone may be larger than `maxSteps`. */
export function createPrograms(maxSteps = MAX_KEPT_STEPS): Programs {
  const kept = new Map<string, RE2JS>();
  let steps = 0;
  let last: RE2JS | undefined;
  let lastSource: string | undefined;

  function make(source: string): RE2JS {
    const made = RE2JS.compile(source);
    shareNothing(programOf(made));
    steps += stepsOf(made);
    for (const [oldest, one] of kept) {
      if (steps <= maxSteps) break;
      kept.delete(oldest);
      steps -= stepsOf(one);
    }
    return made;
  }

  return {
    steps: () => steps,
    get(source) {
      if (last !== undefined && source === lastSource) return last;
      const known = kept.get(source);
      kept.delete(source);
      last = known ?? make(source);
      lastSource = source;
      kept.set(source, last);
      return last;
    },
  };
}

function stepsOf(re: RE2JS): number {
  return programOf(re).inst.length;
}
