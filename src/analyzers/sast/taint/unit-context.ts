/** What one unit (a function, a class body, the module) is followed with. */
import type { RuleOptions } from '#analyzers/sast/options.ts';
import type { SyntaxNode, SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import type { Places, SinkPlace } from './places.ts';
import type { Cell, Taints } from './taints.ts';
import type { Variables } from './variables.ts';

export interface UnitContext {
  readonly tree: SyntaxTree;
  readonly places: Places;
  readonly variables: Variables;
  readonly options: RuleOptions;
  expired(): boolean;
  /** `taintsOf` answers for the parts of the expression that the sink is. */
  reach(sink: SinkPlace, taints: Taints, taintsOf: (node: SyntaxNode) => Taints): void;
  readonly onAssign: ((assignment: SyntaxNode, value: Cell) => void) | null;
}
