/**
 * Regular expressions of rules, with the meaning that PCRE2 gives them in Semgrep: anybody may bring a rule, and anybody the
 * code that it reads, so every search has a bound. Our own matcher counts its steps; where they run out, RE2 finds the next match
 * in linear time if it knows the expression; if not, the search ends and says so.
 */
import type { RE2JS } from 're2js';
import { beginningOf } from './beginning.ts';
import { compileProgram } from './compile.ts';
import { compileLinear } from './linear.ts';
import { neededLiterals } from './literals.ts';
import { createMachine, type Outcome } from './machine.ts';
import { parseExpression } from './parse.ts';
import { ExpressionSyntaxError } from './reader.ts';
import { createStarts } from './starts.ts';
import type { ParsedExpression } from './syntax-tree.ts';
import { isInside } from './text-steps.ts';

/** `onExhausted` is told when a search ended before its answer was certain: the steps ran out, and what it gives is not all. */
export interface Expression {
  /** Every match holds at least one of these words as it is written; null where none are known. */
  readonly literals: readonly string[] | null;
  /** True when it matches somewhere in the text. */
  search(text: string, onExhausted?: () => void): boolean;
  /** True when it matches at the beginning of the text. */
  lookingAt(text: string, onExhausted?: () => void): boolean;
  /** Every match from left to right; offsets are UTF-16 units. */
  findAll(text: string, onExhausted?: () => void): Generator<ExpressionMatch>;
}

export interface ExpressionMatch {
  readonly start: number;
  readonly end: number;
  /** By number (`1`) and by name; groups that took no part are left out. */
  readonly groups: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
}

export interface ExpressionError {
  readonly kind: 'invalid' | 'unsupported';
  /** Holds the position. */
  readonly message: string;
  /** In the expression, in characters from 1. */
  readonly position: number;
}

/** Steps for one text: some tenths of a second. */
export const MAX_STEPS = 5_000_000;
/** Steps for each character of the text besides, so that a long text of ordinary code is never cut. */
export const MAX_STEPS_PER_CHARACTER = 16;
/** Steps of these after which RE2 finds a match, besides those for each character. */
export const STEPS_BEFORE_RE2 = 100_000;

/** Characters of an expression that a message repeats. */
const MAX_SHOWN = 200;

/** `flags` are those of a pattern's `"=~/…/i"`; `^` and `$` stand at lines where `multiline` says so, as in pattern-regex. */
export function compileExpression(source: string, flags = '', multiline = false): Expression | ExpressionError {
  const flagged = (letter: string): boolean => flags.includes(letter);
  const options = { i: flagged('i'), m: multiline || flagged('m'), s: flagged('s'), x: flagged('x') };
  try {
    return createExpression(parseExpression(source, { ...options, xx: false, n: false, J: false, U: false }));
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    const prefix = error.kind === 'invalid' ? 'not a regular expression: ' : '';
    const shown = source.length > MAX_SHOWN ? `${source.slice(0, MAX_SHOWN)}…` : source;
    const message = `${prefix}${error.message} (character ${error.position} of \`${shown}\`)`;
    return { kind: error.kind, message, position: error.position };
  }
}

export function isExpressionError(result: Expression | ExpressionError): result is ExpressionError {
  return 'kind' in result;
}

function createExpression(parsed: ParsedExpression): Expression {
  const literals = neededLiterals(parsed.root);
  const machine = once(() => createMachine(compileProgram(parsed)));
  const starts = once(() => createStarts(beginningOf(parsed), literals));
  const linear = once(() => compileLinear(parsed));

  /**
   * Every match's registers, pairs of offsets; they are good until the next is asked for. After an empty match the search
   * goes on at the same place for a longer one, then one character on, as Perl's does.
   */
  function* matches(text: string, onExhausted?: () => void): Generator<ArrayLike<number>> {
    if (literals !== null && !literals.some((literal) => text.includes(literal))) return;
    const { registers, run } = machine();
    const next = starts()(text);
    let left = stepsFor(text, MAX_STEPS);
    let turn = stepsFor(text, STEPS_BEFORE_RE2);
    let from = 0;
    let notEmpty = false;
    for (let start = next(0, false); start >= 0; ) {
      if (notEmpty && start > from) {
        from += isInside(text, from + 1) ? 2 : 1;
        notEmpty = false;
      }
      machine().steps = turn;
      const outcome = run(text, start, from, notEmpty);
      left -= turn - machine().steps;
      turn = machine().steps;
      if (outcome === 'match') {
        const [begin, end] = [registers[0]!, registers[1]!];
        yield registers;
        notEmpty = begin === end;
        from = Math.max(end, start);
        start = next(from, false);
      } else if (outcome === 'no-match') {
        const { resumeAt } = machine();
        if (resumeAt < 0) return;
        start = next(Math.max(resumeAt, start + 1), resumeAt === start + 1 && !notEmpty);
      } else if (left <= 0) {
        onExhausted?.();
        return;
      } else if (linear() === null) {
        turn = left;
      } else {
        const found = findLinear(linear()!, text, start);
        if (found === null) return;
        yield found;
        from = found[1]!;
        start = next(from, false);
        turn = Math.min(left, stepsFor(text, STEPS_BEFORE_RE2));
      }
    }
  }

  return {
    literals,
    search: (text, onExhausted) => !matches(text, onExhausted).next().done,
    lookingAt(text, onExhausted) {
      const attempt = (steps: number): Outcome => {
        machine().steps = stepsFor(text, steps);
        return machine().run(text, 0, 0, false);
      };
      let outcome = attempt(STEPS_BEFORE_RE2);
      if (outcome === 'exhausted' && linear() !== null) return linear()!.matcher(text).lookingAt();
      if (outcome === 'exhausted') outcome = attempt(MAX_STEPS);
      if (outcome === 'exhausted') onExhausted?.();
      return outcome === 'match';
    },
    *findAll(text, onExhausted) {
      for (const registers of matches(text, onExhausted)) yield matchOf(registers, parsed);
    },
  };
}

/** Made when it is asked for first: most expressions of most rules are never run, their words being absent. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function stepsFor(text: string, least: number): number {
  return least + MAX_STEPS_PER_CHARACTER * text.length;
}

function findLinear(compiled: RE2JS, text: string, from: number): number[] | null {
  const matcher = compiled.matcher(text);
  if (!matcher.find(from)) return null;
  const registers: number[] = [];
  for (let i = 0; i <= compiled.groupCount(); i++) registers.push(matcher.start(i), matcher.end(i));
  return registers;
}

function matchOf(registers: ArrayLike<number>, { groupCount, names }: ParsedExpression): ExpressionMatch {
  const groups = new Map<string, { start: number; end: number }>();
  for (let i = 1; i <= groupCount; i++) {
    const [start, end] = [registers[2 * i]!, registers[2 * i + 1]!];
    if (end >= 0) groups.set(String(i), { start, end });
  }
  for (const [name, numbers] of names) {
    const group = numbers.map((number) => groups.get(String(number))).find((found) => found !== undefined);
    if (group !== undefined) groups.set(name, group);
  }
  return { start: registers[0]!, end: registers[1]!, groups };
}
