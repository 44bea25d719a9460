/** Statements and definitions whose kids do not stand where tree-sitter has them. */
import { type Frame, field, inner, keep, operator, without, word } from './frame.ts';
import { ABSENT, createNode, type Draft, type SyntaxNode } from './node.ts';

/** `elif` is an `else` that holds another `if`. */
export function ifChain(f: Frame): Draft {
  let alternative: SyntaxNode = ABSENT;
  let end = f.end;
  for (const kid of f.kids.filter((_, i) => f.fields[i] === 'alternative').reverse()) {
    if (kid.kind !== 'elif') {
      alternative = kid;
      end = kid.end;
      continue;
    }
    if (alternative === ABSENT) end = kid.end;
    const nested = createNode('if', kid.start, end, [kid.kids[0] ?? ABSENT, kid.kids[1] ?? ABSENT, alternative]);
    alternative = createNode('block', kid.start, end, [nested]);
  }
  return inner(f, 'if', [field(f, 'condition'), field(f, 'consequence'), alternative]);
}

/** What stands behind `else` is no part of the loop's place. */
export function upToBody(loop: Draft, body: number): Draft {
  const block = loop.kids[body]!;
  if (block !== ABSENT) loop.end = block.end;
  return loop;
}

export function forLoop(f: Frame, text: string): Draft {
  const isAsync = operator(f) === 'async';
  const kids = [field(f, 'left'), field(f, 'right'), field(f, 'body'), field(f, 'alternative')];
  const loop = inner(f, 'for', kids, isAsync ? 'async' : '');
  if (isAsync) loop.start = Math.max(f.start, text.indexOf('for', f.start));
  return upToBody(loop, 2);
}

/** The place of `del a` is that of its targets. */
export function deleteStatement(f: Frame): Draft {
  const targets = f.kids[0]?.kind === 'tuple' ? f.kids[0].kids : f.kids;
  const [first, last] = [targets[0], targets.at(-1)];
  return first === undefined ? keep(f) : createNode('delete', first.start, last!.end, targets);
}

export function raiseStatement(f: Frame): Draft {
  const raised = without(f, 'cause')[0] ?? ABSENT;
  return inner(f, 'raise', [raised, field(f, 'cause')]);
}

/** `with a as x, b as y:` is `with a as x:` around `with b as y:`; the place of each begins at what it opens, and only the first is async. */
export function withChain(f: Frame): Draft {
  const listed = f.kids.find((kid) => kid.kind === 'items')?.kids ?? [];
  const only = listed[0];
  const isGroup = listed.length === 1 && only?.kind === 'tuple' && only.kids.some((kid) => kid.kind === 'as');
  const items = isGroup ? only.kids : listed;
  let body = field(f, 'body');
  for (const [i, item] of [...items.entries()].reverse()) {
    const [value, alias] = item.kind === 'as' ? item.kids : [item, ABSENT];
    const node = createNode(
      'with',
      (value ?? item).start,
      f.end,
      [value ?? ABSENT, alias ?? ABSENT, body],
      i === 0 ? operator(f) : '',
    );
    if (i === 0) return node;
    body = createNode('block', node.start, node.end, [node]);
  }
  return keep(f);
}

export function tryStatement(f: Frame): Draft {
  const others = without(f, 'body');
  const handlers = others.filter((kid) => kid.kind === 'handler');
  const otherwise = others.find((kid) => kid.kind === 'block') ?? ABSENT;
  const last = others.find((kid) => kid.kind === 'finally')?.kids.find((kid) => kid.kind === 'block') ?? ABSENT;
  const list = createNode('handlers', handlers[0]?.start ?? f.end, handlers.at(-1)?.end ?? f.end, handlers);
  return inner(f, 'try', [field(f, 'body'), list, otherwise, last]);
}

