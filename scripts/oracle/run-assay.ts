/** Asks Assay's engine through the library, as a review does: bytes in, findings out. */
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { createWaivers } from '#baseline/nosemgrep.ts';
import type { Analyzer } from '#domain/analyzer.ts';
import type { Finding } from '#domain/finding.ts';
import { inspect } from '#inspection/inspect.ts';
import type { Answer, Case, Found } from './case.ts';

/** Generous: what is asked here is what is found, not how fast (milliseconds). */
const BUDGET_MS = 60_000;

/** Answers in the order of the cases. */
export async function runAssay(cases: readonly Case[]): Promise<Answer[]> {
  const analyzers = new Map<string, Analyzer>();
  const answers: Answer[] = [];
  for (const { rules, target } of cases) {
    const analyzer = analyzers.get(rules.text) ?? (await createSastAnalyzer([rules]));
    analyzers.set(rules.text, analyzer);
    const task = { path: target.path, side: 'head' as const, bytes: target.bytes, now: Date.now() };
    const { findings, suppressions } = inspect(task, [analyzer], BUDGET_MS);
    const waiverOf = createWaivers(suppressions);
    answers.push({
      found: findings.filter((finding) => waiverOf(finding) === undefined).map(toFound),
      refused: analyzer.problems.map(({ ruleId, message }) => ({ ruleId, reason: message })),
    });
  }
  return answers;
}

function toFound({ ruleId, message, location, fix }: Finding): Found {
  const { startLine, startColumn, endLine, endColumn } = location;
  return { ruleId, startLine, startColumn, endLine, endColumn, message, fix: fix ?? null };
}
