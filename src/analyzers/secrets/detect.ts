/** Runs one detector over the places of a text that it is about. */

import type { Budget } from '#domain/analyzer.ts';
import { shannonEntropy } from './entropy.ts';
import type { Expression } from './expression/expression.ts';
import type { Starts } from './keywords/starts.ts';
import { allows, type Evidence } from './language/allowlist.ts';
import type { SecretRule } from './language/rule.ts';
import { createLineTest, type LineTest } from './match-lines.ts';
import type { Shortened } from './shortened.ts';

/** A secret in clear, inside of this folder only. Offsets are UTF-16 units in the text. */
export interface Candidate {
  readonly rule: SecretRule;
  readonly start: number;
  readonly end: number;
  readonly matchStart: number;
  /** Where the match began before line breaks at its ends were taken off: its first line is counted from here. */
  readonly foundAt: number;
  /** Length of the whole match: how much context the detector asked for. */
  readonly context: number;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly commit?: string | undefined;
}

/** `starts` has at least every place of the text where a match begins. */
export function detect(
  rule: SecretRule,
  expression: Expression,
  source: Source,
  starts: readonly Starts[],
  budget: Budget,
  shortened?: Shortened,
): Candidate[] {
  const found: Candidate[] = [];
  const lines = createLineTest(source.text);
  const own = shortened?.forRule(rule.info.id, () => found.length) ?? budget;
  expression.search(source.text, starts, own, (start, end) => {
    const candidate = judge(rule, expression, source, lines, start, end);
    if (candidate !== null) found.push(candidate);
  });
  return found;
}

/** The match without the line breaks at its ends; Gitleaks looks for the secret in this text alone. */
function judge(
  rule: SecretRule,
  expression: Expression,
  source: Source,
  lines: LineTest,
  foundAt: number,
  matchEnd: number,
): Candidate | null {
  const { text } = source;
  let [start, end] = [foundAt, matchEnd];
  while (start < end && text[start] === '\n') start++;
  while (end > start && text[end - 1] === '\n') end--;
  if (start >= end) return null;
  const inMatch = text.slice(start, end);
  const [from, to] = secretIn(inMatch, rule, expression);
  const secret = inMatch.slice(from, to);
  if (rule.entropy > 0 && shannonEntropy(secret) <= rule.entropy) return null;
  const { path, commit } = source;
  const evidence: Evidence = { path, commit, secret, match: inMatch, onLines: (some) => lines(foundAt, end, some) };
  if (rule.allowlists.some((list) => allows(list, evidence))) return null;
  // A group that took no part is an empty secret, and the match has to stand for it.
  const place = from === to ? { start, end } : { start: start + from, end: start + to };
  return { rule, ...place, matchStart: start, foundAt, context: end - start };
}

/** Whether there is a match, and the offsets of all groups, -1 for one that took no part. */
type Groups = [matched: boolean, offsets: readonly number[]];
const UNANCHORED = 0;

function secretIn(match: string, { secretGroup }: SecretRule, { re, groups }: Expression): [number, number] {
  if (groups === 0) return [0, match.length];
  // A matcher would find the match first and then, in a second run, its groups.
  const [matched, offsets] = re.re2().matchWithGroup(match, 0, match.length, UNANCHORED, groups + 1) as Groups;
  if (!matched) return [0, match.length];
  const group = (index: number): [number, number] => [
    Math.max(0, offsets[2 * index] ?? 0),
    Math.max(0, offsets[2 * index + 1] ?? 0),
  ];
  if (secretGroup > 0) return group(secretGroup);
  for (let index = 1; index <= groups; index++) {
    const [start, end] = group(index);
    if (end > start) return [start, end];
  }
  return [0, match.length];
}
