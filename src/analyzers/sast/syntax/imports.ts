/** Gives names the meaning that imports give them: after `from torch import load as l`, `l` also stands for `torch.load`. */
import { createNode, type Draft, type SyntaxNode, type SyntaxTree } from './node.ts';
import { loopVariables, parameterNames } from './scopes.ts';

/** What a name stands for; null where something else has taken the name. */
type Meaning = string | null;

/**
 * Imports count from where they stand to the end of the file, also when they stand in a function: that is how Semgrep
 * reads them. Parameters, the variables of loops and the aliases of `with` and `except` take the name away.
 */
export function resolveImports(tree: SyntaxTree): void {
  const imported = new Map<string, Meaning>();
  const everything: string[] = [];
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
            if (!relative) everything.push(node.text);
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
      case 'function':
      case 'lambda':
        for (const name of parameterNames(node)) local.enter(name, node);
        break;
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression':
        for (const name of loopVariables(node)) local.enter(name, node);
        break;
      case 'name':
        if (!local.has(node.text)) (node as Draft).aliases = aliasesOf(node, imported.get(node.text), everything);
        break;
    }
  }
}

function aliasesOf(node: SyntaxNode, meaning: Meaning | undefined, everything: readonly string[]): SyntaxNode[] {
  if (typeof meaning === 'string') return meaning === node.text ? [] : [dottedNode(meaning, node)];
  if (meaning === null) return [];
  return everything.map((module) => dottedNode(`${module}.${node.text}`, node));
}

/** `a.b.c` as the nodes that the code would have, all of them at the name's place. */
function dottedNode(dotted: string, at: SyntaxNode): SyntaxNode {
  const [first = '', ...rest] = dotted.split('.');
  const place = (kind: string, kids: SyntaxNode[], text = ''): Draft => {
    const node = createNode(kind, at.start, at.end, kids, text);
    return Object.assign(node, { parent: at.parent, index: at.index });
  };
  return rest.reduce((object, name) => place('attribute', [object, place('word', [], name)]), place('name', [], first));
}

function functionAround(node: SyntaxNode): SyntaxNode | null {
  let around = node.parent;
  while (around !== null && around.kind !== 'function') around = around.parent;
  return around;
}

/** Names that hold inside one node only. Nodes come in preorder, so that leaving is a matter of the index. */
function createLocals() {
  const depth = new Map<string, number>();
  const open: { readonly name: string; readonly until: number }[] = [];
  return {
    has: (name: string) => (depth.get(name) ?? 0) > 0,
    enter(name: string, within: SyntaxNode): void {
      depth.set(name, (depth.get(name) ?? 0) + 1);
      open.push({ name, until: within.index + within.size });
    },
    leaveBefore(index: number): void {
      for (let last = open.at(-1); last !== undefined && last.until <= index; last = open.at(-1)) {
        open.pop();
        depth.set(last.name, (depth.get(last.name) ?? 0) - 1);
      }
    },
  };
}
