/** An expression of a rule, in RE2 syntax, compiled by the one engine that runs it in linear time. */
import { RE2JS, RE2JSException } from 're2js';
import { crossesLines, longestMatch, programOf } from './program.ts';

export interface Expression {
  readonly re: RE2JS;
  /** Capturing groups, the whole match not counted. */
  readonly groups: number;
  /** False when no match can hold a line break. */
  readonly crossesLines: boolean;
  /** UTF-16 units of the longest match; Infinity where there is none. */
  readonly longest: number;
}

export type Compiled = { readonly expression: Expression } | { readonly error: string };

/** A thread makes the same detectors again for each team; what it has compiled it keeps, up to this many. */
const MAX_KEPT = 4_096;
const kept = new Map<string, Compiled>();

export function compileExpression(source: string): Compiled {
  const known = kept.get(source);
  if (known !== undefined) return known;
  const compiled = compile(source);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(source, compiled);
  return compiled;
}

function compile(source: string): Compiled {
  try {
    const re = RE2JS.compile(source);
    return { expression: describe(re) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { error: error.message.replace(/^error parsing regexp: /, '') };
  }
}

/** What it says of itself is worked out when it is asked: most rules never run. */
function describe(re: RE2JS): Expression {
  let crosses: boolean | undefined;
  let longest: number | undefined;
  return {
    re,
    groups: re.groupCount(),
    get crossesLines() {
      crosses ??= crossesLines(programOf(re));
      return crosses;
    },
    get longest() {
      longest ??= longestMatch(programOf(re));
      return longest;
    },
  };
}
