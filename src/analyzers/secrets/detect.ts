/** Runs one detector over its windows of a text. */
import type { Budget } from '#domain/analyzer.ts';
import { allows, type Evidence } from './allowlist.ts';
import { shannonEntropy } from './entropy.ts';
import type { Expression } from './expression.ts';
import type { SecretRule } from './rule.ts';
import type { Window } from './windows.ts';

/** A secret in clear, inside of this folder only. Offsets are UTF-16 units in the text. */
export interface Candidate {
  readonly rule: SecretRule;
  readonly start: number;
  readonly end: number;
  /** Length of the whole match: how much context the detector asked for. */
  readonly context: number;
}

export function detect(
  rule: SecretRule,
  expression: Expression,
  source: { readonly path: string; readonly text: string },
  windows: readonly Window[],
  budget: Budget,
): Candidate[] {
  const found: Candidate[] = [];
  let read = 0;
  for (const window of windows) {
    if (budget.expired()) break;
    // A window that had to grow has read the next ones too.
    if (window.to <= read) continue;
    read = searchWindow(expression, source.text, window, (match) => {
      const candidate = judge(rule, source, match);
      if (candidate !== null) found.push(candidate);
    });
  }
  return found;
}

/** Offsets of the whole match and of its groups, as pairs; -1 for a group that took no part. */
type Offsets = readonly number[];

/**
 * Hands over every match, and answers how far it read. A match that touches a window's cut edge may be longer, or owe its
 * `^`, `$` or `\b` to the cut: then the window grows until no match does, or the text ends.
 */
function searchWindow(expression: Expression, text: string, window: Window, onMatch: (match: Offsets) => void): number {
  let { from, to } = window;
  for (;;) {
    const slice = text.slice(from, to);
    const matches = expression.re.test(slice) ? matchAll(expression, slice) : [];
    const cutBefore = from > 0 && matches.some((match) => match[0] === 0);
    const cutAfter = to < text.length && matches.some((match) => match[1] === slice.length);
    if (!cutBefore && !cutAfter) {
      for (const match of matches) onMatch(match.map((offset) => (offset < 0 ? offset : offset + from)));
      return to;
    }
    const size = to - from;
    if (cutBefore) from = Math.max(0, from - size);
    if (cutAfter) to = Math.min(text.length, to + size);
  }
}

function matchAll({ re, groups }: Expression, text: string): Offsets[] {
  const matches: Offsets[] = [];
  const matcher = re.matcher(text);
  while (matcher.find()) {
    const offsets: number[] = [];
    for (let group = 0; group <= groups; group++) offsets.push(matcher.start(group), matcher.end(group));
    matches.push(offsets);
  }
  return matches;
}

function judge(rule: SecretRule, source: { path: string; text: string }, match: Offsets): Candidate | null {
  const { text } = source;
  let [start, end] = secretOf(rule, match);
  while (start < end && text[start] === '\n') start++;
  while (end > start && text[end - 1] === '\n') end--;
  if (start >= end) return null;
  const secret = text.slice(start, end);
  if (rule.entropy > 0 && shannonEntropy(secret) <= rule.entropy) return null;
  const [matchStart, matchEnd] = [match[0]!, match[1]!];
  const evidence: Evidence = {
    path: source.path,
    secret,
    match: text.slice(matchStart, matchEnd),
    line: () => linesAround(text, matchStart, matchEnd),
  };
  if (rule.allowlists.some((list) => allows(list, evidence))) return null;
  return { rule, start, end, context: matchEnd - matchStart };
}

function secretOf(rule: SecretRule, match: Offsets): [number, number] {
  const group = (index: number): [number, number] => [match[2 * index]!, match[2 * index + 1]!];
  if (rule.secretGroup > 0) return group(rule.secretGroup);
  for (let index = 1; index < match.length / 2; index++) {
    const [start, end] = group(index);
    if (end > start) return [start, end];
  }
  return group(0);
}

/** What an allowlist for lines reads of a very long line, on each side of the match (UTF-16 units). */
const LINE_LIMIT = 2_048;

function linesAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - LINE_LIMIT), start);
  const after = text.slice(end, end + LINE_LIMIT);
  const lineEnd = after.indexOf('\n');
  return (
    before.slice(before.lastIndexOf('\n') + 1) +
    text.slice(start, end) +
    after.slice(0, lineEnd < 0 ? undefined : lineEnd)
  );
}
