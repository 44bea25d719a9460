/** The port of every language that rules are written for: how its patterns are read, and how its texts are opened. */
import type { RuleOptions } from '#analyzers/sast/options.ts';
import type { Bindings } from '#analyzers/sast/pattern/bindings.ts';
import type { CompiledPattern, Found } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { PatternError } from '#analyzers/sast/pattern/parse-pattern.ts';
import type { Scope } from '#analyzers/sast/rule/scope.ts';
import type { Constants } from '#analyzers/sast/syntax/constants.ts';
import type { SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import type { Budget } from '#domain/analyzer.ts';
import type { Part } from '#domain/part.ts';

export type LanguageName = 'python' | 'generic' | 'regex' | 'yaml' | 'json' | 'bash';

export interface TargetLanguage {
  readonly name: LanguageName;
  /** True for a part that rules of this language read. */
  reads(part: Part): boolean;
  readPattern(text: string, options: RuleOptions): ReadPattern | PatternError;
  /** Null when the budget ran out. `anchors` are the words that any pattern begins at. */
  open(text: string, anchors: ReadonlySet<string>, budget: Budget): OpenedText | null;
}

/** A pattern over a syntax tree, or one over plain text. */
export type ReadPattern =
  | { readonly kind: 'pattern'; readonly pattern: CompiledPattern }
  | { readonly kind: 'text'; readonly pattern: TextPattern };

export interface TextPattern {
  /** Words that a text must hold, as `CompiledPattern.words`. */
  readonly words: readonly string[];
  /** Every range within the scope. */
  findIn(scope: Scope): Found[];
}

/** A text that patterns can be asked of: opened once, for all rules. */
export interface OpenedText {
  /** Where the language has no syntax of its own, a tree of one node. */
  readonly tree: SyntaxTree;
  readonly constants: Constants;
  /** The whole text as the place to look in, with the ways of one rule. */
  scope(options: RuleOptions, expired: () => boolean, bindings: Bindings): Scope;
}
