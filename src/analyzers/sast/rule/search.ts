/** What a rule looks for in one language, whichever way it says so. */
import type { LanguageName } from '#analyzers/sast/language/target-language.ts';
import type { Found } from '#analyzers/sast/pattern/compile-pattern.ts';
import { evaluate } from './evaluate.ts';
import { anchorWords, type Formula, type Need, needOf } from './formula.ts';
import type { Scope } from './scope.ts';

export interface Search {
  readonly language: LanguageName;
  /** Words that a text must hold for anything to be found. */
  readonly need: Need;
  /** Words that its patterns begin at. */
  readonly anchors: readonly string[];
  /** In no order that matters; the same range may come more than once. */
  findIn(scope: Scope): Iterable<Hit>;
}

/** `trace` is the way of tainted data, from its source to where it is found. */
export interface Hit extends Found {
  readonly trace?: readonly { readonly start: number; readonly end: number }[];
}

export function searchFormula(language: LanguageName, formula: Formula): Search {
  return {
    language,
    need: needOf(formula),
    anchors: anchorWords(formula),
    findIn: (scope) => evaluate(formula, scope),
  };
}
