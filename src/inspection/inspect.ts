/** One side of one file, from bytes to findings: unpack, analyzers, fingerprints, suppressions. Runs in a worker thread. */
import { createHider } from '#analyzers/secrets/hide.ts';
import { fingerprintAll } from '#baseline/fingerprint.ts';
import { findSuppressions } from '#baseline/suppressions.ts';
import type { Analyzer } from '#domain/analyzer.ts';
import type { Finding, Match } from '#domain/finding.ts';
import type { Inspection, InspectionTask } from '#domain/inspection.ts';
import type { Location } from '#domain/location.ts';
import type { Part } from '#domain/part.ts';
import { withoutRandomWords } from '#domain/random-words.ts';
import type { SealedSecret } from '#domain/sealed-secret.ts';
import type { Skipped, SkipReason } from '#domain/skipped.ts';
import { startBudget } from '#domain/thread-time.ts';
import { unpack } from '#unpack/unpack.ts';
import { type PlacedMatch, withoutToldTwice } from './told-twice.ts';
import { withName } from './with-name.ts';

/** Findings of one analyzer in one file: an archive may hold ten thousand texts, each with as many as a rule may find. */
export const MAX_FINDINGS = 10_000;

/** `budgetMs` is what one analyzer may take for the whole file. */
export function inspect(task: InspectionTask, analyzers: readonly Analyzer[], budgetMs: number): Inspection {
  const { path, side } = task;
  const unpacked = unpack(path, task.bytes);
  const parts = withName(path, task.bytes, unpacked.parts).map((part) =>
    task.commit === undefined ? part : { ...part, commit: task.commit },
  );
  const skip = (analyzer: string | null, reason: SkipReason, detail: string): Skipped => ({
    path,
    side,
    analyzer,
    reason,
    detail,
  });
  const skipped = unpacked.skipped.map(({ reason, detail }) => skip(null, reason, detail));
  const found: { analyzer: string; matches: PlacedMatch[] }[] = [];
  const secrets: SealedSecret[] = [];
  let analysed = false;
  let allSecretsKnown = true;
  for (const analyzer of analyzers) {
    if (task.analyzers?.includes(analyzer.name) === false) continue;
    const budget = startBudget(budgetMs);
    const matches: PlacedMatch[] = [];
    let stopped = false;
    let more = false;
    for (const part of parts) {
      if (!analyzer.accepts(part) || budget.expired()) continue;
      if (more) break;
      const analysis = analyzer.analyze(part, budget);
      analysed ||= unpacked.parts.length > 0;
      const inOrder = analysis.matches.toSorted((a, b) => a.start - b.start || a.end - b.end);
      for (const match of inOrder) {
        if (match.secret !== undefined) secrets.push(match.secret);
        if (matches.length < MAX_FINDINGS) matches.push({ match, part });
        else more = true;
      }
      if (analysis.cut !== undefined) skipped.push(skip(analyzer.name, 'too-many-findings', analysis.cut));
      if (analysis.unread !== undefined) skipped.push(skip(analyzer.name, 'too-large', analysis.unread));
      if (analysis.stopped !== undefined) {
        skipped.push(skip(analyzer.name, 'time-budget', analysis.stopped));
        stopped = true;
      }
      if (analysis.syntaxError !== undefined) skipped.push(skip(analyzer.name, 'syntax-error', analysis.syntaxError));
    }
    if (more) skipped.push(skip(analyzer.name, 'too-many-findings', `only the first ${MAX_FINDINGS} findings in it`));
    if (budget.expired() && !stopped)
      skipped.push(skip(analyzer.name, 'time-budget', `stopped after ${budgetMs / 1000} s`));
    if (analyzer.name === 'secrets' && skipped.some((one) => one.analyzer === analyzer.name)) allSecretsKnown = false;
    found.push({ analyzer: analyzer.name, matches });
  }
  const hideKnown = createHider(secrets);
  const hide = allSecretsKnown ? hideKnown : (text: string) => withoutRandomWords(hideKnown(text));
  // A password looks like any word.
  const hideQuoted = allSecretsKnown ? hideKnown : () => '…';
  const findings = withoutToldTwice(found, analyzers).flatMap(({ analyzer, matches }) =>
    toFindings(path, analyzer, matches, { hide, hideKnown, hideQuoted }),
  );
  const suppressions = findSuppressions(unpacked.parts, path, new Date(task.now)).map((suppression) => ({
    ...suppression,
    ruleIds: suppression.ruleIds.map(hide),
    reason: suppression.reason === '' ? '' : hideQuoted(suppression.reason),
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
  { hide, hideKnown, hideQuoted }: Readonly<Record<'hide' | 'hideKnown' | 'hideQuoted', (text: string) => string>>,
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
      excerpt: match.secret ? excerpt : hideQuoted(asWritten(part, match)),
      scope: hideKnown(scope),
      fingerprint,
      // A fix with a hole in it would be no fix.
      ...(fix === undefined || hideQuoted(fix) !== fix ? {} : { fix }),
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
