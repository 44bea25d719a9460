/** The report of a comparison for people. */
import { startLineOf } from './answer-lines.ts';
import type { Comparison } from './compare.ts';

const WHO: Readonly<Record<string, string>> = { '-': 'only Semgrep', '+': 'only Assay  ' };

export function printReport(comparisons: readonly Comparison[]): string {
  const lines = comparisons.flatMap(({ name, source, unlisted, healed }) => {
    if (unlisted.length === 0 && healed.length === 0) return [];
    const differing = unlisted.map((line) => `  ${WHO[line[0]!]}  ${line.slice(2)}${excerptOf(source, line)}`);
    return [name, ...differing, ...healed.map((line) => `  listed, and no difference any more: ${line}`), ''];
  });
  return `${[...lines, ...totals(comparisons)].join('\n')}\n`;
}

/** What a terminal's line holds of the source (UTF-16 units). */
const EXCERPT = 100;

function excerptOf(source: readonly string[], line: string): string {
  const number = startLineOf(line.slice(2));
  return number === null ? '' : `  | ${(source[number - 1] ?? '').trim().slice(0, EXCERPT)}`;
}

function totals(comparisons: readonly Comparison[]): string[] {
  const sum = (count: (one: Comparison) => number): number => comparisons.reduce((all, one) => all + count(one), 0);
  const only = (sign: string) => sum(({ lines }) => lines.filter((line) => line.startsWith(sign)).length);
  const listed = sum(({ lines, unlisted }) => lines.length - unlisted.length);
  return [
    `${comparisons.length} pairs of rules and targets: ${sum(({ both }) => both)} findings of both engines, ` +
      `${only('- ')} only of Semgrep, ${only('+ ')} only of Assay; ${listed} of these are listed with a reason.`,
    ...refusals('Semgrep', comparisons, 'semgrep'),
    ...refusals('Assay', comparisons, 'assay'),
  ];
}

/** Rules that one engine refuses, and the other one runs or refuses too. */
function refusals(who: string, comparisons: readonly Comparison[], key: 'semgrep' | 'assay'): string[] {
  const reasons = comparisons.flatMap(({ name, refused }) =>
    refused[key].map(({ ruleId, reason }) => `  ${name}: ${ruleId ?? 'the file'}: ${firstLines(reason)}`),
  );
  return reasons.length === 0 ? [] : [`Refused by ${who}: ${reasons.length}`, ...new Set(reasons)];
}

function firstLines(reason: string): string {
  return reason.trim().split('\n').slice(0, 2).join(' ').slice(0, 160);
}
