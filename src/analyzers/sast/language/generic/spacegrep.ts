/** Patterns of the generic language that care for words, blocks and lines: `generic_engine: spacegrep`, the usual one. */
import type { TextPattern } from '#analyzers/sast/language/target-language.ts';
import type { RuleOptions } from '#analyzers/sast/options.ts';
import type { Found } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { PatternError } from '#analyzers/sast/pattern/parse-pattern.ts';
import type { Scope } from '#analyzers/sast/rule/scope.ts';
import type { SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import { withoutComments } from './comments.ts';
import { parseDocument, type TextDocument } from './document.ts';
import { matchFrom } from './match.ts';
import { type GenericItem, parseGenericPattern } from './pattern.ts';
import { isReadable } from './readable.ts';

/** Words, signs and gaps of one pattern; matching calls itself for each gap. */
export const MAX_PATTERN_ITEMS = 2_000;
/** Matches of one pattern in one text. */
const MAX_MATCHES = 20_000;

export function readSpacegrepPattern(text: string): TextPattern | PatternError {
  const items = parseGenericPattern(text);
  if (items.length === 0) return { kind: 'invalid', line: 1, message: 'the pattern is empty' };
  if (hasNamedGapsInARow(items)) {
    return { kind: 'invalid', line: 1, message: 'two gaps in a row: it cannot be said where one ends' };
  }
  const size = sizeOf(items);
  if (size > MAX_PATTERN_ITEMS) {
    const message = `the pattern has ${size} words and signs, more than ${MAX_PATTERN_ITEMS}`;
    return { kind: 'unsupported', line: 1, message };
  }
  return { words: wordsOf(items), findIn: (scope) => search(items, scope) };
}

function search(items: readonly GenericItem[], { run, start, end, bindings }: Scope): Found[] {
  const document = documentOf(run.tree, start, end, run.options);
  const { tokens } = document;
  const maxSpan = run.options.generic_ellipsis_max_span;
  const here = { document, base: start, maxSpan, expired: run.expired };
  const endsInGap = items.at(-1)!.kind === 'gap';
  const byEnd = new Map<number, Found>();
  for (const from of startsOf(items[0]!, document)) {
    if (run.expired() || byEnd.size > MAX_MATCHES) break;
    const reached = matchFrom(items, from, bindings, here);
    if (reached === null || reached.at === from) continue;
    const range = { start: start + tokens[from]!.start, end: start + tokens[reached.at - 1]!.end };
    // Of two with one end the shorter one is told, but a gap at the end belongs to what comes first.
    if (!endsInGap || !byEnd.has(range.end)) byEnd.set(range.end, { ...range, bindings: reached.bindings });
  }
  return [...byEnd.values()];
}

/** A match begins at a word or sign; with a gap, only where a block begins. */
function startsOf(first: GenericItem, document: TextDocument): readonly number[] {
  switch (first.kind) {
    case 'token':
      return document.places(first.text);
    case 'word':
      return document.words();
    case 'gap':
      return document.tokens.length === 0 ? [] : document.beginnings;
    case 'block':
      return [];
  }
}

/** Whole texts are read once for all rules that ignore the same comments. */
const DOCUMENTS = new WeakMap<SyntaxTree, Map<string, TextDocument>>();

function documentOf(tree: SyntaxTree, start: number, end: number, options: RuleOptions): TextDocument {
  const { generic_comment_style: style } = options;
  const read = (text: string): TextDocument => {
    if (!isReadable(text)) return parseDocument('');
    return parseDocument(text, style === null ? text : withoutComments(text, style));
  };
  if (start !== 0 || end !== tree.text.length) return read(tree.text.slice(start, end));
  const known = DOCUMENTS.get(tree) ?? new Map<string, TextDocument>();
  DOCUMENTS.set(tree, known);
  const document = known.get(style ?? '') ?? read(tree.text);
  known.set(style ?? '', document);
  return document;
}

function wordsOf(items: readonly GenericItem[]): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'block') return wordsOf(item.items);
    return item.kind === 'token' && /^\w/.test(item.text) ? [item.text] : [];
  });
}

function hasNamedGapsInARow(items: readonly GenericItem[]): boolean {
  return items.some((item, i) => {
    if (item.kind === 'block') return hasNamedGapsInARow(item.items);
    return item.kind === 'gap' && items[i - 1]?.kind === 'gap';
  });
}

function sizeOf(items: readonly GenericItem[]): number {
  let size = 0;
  const pending = [...items];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    size++;
    if (item.kind === 'block') for (const inner of item.items) pending.push(inner);
  }
  return size;
}
