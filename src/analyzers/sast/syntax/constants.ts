/** Which expressions are a literal in the end: `x = True` and then `f(k=x)`, `"a" + "b"`, a module's constant in a function. */
import { flowValues } from './flow.ts';
import { fold, isLiteral, LITERALS } from './fold.ts';
import type { SyntaxNode, SyntaxTree } from './node.ts';
import { moduleConstants } from './scopes.ts';

export interface Constants {
  /** The literal that the expression is or comes to (of kind SOME_STRING where only that much is known), else null. */
  literal(node: SyntaxNode): SyntaxNode | null;
  /** For a name, the expression that it was last assigned where that is no literal, else null. */
  symbol(node: SyntaxNode): SyntaxNode | null;
}

/** Every literal is itself, and nothing else is known. */
export const NO_CONSTANTS: Constants = {
  literal: (node) => (LITERALS.has(node.kind) ? node : null),
  symbol: () => null,
};

/** The work is done when something is first asked for. What `stop` cuts short is known in part. */
export function createConstants(tree: SyntaxTree, stop: () => boolean = () => false): Constants {
  const folded = new Map<SyntaxNode, SyntaxNode | null>();
  let names: ReadonlyMap<SyntaxNode, SyntaxNode> | null = null;
  const worthOf = (name: SyntaxNode): SyntaxNode | null => {
    names ??= flowValues(tree, moduleConstants(tree, stop), stop);
    return names.get(name) ?? null;
  };
  const nameOf = (name: SyntaxNode): SyntaxNode | null => {
    const value = worthOf(name);
    return isLiteral(value) ? value : null;
  };
  return {
    literal: (node) => (LITERALS.has(node.kind) ? node : fold(tree, node, nameOf, folded)),
    symbol(node) {
      const value = node.kind === 'name' && node.index >= 0 ? worthOf(node) : null;
      return isLiteral(value) ? null : value;
    },
  };
}
