/** Imports in patterns: `import a.b` is also `from a import b`, and a pattern without an alias says nothing about it. */
import { createNode, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { bindNode } from './atoms.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';
import { distinct, each, type Matcher } from './matcher.ts';
import { ELLIPSIS, metavariableOf } from './pattern-text.ts';
import { metavariable } from './signs.ts';

/** One thing that an import brings in; `module` is empty for `import a.b`. */
interface Imported {
  readonly module: string;
  readonly name: string;
  readonly alias: SyntaxNode;
  readonly at: SyntaxNode;
}

type ItemMatcher = (imported: Imported, bindings: Bindings) => readonly Bindings[];

export function buildImport(pattern: SyntaxNode): Matcher {
  const items = importedBy(pattern).map((wanted) => importItem(wanted));
  return (node, bindings) => {
    if (node.kind !== 'import' && node.kind !== 'import_from') return NO_MATCH;
    const brought = importedBy(node);
    let ways: readonly Bindings[] = [bindings];
    for (const item of items) ways = each(ways, (way) => distinct(brought.flatMap((imported) => item(imported, way))));
    return ways;
  };
}

function importedBy(node: SyntaxNode): Imported[] {
  return node.kids.map((item) => ({ module: node.text, name: item.text, alias: item.kids[0]!, at: item }));
}

function importItem(wanted: Imported): ItemMatcher {
  const matchAlias = aliasMatcher(wanted.alias);
  const module = wanted.module === '' ? null : textMatcher(wanted.module);
  const name = textMatcher(wanted.name);
  const full = fullName(wanted);
  const isLiteral = !full.split('.').some((part) => part === ELLIPSIS || metavariableOf(part) !== null);
  const matchName: ItemMatcher = (imported, bindings) => {
    if (isLiteral) return startsWithName(fullName(imported), full) ? [bindings] : NO_MATCH;
    if ((module === null) !== (imported.module === '') || imported.name === '*') return NO_MATCH;
    const ways = module === null ? [bindings] : module(imported.module, imported.at, bindings);
    return each(ways, (way) => name(imported.name, imported.at, way));
  };
  return (imported, bindings) => {
    return each(matchName(imported, bindings), (way) => matchAlias(imported.alias, way));
  };
}

function fullName({ module, name }: Imported): string {
  return module === '' ? name : `${module}.${name}`;
}

function startsWithName(full: string, wanted: string): boolean {
  return full === wanted || full.startsWith(`${wanted}.`);
}

function aliasMatcher(alias: SyntaxNode): (node: SyntaxNode, bindings: Bindings) => readonly Bindings[] {
  if (alias.kind === 'absent') return (_, bindings) => [bindings];
  const name = metavariable(alias);
  if (name !== null) return (node, bindings) => (node.kind === 'absent' ? NO_MATCH : bindNode(bindings, name, node));
  return (node, bindings) => (node.kind === 'word' && node.text === alias.text ? [bindings] : NO_MATCH);
}

function textMatcher(wanted: string): (text: string, at: SyntaxNode, bindings: Bindings) => readonly Bindings[] {
  const name = metavariableOf(wanted)?.name;
  if (wanted === ELLIPSIS) return (_text, _at, bindings) => [bindings];
  if (name === undefined) return (text, _at, bindings) => (text === wanted ? [bindings] : NO_MATCH);
  return (text, at, bindings) => bindNode(bindings, name, createNode('word', at.start, at.end, [], text));
}
