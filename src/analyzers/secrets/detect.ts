/** Runs one detector over the places of a text that it is about. */
import type { Budget } from '#domain/analyzer.ts';
import { allows, type Evidence } from './allowlist.ts';
import { shannonEntropy } from './entropy.ts';
import type { Expression } from './expression.ts';
import type { SecretRule } from './rule.ts';
import type { Shortened } from './shortened.ts';
import type { Starts } from './starts.ts';

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
  const own = shortened?.forRule(rule.info.id, () => found.length) ?? budget;
  expression.search(source.text, starts, own, (start, end) => {
    const candidate = judge(rule, expression, source, start, end);
    if (candidate !== null) found.push(candidate);
  });
  return found;
}

/** The match without the line breaks at its ends; Gitleaks looks for the secret in this text alone. */
function judge(
  rule: SecretRule,
  expression: Expression,
  source: Source,
  matchStart: number,
  matchEnd: number,
): Candidate | null {
  const { text } = source;
  let [start, end] = [matchStart, matchEnd];
  while (start < end && text[start] === '\n') start++;
  while (end > start && text[end - 1] === '\n') end--;
  if (start >= end) return null;
  const inMatch = text.slice(start, end);
  const [from, to] = secretIn(inMatch, rule, expression);
  const secret = inMatch.slice(from, to);
  if (rule.entropy > 0 && shannonEntropy(secret) <= rule.entropy) return null;
  const { path, commit } = source;
  const evidence: Evidence = { path, commit, secret, match: inMatch, line: () => linesAround(text, start, end) };
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
