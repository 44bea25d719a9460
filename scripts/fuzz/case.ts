/** What the fuzzer asks of the engine, and what it is answered. */
import type { Language } from '#domain/part.ts';

export interface Case {
  readonly name: string;
  /** A rule file. */
  readonly rules: string;
  readonly language: Language;
  readonly text: string;
  readonly budgetMs: number;
}

export type Answer =
  | {
      readonly kind: 'done';
      readonly loadMs: number;
      readonly analyzeMs: number;
      /** Rules that run. */
      readonly rules: number;
      readonly problems: readonly string[];
      readonly found: number;
      /** What the analysis says of itself: stopped, cut, syntax error. */
      readonly said: readonly string[];
    }
  | { readonly kind: 'failed'; readonly message: string };
