/** What a rule asks for, as a tree of questions; `evaluate.ts` answers it for a file. */
import type { ReadPattern } from '#analyzers/sast/language/target-language.ts';
import type { Expression } from '#analyzers/sast/regex/expression.ts';
import type { Comparison } from './comparison.ts';

export type Formula =
  | ReadPattern
  | { readonly kind: 'regex'; readonly expression: Expression }
  | { readonly kind: 'inside'; readonly of: Formula }
  | { readonly kind: 'any'; readonly of: readonly Formula[] }
  | {
      readonly kind: 'all';
      readonly positive: readonly Formula[];
      readonly negative: readonly Formula[];
      readonly conditions: readonly Condition[];
      /** Each entry lists metavariables of which one is to be shown instead of the whole match. */
      readonly focus: readonly (readonly string[])[];
    };

export type Condition =
  | {
      readonly kind: 'regex';
      readonly metavariable: string;
      readonly expression: Expression;
      readonly throughConstants: boolean;
    }
  | { readonly kind: 'comparison'; readonly comparison: Comparison }
  | { readonly kind: 'pattern'; readonly metavariable: string; readonly formula: Formula };

/** Names that a file must hold to have a match: a tree of the same shape as the formula. */
export type Need =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Need[] };

export function needOf(formula: Formula): Need {
  switch (formula.kind) {
    case 'pattern':
    case 'text':
      return { kind: 'all', of: formula.pattern.words.map((word) => ({ kind: 'word', word })) };
    case 'regex':
      return { kind: 'all', of: [] };
    case 'inside':
      return needOf(formula.of);
    case 'any':
      return { kind: 'any', of: formula.of.map(needOf) };
    case 'all':
      return { kind: 'all', of: formula.positive.map(needOf) };
  }
}

/** The words that the formula's patterns begin at. */
export function anchorWords(formula: Formula): string[] {
  switch (formula.kind) {
    case 'pattern':
      return formula.pattern.anchor.word === null ? [] : [formula.pattern.anchor.word];
    case 'text':
    case 'regex':
      return [];
    case 'inside':
      return anchorWords(formula.of);
    case 'any':
      return formula.of.flatMap(anchorWords);
    case 'all': {
      const inner = formula.conditions.flatMap((condition) => (condition.kind === 'pattern' ? condition.formula : []));
      return [...formula.positive, ...formula.negative, ...inner].flatMap(anchorWords);
    }
  }
}

export function isMet(need: Need, has: (word: string) => boolean): boolean {
  switch (need.kind) {
    case 'word':
      return has(need.word);
    case 'all':
      return need.of.every((part) => isMet(part, has));
    case 'any':
      return need.of.some((part) => isMet(part, has));
  }
}

export function wordsOfNeed(need: Need): string[] {
  return need.kind === 'word' ? [need.word] : need.of.flatMap(wordsOfNeed);
}
