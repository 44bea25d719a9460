/** Which variable a name stands for within one function, class body or module: a use before the first assignment is another's. */
import type { SyntaxNode, SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import { COMPREHENSIONS, loopVariables, namesOf, parameterNames } from '#analyzers/sast/syntax/scopes.ts';
import type { Lvalue } from './environment.ts';
import { ELEMENT } from './taints.ts';

export interface Variables {
  /** The variable that a name is, or an attribute of `self`; null for anything else. */
  variable(node: SyntaxNode): number | null;
  /** The variable that the node is, or an attribute or an element of it; null for anything else. */
  lvalue(node: SyntaxNode): Lvalue | null;
  /** By its name as the unit itself binds it; null where it is not mentioned. */
  inner(name: string): number | null;
  /** By its name as one that is bound around the unit. */
  outer(name: string): number | null;
  /** False for a variable that is only assigned to. */
  isUsed(variable: number): boolean;
}

/** What is deeper in a variable than this is not followed. */
const MAX_PATH = 20;

const known = new WeakMap<SyntaxNode, Variables>();

export function variablesOf(tree: SyntaxTree, unit: SyntaxNode): Variables {
  const variables = known.get(unit) ?? collectVariables(tree, unit);
  known.set(unit, variables);
  return variables;
}

/** Passes over the unit once; functions and classes in it are units of their own. */
function collectVariables(tree: SyntaxTree, unit: SyntaxNode): Variables {
  const variables = new Map<SyntaxNode, number>();
  const numbers = new Map<string, number>();
  const used = new Set<number>();
  const declared = new Map((unit.kind === 'function' ? parameterNames(unit) : []).map((name) => [name, name]));
  const hidden = new Map<string, string[]>();
  const open: { readonly name: string; readonly until: number }[] = [];
  const end = unit.index + unit.size;
  for (let i = unit.index + 1; i < end; i++) {
    const node = tree.nodes[i]!;
    for (let last = open.at(-1); last !== undefined && last.until <= i; last = open.at(-1)) {
      open.pop();
      hidden.get(last.name)!.pop();
    }
    if (node.kind === 'name' || isOwnAttribute(node)) {
      const key = hidden.get(node.text)?.at(-1) ?? declared.get(node.text) ?? outerKey(node.text);
      const variable = numbers.get(key) ?? numbers.size;
      numbers.set(key, variable);
      variables.set(node, variable);
      if (!isTarget(node)) used.add(variable);
      continue;
    }
    for (const name of ownNames(node)) {
      const keys = hidden.get(name) ?? [];
      hidden.set(name, keys);
      keys.push(`${name}#${i}`);
      open.push({ name, until: i + node.size });
    }
    if (node.kind !== 'for_in_clause')
      for (const name of namesOf(node)) if (!declared.has(name)) declared.set(name, name);
    const anew = redeclaredBy(node);
    if (anew !== null) declared.set(anew, `${anew}@${i}`);
    if (node.kind === 'function' || node.kind === 'class') i += node.size - 1;
  }

  /** Null for the word of any other attribute. */
  function variable(node: SyntaxNode): number | null {
    if (node.kind === 'attribute') return variables.get(node.kids[1]!) ?? null;
    return node.kind === 'name' && !INSTANCES.has(node.text) ? (variables.get(node) ?? null) : null;
  }

  return {
    variable,
    inner: (name) => numbers.get(name) ?? null,
    outer: (name) => numbers.get(outerKey(name)) ?? null,
    isUsed: (number) => used.has(number),
    lvalue(node) {
      const path: string[] = [];
      for (let at = node; path.length <= MAX_PATH; at = at.kids[0]!) {
        const root = variable(at);
        if (root !== null) return { variable: root, path: path.reverse() };
        if (at.kind === 'attribute') path.push(at.kids[1]!.text);
        else if (at.kind === 'subscript') path.push(ELEMENT);
        else return null;
      }
      return null;
    },
  };
}

/** No name is spelled so. */
function outerKey(name: string): string {
  return `${name}^`;
}

/** An object's own attribute counts as a variable of that name, and the object itself as none. */
const INSTANCES: ReadonlySet<string> = new Set(['self', 'cls']);

/** True for what is assigned to as a whole. */
export function isTarget(node: SyntaxNode): boolean {
  return node.parent?.kind === 'assignment' && node.parent.kids[0] === node;
}

function isOwnAttribute(node: SyntaxNode): boolean {
  const object = node.kind === 'word' && node.parent?.kind === 'attribute' ? node.parent.kids[0] : undefined;
  return object?.kind === 'name' && object.text === 'self';
}

/** A variable that the alias of `except` or a bare annotation makes another one from here on: so Semgrep has it. */
function redeclaredBy(node: SyntaxNode): string | null {
  const [target, second, value] = node.kids;
  if (node.kind === 'handler') return second?.kind === 'name' ? second.text : null;
  const isBare = node.kind === 'assignment' && value?.kind === 'absent' && target?.kind === 'name';
  return isBare ? target.text : null;
}

function ownNames(node: SyntaxNode): readonly string[] {
  if (node.kind === 'lambda') return parameterNames(node);
  return COMPREHENSIONS.has(node.kind) ? loopVariables(node) : [];
}
