/** Which names a module, a class or a function binds, and where: the ground that constants are found on. */
import { createLocals } from './locals.ts';
import type { SyntaxNode, SyntaxTree } from './node.ts';

export interface Scope {
  readonly isClass: boolean;
  /** The scope that a name is looked for in next: never a class, as in Python. */
  readonly parent: Scope | null;
  /** For each name bound here the value that it gets, or null when it gets several, or one that is not an expression. */
  readonly values: Map<string, SyntaxNode | null>;
}

export interface Scopes {
  /** The scope that a module, a function or a class opens. */
  of(node: SyntaxNode): Scope;
  /** True for a name that belongs to a lambda or a comprehension around it. */
  isHidden(name: SyntaxNode): boolean;
}

export const COMPREHENSIONS: ReadonlySet<string> = new Set([
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

export function collectScopes(tree: SyntaxTree): Scopes {
  const module: Scope = { isClass: false, parent: null, values: new Map() };
  const scopes = new Map<SyntaxNode, Scope>([[tree.root, module]]);
  const hidden = new Set<SyntaxNode>();
  const locals = createLocals();
  const open = [{ scope: module, until: Number.POSITIVE_INFINITY }];

  for (const node of tree.nodes) {
    while (open.at(-1)!.until <= node.index) open.pop();
    locals.leaveBefore(node.index);
    const { scope } = open.at(-1)!;
    for (const { name, value } of bindingsOf(tree, node)) bind(node.kind === 'global' ? module : scope, name, value);
    if (node.kind === 'function' || node.kind === 'class') {
      const parent = scope.isClass ? scope.parent : scope;
      const own: Scope = { isClass: node.kind === 'class', parent, values: new Map() };
      for (const name of parameterNames(node)) bind(own, name, null);
      scopes.set(node, own);
      open.push({ scope: own, until: node.index + node.size });
    } else if (node.kind === 'lambda') for (const name of parameterNames(node)) locals.enter(name, node);
    else if (COMPREHENSIONS.has(node.kind)) for (const name of loopVariables(node)) locals.enter(name, node);
    else if (node.kind === 'name' && locals.has(node.text)) hidden.add(node);
  }

  return { of: (node) => scopes.get(node) ?? module, isHidden: (name) => hidden.has(name) };
}

function bind(scope: Scope, name: string, value: SyntaxNode | null): void {
  scope.values.set(name, scope.values.has(name) ? null : value);
}

interface Binding {
  readonly name: string;
  readonly value: SyntaxNode | null;
}

/** What the node itself binds, not what stands in it. A bare annotation binds nothing. */
export function bindingsOf(tree: SyntaxTree, node: SyntaxNode): Binding[] {
  const [first, second] = node.kids;
  switch (node.kind) {
    case 'assignment': {
      const value = node.kids[2]!;
      if (value.kind === 'absent') return [];
      if (first?.kind === 'name') return [{ name: first.text, value }];
      return bareNames(tree, first);
    }
    case 'augmented':
    case 'for':
    case 'for_in_clause':
      return bareNames(tree, first);
    case 'with':
    case 'handler':
      return bareNames(tree, second);
    case 'function':
    case 'class':
      return [{ name: first!.text, value: null }];
    case 'import':
    case 'import_from':
      return node.kids.map((item) => ({ name: item.kids[0]?.text || item.text.split('.')[0]!, value: null }));
    case 'global':
    case 'nonlocal':
      return node.kids.map(({ text }) => ({ name: text, value: null }));
    case 'delete':
      return node.kids.flatMap((kid) => bareNames(tree, kid));
    case 'case_clause':
      return node.kids.slice(0, -1).flatMap((kid) => bareNames(tree, kid));
    default:
      return [];
  }
}

/** Every name in a target: more than it binds (`a[i] = 1` has both), which only makes less be known. */
function bareNames(tree: SyntaxTree, target: SyntaxNode | undefined): Binding[] {
  if (target === undefined || target.kind === 'absent') return [];
  const nodes = tree.nodes.slice(target.index, target.index + target.size);
  return nodes
    .filter((node) => node.kind === 'name' || node.kind === 'dotted')
    .map(({ text }) => ({ name: text, value: null }));
}

export function parameterNames(node: SyntaxNode): string[] {
  const parameters = node.kids.find((kid) => kid.kind === 'parameters')?.kids ?? [];
  return parameters.map((parameter) => parameter.kids[0]?.text ?? '');
}

/** The names that a comprehension's `for` clauses bind. */
export function loopVariables(comprehension: SyntaxNode): string[] {
  const targets = comprehension.kids.flatMap((kid) => (kid.kind === 'for_in_clause' ? kid.kids.slice(0, 1) : []));
  return targets
    .flatMap((target) => [target, ...target.kids])
    .flatMap((node) => (node.kind === 'name' ? node.text : []));
}
