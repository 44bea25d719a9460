/** An expression of a rule, in RE2 syntax, compiled by the one engine that runs it in linear time. */
import { type RE2JS, RE2JSException } from 're2js';
import { createSearch, type Search } from '#analyzers/secrets/search/search.ts';
import { programOf } from './program.ts';
import { createPrograms } from './programs.ts';

export interface Expression {
  /** Not to be held on to: it is large, and made again when it is asked for. */
  readonly re: RE2JS;
  /** Capturing groups, the whole match not counted. */
  readonly groups: number;
  /** Finds matches in long texts. */
  readonly search: Search;
}

export type Compiled = { readonly expression: Expression } | { readonly error: string };

/** A thread makes the same detectors again for each team; what it knows of their expressions it keeps, up to this many. */
const MAX_KEPT = 4_096;
const kept = new Map<string, Compiled>();
/** Of this thread. */
const PROGRAMS = createPrograms();

export function compileExpression(source: string): Compiled {
  const known = kept.get(source);
  if (known !== undefined) return known;
  const compiled = compile(source);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(source, compiled);
  return compiled;
}

/** For what is known to be right. @throws Error, when it is first asked of a text, if it is not; `place` is said then. */
export function compileLater(source: string, place: () => string): Expression {
  let made: Expression | undefined;
  const compiled = () => {
    if (made !== undefined) return made;
    const result = compileExpression(source);
    if ('error' in result) throw new Error(`${place()}: ${result.error}`);
    made = result.expression;
    return made;
  };
  return {
    get re() {
      return compiled().re;
    },
    get groups() {
      return compiled().groups;
    },
    get search() {
      return compiled().search;
    },
  };
}

function compile(source: string): Compiled {
  try {
    return { expression: describe(source, PROGRAMS.get(source).groupCount()) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const nameless = withoutGroupNames(source);
    if (nameless !== source && error.message.includes(DUPLICATE_NAME)) return compile(nameless);
    return { error: error.message.replace(/^error parsing regexp: /, '').replace(LONG_QUOTE, '') };
  }
}

/** An expression may hold a secret, and what is wrong with one is shown. */
const LONG_QUOTE = /: `[\s\S]{13,}`$/;
/** Two groups of one name are none to re2js, and are to Go. */
const DUPLICATE_NAME = 'duplicate capture group name';
/** What is no group whatever it looks like, or the beginning of a named one. */
const GROUP_NAME = /\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|(\(\?P?<\w+>)/g;

/** The same expression: nothing asks for a group by its name. */
function withoutGroupNames(source: string): string {
  return source.replace(GROUP_NAME, (token, name?: string) => (name === undefined ? token : '('));
}

function describe(source: string, groups: number): Expression {
  let search: Search | undefined;
  return {
    get re() {
      return PROGRAMS.get(source);
    },
    groups,
    // Made when it is asked for: most rules never run.
    get search() {
      search ??= createSearch(() => programOf(PROGRAMS.get(source)));
      return search;
    },
  };
}
