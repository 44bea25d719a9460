/** What a pattern finds in a whole text is found once, however many rules have the pattern. */
import type { Bindings } from '#analyzers/sast/pattern/bindings.ts';
import type { CompiledPattern } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { NodeIndex } from './node-index.ts';
import { type Range, type Scope, toldOfCuts } from './scope.ts';

interface Answer {
  readonly ranges: readonly Range[];
  readonly isCut: boolean;
}

interface Answers {
  /** What the ranges' metavariables are bound on. */
  readonly root: Bindings;
  readonly all: Map<CompiledPattern, Answer>;
  /** As far as a pattern that ends in `...` reaches. */
  readonly widest: Map<CompiledPattern, Answer>;
}

const answers = new WeakMap<NodeIndex, Answers>();

/** `find` is asked where nobody has asked before, and where the answer would not be the same for everybody. */
export function sharedRanges(
  pattern: CompiledPattern,
  scope: Scope,
  widest: boolean,
  find: (scope: Scope) => readonly Range[],
): readonly Range[] {
  const { bindings, index, run } = scope;
  const isWhole = scope.start === 0 && scope.end === run.tree.text.length;
  if (!isWhole || bindings.rest !== null || bindings.guards !== null) return find(scope);
  const known = answers.get(index) ?? { root: bindings, all: new Map(), widest: new Map() };
  answers.set(index, known);
  if (known.root !== bindings) return find(scope);
  const own = widest ? known.widest : known.all;
  const answer = own.get(pattern) ?? ask();
  if (answer.isCut) scope.cut?.();
  return answer.ranges;

  function ask(): Answer {
    let isCut = false;
    const ranges = find(
      toldOfCuts(scope, () => {
        isCut = true;
      }),
    );
    const found = { ranges, isCut };
    if (!run.expired()) own.set(pattern, found);
    return found;
  }
}
