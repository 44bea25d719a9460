/** An answer as lines that can be recorded, compared and listed. */
import type { Answer, Found, Shown } from './case.ts';

/** In the order of the target, each once. Why a rule is refused is each engine's own, and not said. */
export function answerLines({ found, refused }: Answer, shown: Shown): string[] {
  const lines = found
    .toSorted(inTargetOrder)
    .map((one) => [...ruleOf(one.ruleId, shown), placeOf(one), ...wordsOf(one, shown)]);
  const refusals = refused.map(({ ruleId }) => ['refused', ...ruleOf(ruleId ?? 'the file', shown)]);
  return [...new Set([...refusals, ...lines].map((words) => words.join(' ')))];
}

/** Where a line of an answer begins in the target; null for a line that names no place. */
export function startLineOf(line: string): number | null {
  const [, start] = /(?:^| )(\d+):\d+-\d+:\d+(?: |$)/.exec(line) ?? [];
  return start === undefined ? null : Number(start);
}

function ruleOf(ruleId: string, { ruleIds }: Shown): string[] {
  return ruleIds ? [ruleId] : [];
}

function placeOf({ startLine, startColumn, endLine, endColumn }: Found): string {
  return `${startLine}:${startColumn}-${endLine}:${endColumn}`;
}

function wordsOf({ message, fix }: Found, { messages, fixes }: Shown): string[] {
  return [
    ...(messages ? [JSON.stringify(message)] : []),
    ...(fixes && fix !== null ? ['=>', JSON.stringify(fix)] : []),
  ];
}

function inTargetOrder(a: Found, b: Found): number {
  return (
    a.startLine - b.startLine ||
    a.startColumn - b.startColumn ||
    a.endLine - b.endLine ||
    a.endColumn - b.endColumn ||
    compare(a.ruleId, b.ruleId) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
