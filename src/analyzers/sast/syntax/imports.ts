/** Gives names the meaning that imports give them: after `from torch import load as l`, `l` also stands for `torch.load`. */

import { createLocals } from './locals.ts';
import { createNode, type Draft, type SyntaxNode, type SyntaxTree } from './node.ts';
import { loopVariables, parameterNames } from './scopes.ts';

/** Each `from m import *` gives every name one more meaning; nobody has so many. */
const MAX_STARS = 16;

/** The text of an alias that `from m import *` may give. */
export const FROM_STAR = '*';

/** What a name stands for; null where something else has taken the name. */
type Meaning = string | null;

/**
 * Imports count from where they stand to the end of the file, also when they stand in a function: that is how Semgrep
 * reads them. Parameters other than `*a` and `**k`, the variables of loops, what is annotated, and the aliases of `with` and
 * `except` take the name away.
 */
export function resolveImports(tree: SyntaxTree): void {
  const imported = new Map<string, Meaning>();
  const everything = new Set<string>();
  const local = createLocals();
  for (const node of tree.nodes) {
    local.leaveBefore(node.index);
    switch (node.kind) {
      case 'import':
        for (const item of node.kids) {
          const alias = item.kids[0]?.text ?? '';
          if (alias !== '') imported.set(alias, item.text);
          else if (!item.text.includes('.') && !imported.has(item.text)) imported.set(item.text, null);
        }
        break;
      case 'import_from':
        for (const item of node.kids) {
          const relative = node.text.startsWith('.');
          if (item.text === '*') {
            if (!relative && everything.size < MAX_STARS) everything.add(node.text);
          } else imported.set(item.kids[0]?.text || item.text, relative ? null : `${node.text}.${item.text}`);
        }
        break;
      case 'for':
      case 'with':
      case 'handler': {
        const target = node.kids[node.kind === 'for' ? 0 : 1]!;
        if (target.kind === 'name') local.enter(target.text, functionAround(node) ?? tree.root);
        break;
      }
      case 'assignment': {
        const [target, type] = node.kids as [SyntaxNode, SyntaxNode];
        if (target.kind === 'name' && type.kind !== 'absent')
          local.enter(target.text, functionAround(node) ?? tree.root);
        break;
      }
      case 'function':
      case 'lambda':
        for (const name of parameterNames(node, false)) local.enter(name, node);
        break;
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression':
        for (const name of loopVariables(node)) local.enter(name, node);
        break;
      case 'name':
        if (everything.size > 0 || imported.has(node.text)) {
          const meaning = local.has(node.text) ? null : (imported.get(node.text) ?? null);
          (node as Draft).aliases = aliasesOf(node, meaning, everything);
        }
        break;
    }
  }
}

/** `from m import *` gives a meaning also to a name that has another. */
function aliasesOf(node: SyntaxNode, meaning: Meaning, everything: ReadonlySet<string>): SyntaxNode[] {
  const own = meaning === null || meaning === node.text ? [] : [dottedNode(meaning, node)];
  const perhaps = [...everything].map((module) => dottedNode(`${module}.${node.text}`, node));
  return [...own, ...perhaps.map((alias) => Object.assign(alias, { text: FROM_STAR }))];
}

/** `a.b.c` as the nodes that the code would have, all of them at the name's place. */
function dottedNode(dotted: string, at: SyntaxNode): Draft {
  const [first = '', ...rest] = dotted.split('.');
  const place = (kind: string, kids: SyntaxNode[], text = ''): Draft => {
    const node = createNode(kind, at.start, at.end, kids, text);
    return Object.assign(node, { parent: at.parent, index: at.index });
  };
  return rest.reduce<Draft>(
    (object, name) => place('attribute', [object, place('word', [], name)]),
    place('name', [], first),
  );
}

function functionAround(node: SyntaxNode): SyntaxNode | null {
  let around = node.parent;
  while (around !== null && around.kind !== 'function') around = around.parent;
  return around;
}
