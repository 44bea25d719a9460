/** Imports in patterns: `import a.b` is also `from a import b`, and a pattern without an alias says nothing about it. */
import { createNode, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { bindNode } from './atoms.ts';
import { type Bindings, bind, NO_MATCH } from './bindings.ts';
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
  const matchName = nameMatcher(wanted);
  return (imported, bindings) => each(matchName(imported, bindings), (way) => matchAlias(imported.alias, way));
}

/** `import a.b` is also `from a import b`, and a module's name stands for all that is below it: `import a`, `from a import b`. */
function nameMatcher(wanted: Imported): ItemMatcher {
  const module = segments(wanted.module);
  const name = segments(wanted.name);
  const full = [...module, ...name];
  const isPlain = full.every((part) => part !== ELLIPSIS && metavariableOf(part) === null);
  return (imported, bindings) => {
    const brought = [...segments(imported.module), ...segments(imported.name)];
    if (wanted.alias.kind !== 'absent' && wanted.module === '' && imported.module !== '') return NO_MATCH;
    if (isPlain && startsWith(brought, full)) return [bindings];
    if (wanted.module === '') return isPlain ? NO_MATCH : matchSegments(name, brought, imported.at, bindings);
    if (wanted.name === '*')
      return imported.name === '*' ? matchSegments(module, segments(imported.module), imported.at, bindings) : NO_MATCH;
    if (imported.name === '*') return NO_MATCH;
    if (imported.module === '') {
      const at = brought.length - 1;
      if (at < 1) return NO_MATCH;
      const above = matchSegments(module, brought.slice(0, at), imported.at, bindings);
      return each(above, (way) => matchSegments(name, brought.slice(at), imported.at, way));
    }
    const below = matchSegments(module, segments(imported.module), imported.at, bindings);
    return each(below, (way) => matchSegments(name, segments(imported.name), imported.at, way));
  };
}

/** `..a.b` → `..`, `a`, `b`. */
function segments(dotted: string): string[] {
  return dotted.match(/^\.+|[^.]+/g) ?? [];
}

function joined([first = '', ...rest]: readonly string[]): string {
  return first.startsWith('.') ? first + rest.join('.') : [first, ...rest].join('.');
}

/** A part of a module's name stands nowhere by itself: its text says what it is. */
function bindText(bindings: Bindings, name: string, text: string, at: SyntaxNode): readonly Bindings[] {
  const nodes = [createNode('word', at.start, at.end, [], text)];
  const bound = bind(bindings, name, { start: at.start, end: at.end, nodes, text });
  return bound === null ? NO_MATCH : [bound];
}

function startsWith(parts: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length <= parts.length && wanted.every((part, i) => part === parts[i]);
}

/** The last metavariable takes all that is left. */
function matchSegments(
  wanted: readonly string[],
  parts: readonly string[],
  at: SyntaxNode,
  bindings: Bindings,
): readonly Bindings[] {
  let ways: readonly Bindings[] = wanted.length <= parts.length ? [bindings] : NO_MATCH;
  for (const [i, part] of wanted.entries()) {
    const name = metavariableOf(part)?.name;
    const text = i === wanted.length - 1 && name !== undefined ? joined(parts.slice(i)) : parts[i]!;
    if (part === ELLIPSIS) continue;
    if (name === undefined) ways = text === part ? ways : NO_MATCH;
    else ways = each(ways, (way) => bindText(way, name, text, at));
  }
  return ways;
}

function aliasMatcher(alias: SyntaxNode): (node: SyntaxNode, bindings: Bindings) => readonly Bindings[] {
  if (alias.kind === 'absent') return (_, bindings) => [bindings];
  const name = metavariable(alias);
  if (name !== null) return (node, bindings) => (node.kind === 'absent' ? NO_MATCH : bindNode(bindings, name, node));
  return (node, bindings) => (node.kind === 'word' && node.text === alias.text ? [bindings] : NO_MATCH);
}
