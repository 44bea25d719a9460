/** What a compiled pattern is, and what it may ask about the file while it runs. */
import type { RuleOptions } from '#analyzers/sast/options.ts';
import type { Constants } from '#analyzers/sast/syntax/constants.ts';
import type { SyntaxNode, SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';

/** One file under analysis. */
export interface Run {
  readonly tree: SyntaxTree;
  readonly constants: Constants;
  readonly statements: Statements;
  /** The ways of the rule that is asked. */
  readonly options: RuleOptions;
  expired(): boolean;
  /** Is told when a limit left something out. */
  cut?(): void;
}

/** All statements of a file in the order of the code, each before those that it holds. */
export interface Statements {
  readonly list: readonly SyntaxNode[];
  /** How many statements begin before the node of this index. */
  before(index: number): number;
}

/** Every way in which the node matches; the empty list is no match. */
export type Matcher = (node: SyntaxNode, bindings: Bindings, run: Run) => readonly Bindings[];

/** Compiles a part of a pattern: builders are given it, so that they need not know each other. */
export type Compile = (pattern: SyntaxNode) => Matcher;

/** More ways than this to match one node are not told apart. */
export const MAX_WAYS = 2_000;

/** Runs the step from every binding reached so far. */
export function each(
  ways: readonly Bindings[],
  step: (bindings: Bindings) => readonly Bindings[],
): readonly Bindings[] {
  if (ways.length === 0) return NO_MATCH;
  if (ways.length === 1) return step(ways[0]!);
  return distinct(ways.flatMap(step));
}

export function distinct(ways: readonly Bindings[]): readonly Bindings[] {
  return ways.length < 2 ? ways : [...new Set(ways)].slice(0, MAX_WAYS);
}
