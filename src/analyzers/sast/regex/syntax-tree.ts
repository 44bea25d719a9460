/** What an expression says, as a tree: the parser writes it, the compiler and the analyses read it. */
import { type CharSet, union } from './char-set.ts';

export type Node =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'either'; readonly options: readonly Node[] }
  | RepeatNode
  | { readonly kind: 'group'; readonly number: number; readonly body: Node }
  | { readonly kind: 'atomic'; readonly body: Node }
  | LookNode
  | { readonly kind: 'assert'; readonly at: Place }
  /** The first of these groups that has matched, once more. */
  | { readonly kind: 'reference'; readonly groups: readonly number[]; readonly ignoreCase: boolean }
  /** The pattern of a group run as a subroutine; 0 is the whole expression. */
  | { readonly kind: 'call'; readonly group: number }
  | { readonly kind: 'condition'; readonly test: Condition; readonly yes: Node; readonly no: Node }
  | { readonly kind: 'grapheme' }
  /** `\K`: what is reported begins here. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'verb'; readonly verb: Verb };

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly body: Node;
  readonly min: number;
  /** Infinity where there is no upper bound. */
  readonly max: number;
  readonly mode: RepeatMode;
}

export interface LookNode {
  readonly kind: 'look';
  readonly behind: boolean;
  readonly negative: boolean;
  /** False: may be tried again inside when what follows fails, as in `(*napla:…)`. */
  readonly atomic: boolean;
  /** Of a look behind, each has a length of its own. */
  readonly options: readonly Node[];
}

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

export type Place =
  | 'text-start'
  | 'text-end'
  | 'last-line-end'
  | 'line-start'
  | 'line-end'
  | 'search-start'
  | 'word-boundary'
  | 'not-word-boundary'
  | 'word-start'
  | 'word-end';

export type Condition =
  | { readonly kind: 'groups'; readonly groups: readonly number[] }
  | { readonly kind: 'look'; readonly look: LookNode }
  /** In a call of this group; of any where it is null. */
  | { readonly kind: 'called'; readonly group: number | null }
  /** `(?(DEFINE)…)`: here to be called, never to match in place. */
  | { readonly kind: 'never' };

/** What Perl calls backtracking verbs. */
export type Verb = 'fail' | 'prune' | 'skip' | 'commit';

export interface ParsedExpression {
  readonly root: Node;
  readonly groupCount: number;
  /** The node of each group: the first of its number. */
  readonly groups: ReadonlyMap<number, Node>;
  /** More than one number only where duplicates are allowed. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** Whether groups are asked while matching: references, calls and conditions. */
  readonly refersToGroups: boolean;
  /** Whether a verb may end the search, or move it. */
  readonly usesVerbs: boolean;
  /** `\b` and `\w` know all of Unicode: `(*UCP)`. */
  readonly unicodeWords: boolean;
}

export const EMPTY: Node = { kind: 'sequence', items: [] };

export function sequence(items: readonly Node[]): Node {
  return items.length === 1 ? items[0]! : { kind: 'sequence', items };
}

/** Alternatives; single characters are one set. */
export function either(options: readonly Node[]): Node {
  if (options.length === 1) return options[0]!;
  const sets = options.filter((option) => option.kind === 'set');
  if (sets.length < options.length) return { kind: 'either', options };
  return { kind: 'set', set: union(...sets.map(({ set }) => set)) };
}
