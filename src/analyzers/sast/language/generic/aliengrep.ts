/** Patterns of the generic language that care for words and brackets alone: `generic_engine: aliengrep`. */
import type { TextPattern } from '#analyzers/sast/language/target-language.ts';
import type { RuleOptions } from '#analyzers/sast/options.ts';
import { type Bindings, bind, lookup } from '#analyzers/sast/pattern/bindings.ts';
import type { Found } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { PatternError } from '#analyzers/sast/pattern/parse-pattern.ts';
import type { Scope } from '#analyzers/sast/rule/scope.ts';
import { type AlienItem, type AlienSigns, parseAlienPattern, signsOf } from './alien-pattern.ts';
import { type Brackets, createBrackets } from './brackets.ts';

/** Matching calls itself for each gap. */
const MAX_PATTERN_ITEMS = 2_000;
const MAX_MATCHES = 20_000;

export function readAliengrepPattern(text: string, options: RuleOptions): TextPattern | PatternError {
  const signs = signsOf(options);
  const items = parseAlienPattern(text, signs);
  if (items.length === 0) return { kind: 'invalid', line: 1, message: 'the pattern is empty' };
  if (items.length > MAX_PATTERN_ITEMS) {
    const message = `the pattern has ${items.length} words and signs, more than ${MAX_PATTERN_ITEMS}`;
    return { kind: 'unsupported', line: 1, message };
  }
  const isPlain = !signs.caseless && signs.extraWords === '';
  const words = items.flatMap((item) => (item.kind === 'word' && isPlain ? [item.text] : []));
  return { words, findIn: (scope) => search(items, signs, scope) };
}

/** Matches do not overlap: the next one begins after the last. */
function search(items: readonly AlienItem[], signs: AlienSigns, { run, start, end, bindings }: Scope): Found[] {
  const text = run.tree.text.slice(start, end);
  const brackets = createBrackets(text, signs, run.expired);
  const found: Found[] = [];
  const [first] = items;
  for (let from = 0; from < text.length && found.length < MAX_MATCHES && !run.expired(); ) {
    if (first?.kind === 'gap' && from > 0) {
      const line = signs.multiline ? -1 : text.indexOf('\n', from - 1);
      if (line === -1) break;
      from = line + 1;
    } else if (signs.isBlank(text, from)) {
      from++;
      continue;
    }
    const reached = matchAlien(items, text, from, bindings, { signs, brackets, base: start, expired: run.expired });
    if (reached !== null && reached.at > from) {
      found.push({ start: start + from, end: start + reached.at, bindings: reached.bindings });
      from = reached.at;
    } else from = signs.isWord(text, from) ? signs.wordEnd(text, from) : from + 1;
  }
  return found;
}

interface AlienRun {
  readonly signs: AlienSigns;
  readonly brackets: Brackets;
  readonly base: number;
  expired(): boolean;
}

interface Reached {
  readonly at: number;
  readonly bindings: Bindings;
}

function matchAlien(
  items: readonly AlienItem[],
  text: string,
  start: number,
  known: Bindings,
  { signs, brackets, base, expired }: AlienRun,
): Reached | null {
  const failed = new Map<Bindings, Set<number>>();
  return advance(0, start, known);

  function advance(from: number, place: number, bindings: Bindings): Reached | null {
    let at = place;
    let bound = bindings;
    for (let i = from; i < items.length; i++) {
      const item = items[i]!;
      const before = at;
      if (i > 0) while (signs.isBlank(text, at)) at++;
      if (item.kind === 'gap') return crossGap(item, i, at, before, bound);
      if (item.kind === 'word' || item.kind === 'name') {
        if (!signs.isWord(text, at) || (at > 0 && signs.isWord(text, at - 1))) return null;
        const end = signs.wordEnd(text, at);
        const word = text.slice(at, end);
        if (item.kind === 'word' && !signs.isSame(word, item.text)) return null;
        const next = item.kind === 'name' ? take(item.name, at, end, bound) : bound;
        if (next === null) return null;
        bound = next;
        at = end;
      } else {
        if (!text.startsWith(item.text, at)) return null;
        at += item.text.length;
      }
    }
    return { at, bindings: bound };
  }

  /** From near to far; what stands in brackets is crossed whole. */
  function crossGap(
    item: AlienItem & { kind: 'gap' },
    i: number,
    at: number,
    before: number,
    bound: Bindings,
  ): Reached | null {
    const isLast = i === items.length - 1;
    const key = at * items.length + i;
    if (failed.get(bound)?.has(key)) return null;
    const crossesLines = item.isLong || signs.multiline;
    for (let to = at, end = at; ; ) {
      if (expired()) return null;
      const isAtEnd = to >= text.length || (!crossesLines && text[to] === '\n');
      if (!isLast || isAtEnd) {
        const taken = take(item.name, at, end, bound);
        const reached = taken === null ? null : isLast ? { at: end, bindings: taken } : advance(i + 1, to, taken);
        if (reached !== null) return isLast && end === at ? { ...reached, at: before } : reached;
      }
      if (isAtEnd || (item.closing !== null && text[to] === item.closing)) break;
      const isSpace = /\s/.test(text[to]!);
      const group = brackets.endOf(to, crossesLines);
      to = group ?? (signs.isWord(text, to) ? signs.wordEnd(text, to) : to + 1);
      if (!isSpace) end = to;
    }
    const lost = failed.get(bound);
    if (lost === undefined) failed.set(bound, new Set([key]));
    else lost.add(key);
    return null;
  }

  function take(name: string | null, from: number, to: number, bound: Bindings): Bindings | null {
    if (name === null) return bound;
    const value = text.slice(from, to);
    const before = lookup(bound, name);
    if (before !== null) return signs.isSame(before.text ?? '', value) ? bound : null;
    return bind(bound, name, { start: base + from, end: base + to, nodes: [], text: value, isWord: true });
  }
}
