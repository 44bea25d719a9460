/** A verdict as SARIF 2.1.0, within the limits of GitHub's code scanning. */
import { isGap, type Skipped } from '#domain/skipped.ts';
import type { Suppression } from '#domain/suppression.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import { percentEncodedPath, printableJson, shorten } from './escape.ts';
import type { ReportMeta } from './json.ts';
import { LEVELS, reportingDescriptors } from './sarif-rules.ts';
import { elsewhereSentences } from './words-evidence.ts';
import { resultMessage, skippedMessage, suppressedNames } from './words-plain.ts';
import { SKIP_WORDS } from './words-skips.ts';
import { stepName } from './words-trace.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** "Results per run: 25,000" (GitHub's SARIF support); more, and the whole file is rejected. */
const MAX_RESULTS = 25_000;
const MAX_NOTIFICATIONS = 1_000;
const MAX_RELATED = 100;

export interface SarifMeta extends ReportMeta {
  /** Leaves out what the change fixed, for consumers that do not know `baselineState` and would show it as open. */
  readonly withoutFixed?: boolean;
}

/** Ends with a line end. Lines and columns count from 1, columns in UTF-16 units. */
export function renderSarif(verdict: Verdict, { version, head, withoutFixed = false }: SarifMeta): string {
  const { blocking, advisory, known, suppressed, fixed, addedSuppressions, coverage, notes } = verdict;
  const findings = [...blocking, ...advisory, ...suppressed, ...known, ...(withoutFixed ? [] : fixed)];
  const shown = findings.slice(0, MAX_RESULTS);
  const rules = reportingDescriptors(verdict.rules, shown);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const added = new Set(addedSuppressions.map(identity));
  const reasons = [...new Set(coverage.skipped.map(({ reason }) => reason))].toSorted();
  const left = findings.length - shown.length;
  return printableJson({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Assay',
            semanticVersion: version,
            rules,
            notifications: reasons.map((id) => ({ id, shortDescription: { text: SKIP_WORDS[id] } })),
          },
        },
        ...(head === null ? {} : { properties: { head } }),
        invocations: [
          {
            executionSuccessful: true,
            toolConfigurationNotifications: notes.map((text) => ({ level: 'warning', message: { text } })),
            toolExecutionNotifications: [
              ...(left > 0 ? [{ level: 'warning', message: { text: `${left} more results were left out.` } }] : []),
              ...coverage.skipped.slice(0, MAX_NOTIFICATIONS).map(notification),
            ],
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: shown.map((finding) => result(finding, indexes.get(finding.ruleId)!, added)),
      },
    ],
  });
}

function result(finding: JudgedFinding, ruleIndex: number, added: ReadonlySet<string>) {
  const { ruleId, severity, confidence, blocking, excerpt, fingerprint, suppression, location, fix, trace } = finding;
  const { evidence } = finding;
  return {
    ruleId,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: resultMessage(finding) },
    locations: [physical(location)],
    ...relatedLocations(finding),
    ...(trace === undefined ? {} : { codeFlows: [codeFlow(trace)] }),
    partialFingerprints: {
      // Code scanning reads no other key, and tells results with the same one apart by their path.
      primaryLocationLineHash: `${fingerprint.slice(0, 32)}:1`,
      'assay/v1': fingerprint,
    },
    baselineState: baselineState(finding, added),
    // The standard wants it on every result of a run, or on none.
    suppressions:
      suppression === undefined
        ? []
        : [
            {
              kind: suppression.marker === 'waivers' ? 'external' : 'inSource',
              status: 'accepted',
              justification: suppression.reason || suppressedNames(suppression).join(', '),
              location: physical(suppression.location),
            },
          ],
    ...(fix === undefined || location.cell !== undefined ? {} : { fixes: [replacement(finding, fix)] }),
    properties: {
      severity,
      confidence,
      blocking,
      excerpt,
      ...(location.cell === undefined ? {} : { cell: location.cell }),
      ...(location.entry === undefined ? {} : { entry: location.entry }),
      ...(location.commit === undefined ? {} : { commit: location.commit }),
      ...(location.text === undefined ? {} : { text: location.text }),
      ...(evidence === undefined ? {} : { evidence }),
    },
  };
}

/** A suppressed finding is taken to be as old as its suppression. */
function baselineState({ state, suppression }: JudgedFinding, added: ReadonlySet<string>) {
  if (state === 'fixed') return 'absent';
  if (state === 'known') return 'unchanged';
  return suppression === undefined || added.has(identity(suppression)) ? 'new' : 'unchanged';
}

function identity({ location: { path, startLine, startColumn } }: Suppression): string {
  return `${startLine}:${startColumn}:${path}`;
}

function physical(location: JudgedFinding['location']) {
  return { physicalLocation: { artifactLocation: artifact(location.path), region: region(location) } };
}

/** The other places of a secret. A message has each of them shown beside the result. */
function relatedLocations(finding: JudgedFinding) {
  const related = elsewhereSentences(finding, (places) => places).flatMap(({ words, places }) =>
    places.map((place) => ({ ...physical(place), message: { text: `${words} this place` } })),
  );
  return related.length === 0
    ? {}
    : { relatedLocations: related.slice(0, MAX_RELATED).map((one, id) => ({ id, ...one })) };
}

/** The way of tainted data, as code scanning draws it. */
function codeFlow(trace: NonNullable<JudgedFinding['trace']>) {
  const locations = trace.map((step, i) => ({
    location: { ...physical(step), message: { text: stepName(i, trace.length) } },
  }));
  return { threadFlows: [{ locations }] };
}

function artifact(path: string) {
  return { uri: percentEncodedPath(path), uriBaseId: '%SRCROOT%' };
}

function region({ startLine, startColumn, endLine, endColumn }: JudgedFinding['location']) {
  return { startLine, startColumn, endLine, endColumn };
}

function replacement({ location }: JudgedFinding, fix: string) {
  return {
    artifactChanges: [
      {
        artifactLocation: artifact(location.path),
        replacements: [{ deletedRegion: region(location), insertedContent: { text: fix } }],
      },
    ],
  };
}

function notification(skipped: Skipped) {
  return {
    level: skipped.side === 'head' && isGap(skipped) ? 'warning' : 'note',
    descriptor: { id: skipped.reason },
    message: { text: shorten(skippedMessage(skipped), 1_000) },
    locations: [{ physicalLocation: { artifactLocation: artifact(skipped.path) } }],
  };
}
