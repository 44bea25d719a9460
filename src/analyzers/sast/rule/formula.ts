/** What a rule asks for, as a tree of questions; `evaluate.ts` answers it for a file. */
import type { ReadPattern, TargetLanguage } from '#analyzers/sast/language/target-language.ts';
import type { RuleOptions } from '#analyzers/sast/options.ts';
import type { Expression } from '#analyzers/sast/regex/expression.ts';
import type { Comparison } from './comparison.ts';
import type { TypeTest } from './type-test.ts';

export type Formula =
  | ReadPattern
  | { readonly kind: 'regex'; readonly expression: Expression }
  | { readonly kind: 'inside'; readonly of: Formula }
  /** Somewhere in the text: only what the metavariables stand for counts, not where. */
  | { readonly kind: 'anywhere'; readonly of: Formula }
  /** What is found is what the metavariable stands for. */
  | { readonly kind: 'as'; readonly of: Formula; readonly metavariable: string }
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
  | { readonly kind: 'analysis'; readonly metavariable: string; readonly isMet: (text: string) => boolean }
  | { readonly kind: 'type'; readonly metavariable: string; readonly tests: readonly TypeTest[] }
  | {
      readonly kind: 'pattern';
      readonly metavariable: string;
      readonly formula: Formula;
      /** What it is opened with where it is a text of its own. */
      readonly inside: NestedLanguage;
    };

export interface NestedLanguage {
  readonly language: TargetLanguage;
  readonly options: RuleOptions;
  readonly anchors: ReadonlySet<string>;
  readonly isNamed: boolean;
}

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
    case 'anywhere':
    case 'as':
      return needOf(formula.of);
    case 'any':
      return { kind: 'any', of: formula.of.map(needOf) };
    case 'all': {
      // What a metavariable must hold stands in the file, too.
      const inner = formula.conditions.flatMap((condition) => ('formula' in condition ? condition.formula : []));
      return { kind: 'all', of: [...formula.positive, ...inner].map(needOf) };
    }
  }
}

/** The words that the formula's patterns begin at, in the language of the file. */
export function anchorWords(formula: Formula): string[] {
  switch (formula.kind) {
    case 'pattern':
      return formula.pattern.anchor.word === null ? [] : [formula.pattern.anchor.word];
    case 'text':
    case 'regex':
      return [];
    case 'inside':
    case 'anywhere':
    case 'as':
      return anchorWords(formula.of);
    case 'any':
      return formula.of.flatMap(anchorWords);
    case 'all': {
      const inner = formula.conditions.flatMap((condition) => ('formula' in condition ? condition.formula : []));
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