export function handler(f: Frame): Draft {
  const block = f.kids.find((kid) => kid.kind === 'block') ?? ABSENT;
  const value = field(f, 'value');
  const [type, alias] = value.kind === 'as' ? value.kids : [value, field(f, 'alias')];
  return inner(f, 'handler', [type ?? ABSENT, alias ?? ABSENT, block], operator(f));
}

/** Semgrep forgets that a function is async where it has decorators, in code and in patterns. */
export function decorated(f: Frame): Draft {
  const definition = field(f, 'definition') as Draft;
  if (definition === ABSENT) return keep(f);
  const list = without(f, 'definition');
  return createNode(definition.kind, f.start, f.end, [...definition.kids.slice(0, -1), decorators(f, list)]);
}

/** `@a` is `@a()`. */
export function decorator(f: Frame): Draft {
  const [used] = f.kids;
  const isPlain = used?.kind === 'name' || used?.kind === 'attribute';
  if (!isPlain) return keep(f);
  const args = createNode('arguments', used.end, used.end);
  return inner(f, 'decorator', [createNode('call', used.start, used.end, [used, args])]);
}

export function decorators(f: Frame, list: readonly SyntaxNode[]): SyntaxNode {
  return createNode('decorators', f.start, f.start, list);
}

export function emptyParameters(f: Frame): SyntaxNode {
  return createNode('parameters', f.start, f.start);
}

export function parameter(node: Draft): SyntaxNode {
  if (node.kind === 'parameter' || node.kind === 'separator') return node;
  return parameterOf(node, node, ABSENT, ABSENT);
}

/** The text is `*` or `**` where the parameter takes the rest. */
export function parameterOf(
  at: { start: number; end: number },
  name: SyntaxNode,
  type: SyntaxNode,
  value: SyntaxNode,
): Draft {
  const stars = name.kind === 'splat' ? '*' : name.kind === 'doublesplat' ? '**' : '';
  const plain = stars === '' ? name : (name.kids[0] ?? ABSENT);
  return createNode('parameter', at.start, at.end, [word(plain), type, value], stars);
}

/** Python 2's statements are calls of the functions that they became. */
export function python2Call(f: Frame, name: string): Draft {
  const args = createNode('arguments', f.start, f.end, f.kids);
  return inner(f, 'expr', [inner(f, 'call', [createNode('name', f.start, f.start, [], name), args])]);
}

function importItem(node: SyntaxNode): SyntaxNode {
  if (node.kind === 'item') return node;
  const name = node.kind === 'wildcard_import' ? '*' : node.text;
  return createNode('item', node.start, node.end, [ABSENT], name);
}

/** `import a, b` is `import a` and `import b`; the place of each begins where both do. */
export function importStatement(f: Frame): Draft {
  const items = f.kids.map(importItem);
  if (items.length < 2) return inner(f, 'import', items);
  return inner(
    f,
    IMPORTS,
    items.map((item) => createNode('import', f.start, item.end, [item])),
  );
}

const IMPORTS = 'imports';

export function statements(f: Frame): Draft {
  const isPlain = f.kids.every((kid) => kid.kind !== IMPORTS);
  return isPlain
    ? keep(f)
    : inner(
        f,
        f.type,
        f.kids.flatMap((kid) => (kid.kind === IMPORTS ? kid.kids : kid)),
      );
}

/** The place ends with the last name, before a closing parenthesis. */
export function importFrom(f: Frame, listed: readonly SyntaxNode[], module: string): Draft {
  const items = listed.map(importItem);
  return createNode('import_from', f.start, items.at(-1)?.end ?? f.end, items, module);
}

export function moduleName(f: Frame): string {
  return field(f, 'module_name').text;
}

/** A plain name captures, as a target does. */
export function casePattern(f: Frame): Draft {
  const only = f.kids.length === 1 ? f.kids[0]! : null;
  if (only === null) return keep(f);
  return only.kind === 'dotted' && !only.text.includes('.') ? Object.assign(only, { kind: 'name' }) : only;
}
