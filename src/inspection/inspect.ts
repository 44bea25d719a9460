/** One side of one file, from bytes to findings: unpack, analyzers, fingerprints, suppressions. Runs in a worker thread. */
import { createHider } from '#analyzers/secrets/hide.ts';
import { fingerprintAll } from '#baseline/fingerprint.ts';
import { findSuppressions } from '#baseline/suppressions.ts';
import type { Analyzer, Budget } from '#domain/analyzer.ts';
import type { Finding, Match } from '#domain/finding.ts';
import type { Inspection, InspectionTask } from '#domain/inspection.ts';
import type { Location } from '#domain/location.ts';
import type { Part } from '#domain/part.ts';
import type { Skipped, SkipReason } from '#domain/skipped.ts';
import { unpack } from '#unpack/unpack.ts';
import { type PlacedMatch, withoutToldTwice } from './told-twice.ts';

/** `budgetMs` is what one analyzer may take for the whole file. */
export function inspect(task: InspectionTask, analyzers: readonly Analyzer[], budgetMs: number): Inspection {
  const { path, side } = task;
  const unpacked = unpack(path, task.bytes);
  const parts = unpacked.parts.map((part) => (task.commit === undefined ? part : { ...part, commit: task.commit }));
  const skip = (analyzer: string | null, reason: SkipReason, detail: string): Skipped => ({
    path,
    side,
    analyzer,
    reason,
    detail,
  });
  const skipped = unpacked.skipped.map(({ reason, detail }) => skip(null, reason, detail));
  const found: { analyzer: string; matches: PlacedMatch[] }[] = [];
  let analysed = false;
  for (const analyzer of analyzers) {
    if (task.analyzers?.includes(analyzer.name) === false) continue;
    const budget = startBudget(budgetMs);
    const matches: PlacedMatch[] = [];
    let stopped = false;
    for (const part of parts) {
      if (!analyzer.accepts(part) || budget.expired()) continue;
      const analysis = analyzer.analyze(part, budget);
      analysed = true;
      const inOrder = analysis.matches.toSorted((a, b) => a.start - b.start || a.end - b.end);
      for (const match of inOrder) matches.push({ match, part });
      if (analysis.cut !== undefined) skipped.push(skip(analyzer.name, 'too-many-findings', analysis.cut));
      if (analysis.stopped !== undefined) {
        skipped.push(skip(analyzer.name, 'time-budget', analysis.stopped));
        stopped = true;
      }
      if (analysis.syntaxError !== undefined) skipped.push(skip(analyzer.name, 'syntax-error', analysis.syntaxError));
    }
    if (budget.expired() && !stopped)
      skipped.push(skip(analyzer.name, 'time-budget', `stopped after ${budgetMs / 1000} s`));
    found.push({ analyzer: analyzer.name, matches });
  }
  const hide = createHider(found.flatMap(({ matches }) => matches.flatMap(({ match }) => match.secret ?? [])));
  const findings = withoutToldTwice(found, analyzers).flatMap(({ analyzer, matches }) =>
    toFindings(path, analyzer, matches, hide),
  );
  const suppressions = findSuppressions(unpacked.parts, path, new Date(task.now)).map((suppression) => ({
    ...suppression,
    ruleIds: suppression.ruleIds.map(hide),
    reason: hide(suppression.reason),
    until: hide(suppression.until),
    location: hideEntry(suppression.location, hide),
  }));
  const hidden = skipped.map((one) => ({ ...one, detail: hide(one.detail) }));
  return { findings, suppressions, skipped: hidden, analysed };
}

function toFindings(
  path: string,
  analyzer: string,
  matches: readonly PlacedMatch[],
  hide: (text: string) => string,
): Finding[] {
  const fingerprints = fingerprintAll(matches.map(({ match }) => match));
  return matches.map(({ match, part }, index) => {
    const { ruleId, severity, confidence, message, excerpt, scope, fix, trace, evidence } = match;
    const fingerprint = fingerprints[index]!;
    return {
      ruleId,
      analyzer,
      severity,
      confidence,
      message: hide(message),
      location: hideEntry(locate(path, part, match), hide),
      excerpt: match.secret ? excerpt : hide(asWritten(part, match)),
      scope: hide(scope),
      fingerprint,
      // A fix with a hole in it would be no fix.
      ...(fix === undefined || hide(fix) !== fix ? {} : { fix }),
      ...(trace === undefined ? {} : { trace: trace.map((step) => locate(path, part, step)) }),
      ...(evidence === undefined ? {} : { evidence }),
    };
  });
}

/** An entry of an archive may be named after a secret. */
function hideEntry(location: Location, hide: (text: string) => string): Location {
  const { entry } = location;
  return entry === undefined ? location : { ...location, entry: { ...entry, path: hide(entry.path) } };
}

/** The longest text that is shown in place of the one that was found (UTF-16 units). */
const MAX_WRITTEN = 200;

/** A notebook's command as it stands in the cell, and not as the call that was found. */
function asWritten(part: Part, { start, end, excerpt }: Match): string {
  const text = part.written?.(start, end) ?? '';
  return text === '' || text === part.text.slice(start, end) ? excerpt : text.slice(0, MAX_WRITTEN);
}

function locate(path: string, part: Part, range: { readonly start: number; readonly end: number }): Location {
  const start = part.locate(range.start);
  const end = part.locate(range.end);
  return {
    path,
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(start.cell === undefined ? {} : { cell: start.cell }),
    ...(start.entry === undefined ? {} : { entry: start.entry }),
  };
}

function startBudget(ms: number): Budget {
  const start = performance.now();
  const used = () => (performance.now() - start) / ms;
  return { used, expired: () => used() > 1 };
}
