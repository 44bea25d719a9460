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
  readonly matchStart: number;
  /** Length of the whole match: how much context the detector asked for. */
  readonly context: number;
}

export interface Source {
  readonly path: string;
  readonly text: string;
}

export function detect(
  rule: SecretRule,
  expression: Expression,
  source: Source,
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
      const candidate = judge(rule, expression, source, match);
      if (candidate !== null) found.push(candidate);
    });
  }
  return found;
}

/** Start and end of a match. */
type Offsets = readonly [number, number];

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
      for (const [start, end] of matches) onMatch([start + from, end + from]);
      return to;
    }
    const size = to - from;
    if (cutBefore) from = Math.max(0, from - size);
    if (cutAfter) to = Math.min(text.length, to + size);
  }
}

function matchAll({ re }: Expression, text: string): Offsets[] {
  const matches: Offsets[] = [];
  const matcher = re.matcher(text);
  while (matcher.find()) matches.push([matcher.start(), matcher.end()]);
  return matches;
}

/** The match without the line breaks at its ends; Gitleaks looks for the secret in this text alone. */
function judge(rule: SecretRule, expression: Expression, source: Source, match: Offsets): Candidate | null {
  const { text } = source;
  let [start, end] = [match[0]!, match[1]!];
  while (start < end && text[start] === '\n') start++;
  while (end > start && text[end - 1] === '\n') end--;
  if (start >= end) return null;
  const inMatch = text.slice(start, end);
  const [from, to] = secretIn(inMatch, rule, expression);
  const secret = inMatch.slice(from, to);
  if (rule.entropy > 0 && shannonEntropy(secret) <= rule.entropy) return null;
  const evidence: Evidence = { path: source.path, secret, match: inMatch, line: () => linesAround(text, start, end) };
  if (rule.allowlists.some((list) => allows(list, evidence))) return null;
  // A group that took no part is an empty secret, and the match has to stand for it.
  const place = from === to ? { start, end } : { start: start + from, end: start + to };
  return { rule, ...place, matchStart: start, context: end - start };
}

function secretIn(match: string, { secretGroup }: SecretRule, { re, groups }: Expression): [number, number] {
  const matcher = groups === 0 ? null : re.matcher(match);
  if (matcher === null || !matcher.find()) return [0, match.length];
  const group = (index: number): [number, number] => [
    Math.max(0, matcher.start(index)),
    Math.max(0, matcher.end(index)),
  ];
  if (secretGroup > 0) return group(secretGroup);
  for (let index = 1; index <= groups; index++) {
    const [start, end] = group(index);
    if (end > start) return [start, end];
  }
  return [0, match.length];
}

/** What an allowlist for lines reads of a very long line, on each side of the match (UTF-16 units). */
const LINE_LIMIT = 2_048;

/** As Gitleaks has it: with the line break before the first of the lines, and without the one behind the last. */
function linesAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - LINE_LIMIT), start);
  const after = text.slice(end, end + LINE_LIMIT);
  const lineEnd = after.indexOf('\n');
  return (
    before.slice(Math.max(0, before.lastIndexOf('\n'))) +
    text.slice(start, end) +
    after.slice(0, lineEnd < 0 ? undefined : lineEnd)
  );
}
