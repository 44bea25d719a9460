/** Which names a node binds, and which of a module's names are constants of the whole file. */
import { fold } from './fold.ts';
import { createLocals } from './locals.ts';
import { isChainLink, type SyntaxNode, type SyntaxTree } from './node.ts';

export const COMPREHENSIONS: ReadonlySet<string> = new Set([
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

/** How many nodes pass between two looks at the budget. */
const STRIDE = 4_096;

interface FunctionScope {
  readonly until: number;
  readonly bound: Set<string>;
  readonly global: Set<string>;
}

/**
 * Every use of a module's name that is assigned once in the file, with the literal that it gets. A use counts only
 * behind the assignment, in the order of the text, also in functions. What is found when the budget runs out stays.
 */
export function moduleConstants(tree: SyntaxTree, stop: () => boolean): Map<SyntaxNode, SyntaxNode> {
  const known = new Map<SyntaxNode, SyntaxNode>();
  const { functions, assignments } = collectBindings(tree, stop);
  const defined = new Map<string, SyntaxNode>();
  const waiting: { readonly until: number; readonly target: string; readonly value: SyntaxNode }[] = [];
  const open: FunctionScope[] = [];
  let classUntil = 0;
  const hidden = createLocals();
  for (const node of tree.nodes) {
    if (node.index % STRIDE === 0 && stop()) return known;
    while (open.length > 0 && open.at(-1)!.until <= node.index) open.pop();
    while (waiting.length > 0 && waiting.at(-1)!.until <= node.index) {
      const { target, value } = waiting.pop()!;
      const literal = fold(tree, value, (name) => known.get(name) ?? null);
      if (literal !== null) defined.set(target, literal);
    }
    hidden.leaveBefore(node.index);
    enterHidden(node, hidden);
    if (node.kind === 'function') open.push(functions.get(node)!);
    else if (node.kind === 'class') classUntil = Math.max(classUntil, node.index + node.size);
    else if (node.kind === 'name') {
      const value = defined.get(node.text);
      if (value !== undefined && !hidden.has(node.text) && !open.some((scope) => isLocal(scope, node.text)))
        known.set(node, value);
    } else if (node.kind === 'assignment' && open.length === 0 && node.index >= classUntil) {
      const [target, type, value] = node.kids as [SyntaxNode, SyntaxNode, SyntaxNode];
      const isPlain = target.kind === 'name' && type.kind === 'absent' && value.kind !== 'assignment';
      if (isPlain && !isChainLink(node) && assignments.get(target.text) === 1)
        waiting.push({ until: node.index + node.size, target: target.text, value });
    }
  }
  return known;
}

function isLocal({ bound, global }: FunctionScope, name: string): boolean {
  return bound.has(name) && !global.has(name);
}

/** How often a module's names are assigned, and what each function binds. */
function collectBindings(tree: SyntaxTree, stop: () => boolean) {
  const functions = new Map<SyntaxNode, FunctionScope>();
  const assignments = new Map<string, number>();
  const open: FunctionScope[] = [];
  for (const node of tree.nodes) {
    const isCut = node.index % STRIDE === 0 && stop();
    while (open.length > 0 && open.at(-1)!.until <= node.index) open.pop();
    const scope = open.at(-1);
    if (node.kind === 'global') for (const { text } of node.kids) scope?.global.add(text);
    else if (!isCut) {
      for (const name of boundNames(node)) {
        if (scope !== undefined) scope.bound.add(name);
        if (scope === undefined || scope.global.has(name)) assignments.set(name, (assignments.get(name) ?? 0) + 1);
      }
    }
    if (node.kind === 'function') {
      const own = { until: node.index + node.size, bound: new Set(parameterNames(node)), global: new Set<string>() };
      functions.set(node, own);
      open.push(own);
    }
  }
  return { functions, assignments };
}

/** Tells what a lambda or a comprehension takes for itself. */
export function enterHidden(node: SyntaxNode, hidden: ReturnType<typeof createLocals>): void {
  if (node.kind === 'lambda') for (const name of parameterNames(node)) hidden.enter(name, node);
  else if (COMPREHENSIONS.has(node.kind)) for (const name of loopVariables(node)) hidden.enter(name, node);
}

const NO_NAMES: readonly string[] = [];

/** What the node itself binds, not what stands in it. */
export function boundNames(node: SyntaxNode): readonly string[] {
  const [first, second] = node.kids;
  switch (node.kind) {
    case 'assignment':
    case 'augmented':
    case 'for':
      return targetNames(first);
    case 'with':
    case 'handler':
      return targetNames(second);
    case 'function':
    case 'class':
      return [first!.text];
    case 'import':
    case 'import_from':
      return node.kids.map((item) => item.kids[0]?.text || item.text.split('.')[0]!);
    case 'case_clause':
      return node.kids.slice(0, -1).flatMap((kid) => (kid.kind === 'if_clause' ? NO_NAMES : targetNames(kid)));
    default:
      return NO_NAMES;
  }
}

/** The names that a target binds, and those whose parts it changes: `a`, `(a, *b)`, `a.b[0]`. Works on any depth. */
function targetNames(target: SyntaxNode | undefined): readonly string[] {
  if (target === undefined || target.kind === 'absent') return NO_NAMES;
  if (target.kind === 'name') return [target.text];
  const names: string[] = [];
  const pending = [target];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at.kind === 'name' || at.kind === 'dotted') names.push(at.text);
    else if (at.kind === 'attribute' || at.kind === 'subscript') pending.push(at.kids[0]!);
    else if (at.kind !== 'call') pending.push(...at.kids);
  }
  return names;
}

/** Without `withRest` only those that take one argument. */
export function parameterNames(node: SyntaxNode, withRest = true): string[] {
  const parameters = node.kids.find((kid) => kid.kind === 'parameters')?.kids ?? [];
  return parameters.flatMap(({ text, kids }) => (withRest || text === '' ? (kids[0]?.text ?? '') : []));
}

/** The names that a comprehension's `for` clauses bind. */
export function loopVariables(comprehension: SyntaxNode): string[] {
  const targets = comprehension.kids.flatMap((kid) => (kid.kind === 'for_in_clause' ? kid.kids.slice(0, 1) : []));
  return targets
    .flatMap((target) => [target, ...target.kids])
    .flatMap((node) => (node.kind === 'name' ? node.text : []));
}

/** As `boundNames`, and what `global`, `nonlocal` and `del` speak of. */
export function namesOf(node: SyntaxNode): readonly string[] {
  switch (node.kind) {
    case 'global':
    case 'nonlocal':
      return node.kids.map(({ text }) => text);
    case 'delete':
      return node.kids.flatMap((kid) => targetNames(kid));
    default:
      return boundNames(node);
  }
}
