/** Whether two names of the same text are the same name: a parameter, a loop's variable or a local is one of its function's own. */
import type { SyntaxNode } from './node.ts';
import { boundNames, COMPREHENSIONS, loopVariables, parameterNames } from './scopes.ts';

/** What each function binds; worked out when it is first asked for. */
const locals = new WeakMap<SyntaxNode, ReadonlySet<string>>();

/** True also where one of them is only a label, such as an attribute's. */
export function isSameBinder(a: SyntaxNode, b: SyntaxNode): boolean {
  if (a === b || !isResolved(a) || !isResolved(b)) return true;
  return binderOf(a) === binderOf(b);
}

function isResolved(node: SyntaxNode): boolean {
  return node.parent !== null && (node.kind === 'name' || node.parent.kind === 'parameter');
}

/** The function, lambda or comprehension that binds the name; null for the module. */
function binderOf(name: SyntaxNode): SyntaxNode | null {
  for (let at = name.parent; at !== null; at = at.parent) {
    if (at.kind === 'function' && localsOf(at).has(name.text)) return at;
    if (at.kind === 'lambda' && parameterNames(at).includes(name.text)) return at;
    if (COMPREHENSIONS.has(at.kind) && loopVariables(at).includes(name.text)) return at;
  }
  return null;
}

function localsOf(node: SyntaxNode): ReadonlySet<string> {
  const known = locals.get(node);
  if (known !== undefined) return known;
  const names = new Set(parameterNames(node));
  const others = new Set<string>();
  const pending = [...node.kids[3]!.kids];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at.kind === 'global' || at.kind === 'nonlocal') for (const { text } of at.kids) others.add(text);
    for (const name of boundNames(at)) names.add(name);
    if (at.kind === 'function' || at.kind === 'class' || at.kind === 'lambda') continue;
    for (const kid of at.kids) pending.push(kid);
  }
  const own = names.difference(others);
  locals.set(node, own);
  return own;
}
