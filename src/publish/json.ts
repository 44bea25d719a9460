/** A verdict as JSON for other programs. Keys are added to it in time; none is renamed or removed within a version. */
import type { Location } from '#domain/location.ts';
import type { Suppression } from '#domain/suppression.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import { printableJson } from './escape.ts';
import { historyAdvice } from './words-history.ts';

const FORMAT_VERSION = 1;

export interface ReportMeta {
  /** Assay's own. */
  readonly version: string;
  /** Commits: what was compared with, and what was reviewed. Null for a scan. */
  readonly base: string | null;
  readonly head: string | null;
}

/** Ends with a line end. `base` and `head` are left out of a scan's report. */
export function renderJson(verdict: Verdict, { version, base, head }: ReportMeta): string {
  const { conclusion, incomplete, blocking, advisory, known, fixed, suppressed, coverage, notes } = verdict;
  return printableJson({
    version: FORMAT_VERSION,
    tool: { name: 'assay', version },
    ...(base === null ? {} : { base }),
    ...(head === null ? {} : { head }),
    conclusion,
    incomplete,
    counts: {
      blocking: blocking.length,
      advisory: advisory.length,
      known: known.length,
      fixed: fixed.length,
      suppressed: suppressed.length,
      history: [...blocking, ...advisory].filter(({ state }) => state === 'history').length,
      analysed_files: coverage.analysed,
      changed_files: coverage.changed,
      skipped: coverage.skipped.length,
    },
    findings: [blocking, advisory, known, suppressed, fixed].flat().map(findingJson),
    suppressions: verdict.addedSuppressions.map(suppressionJson),
    skipped: coverage.skipped.map(({ path, side, analyzer, reason, detail }) => ({
      path,
      side,
      analyzer,
      reason,
      detail,
    })),
    notes,
  });
}

function findingJson(finding: JudgedFinding) {
  const { suppression, fix, trace, evidence, locations, knownAt } = finding;
  const advice = historyAdvice(finding);
  return {
    rule_id: finding.ruleId,
    analyzer: finding.analyzer,
    severity: finding.severity,
    confidence: finding.confidence,
    state: finding.state,
    blocking: finding.blocking,
    message: finding.message,
    ...locationJson(finding.location),
    excerpt: finding.excerpt,
    fingerprint: finding.fingerprint,
    ...(fix === undefined ? {} : { fix }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(advice === null ? {} : { advice }),
    // The other places of the same secret.
    ...(locations === undefined ? {} : { locations: locations.map(locationJson) }),
    ...(knownAt === undefined ? {} : { known_at: knownAt.map(locationJson) }),
    // From the source to the sink; the file is the finding's own.
    ...(trace === undefined ? {} : { trace: trace.map(locationJson) }),
    ...(suppression === undefined ? {} : { suppression: suppressionJson(suppression) }),
  };
}

/** `problem` is null for a suppression that counts; `marker` is there where its syntax is not Assay's own. */
function suppressionJson({ marker, ruleIds, reason, until, problem, location }: Suppression) {
  return {
    ...(marker === undefined ? {} : { marker }),
    rule_ids: ruleIds,
    reason,
    until,
    problem,
    ...locationJson(location),
  };
}

function locationJson({ path, startLine, startColumn, endLine, endColumn, ...more }: Location) {
  const { cell, entry, commit, text } = more;
  return {
    path,
    start_line: startLine,
    start_column: startColumn,
    end_line: endLine,
    end_column: endColumn,
    ...(cell === undefined ? {} : { cell }),
    ...(entry === undefined ? {} : { entry }),
    // Where it stood in an earlier commit, or in a text that is no file.
    ...(commit === undefined ? {} : { commit }),
    ...(text === undefined ? {} : { text }),
  };
}
