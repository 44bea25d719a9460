/** A verdict on a terminal: file by file what to look at, then what was not read, and the totals at the end. */
import type { Severity } from '#domain/severity.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import { skippedByReason } from './coverage.ts';
import {
  analysedText,
  attestText,
  evidenceLines,
  excerptLines,
  fileHeading,
  findingName,
  findingPlace,
  findingSentence,
  fixedText,
  noteText,
  printed,
  skippedText,
  suppressionText,
  TERMINAL_HEADINGS,
  totalsText,
  traceLines,
  waivedText,
} from './words-terminal.ts';

export interface TextOptions {
  /** Whether to use ANSI colours. */
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
  /** False where there was no base to compare with (a scan). */
  readonly compared?: boolean;
}

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'blue';
type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34 };
const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'dim',
};
const CONCLUSIONS: Readonly<Record<Verdict['conclusion'], readonly [Style, string]>> = {
  success: ['green', '✔'],
  neutral: ['yellow', '▲'],
  failure: ['red', '✖'],
};
const MAX_WIDTH = 120;
const MIN_WIDTH = 40;

/** Ends with a line end. */
export function renderText(verdict: Verdict, { color, width = 100, compared = true }: TextOptions): string {
  const paint: Paint = (style, text) => (color ? `\u001B[${CODES[style]}m${text}\u001B[0m` : text);
  const columns = Math.max(MIN_WIDTH, Math.min(width, MAX_WIDTH));
  const { fixed, addedSuppressions, coverage, notes } = verdict;
  const fresh = [...verdict.blocking, ...verdict.advisory];
  const waived = verdict.suppressed.filter(({ suppression }) => suppression?.marker === 'waivers');
  const list = (heading: string, items: readonly string[]) =>
    items.length === 0 ? [] : [[paint('bold', heading), ...items.map((item) => `  ${item}`)].join('\n')];
  const skipped = skippedByReason(coverage.skipped).flatMap(({ reason, files }) => {
    const { heading, gap, files: lines } = skippedText(reason, files);
    return [gap ? paint('yellow', heading) : heading, ...lines.map((line) => `  ${line}`)];
  });
  const sections = [
    ...byFile(fresh.filter(({ state }) => state !== 'history')).map((one) => fileSection(one, columns, paint)),
    ...pastSection(
      fresh.filter(({ state }) => state === 'history'),
      columns,
      paint,
    ),
    ...attestText(fresh).map((lines) => lines.join('\n')),
    ...list(TERMINAL_HEADINGS.waived, waived.map(waivedText)),
    ...list(TERMINAL_HEADINGS.suppressions, addedSuppressions.map(suppressionText)),
    ...list(TERMINAL_HEADINGS.fixed, fixed.map(fixedText)),
    ...list(TERMINAL_HEADINGS.skipped, skipped),
    ...list(
      TERMINAL_HEADINGS.notes,
      notes.map((note) => noteText(note, columns, '    ').trimStart()),
    ),
    totals(verdict, compared, paint),
  ];
  return printed(sections);
}

function fileSection(findings: readonly JudgedFinding[], columns: number, paint: Paint): string {
  const heading = paint('bold', fileHeading(findings[0]!));
  return [heading, ...findings.map((finding) => findingLines(finding, columns, paint))].join('\n');
}

/** What is in no file of the head, under a heading of its own. */
function pastSection(findings: readonly JudgedFinding[], columns: number, paint: Paint): string[] {
  if (findings.length === 0) return [];
  const lines = findings.map((finding) => findingLines(finding, columns, paint));
  return [[paint('bold', TERMINAL_HEADINGS.history), ...lines].join('\n')];
}

function findingLines(finding: JudgedFinding, columns: number, paint: Paint): string {
  const style = SEVERITY_STYLES[finding.severity];
  const sign = paint(style, finding.blocking ? '✖' : '▲');
  return [
    `  ${sign} ${paint(style, finding.severity)} ${paint('bold', findingName(finding))} ${paint('dim', findingPlace(finding))}`,
    findingSentence(finding, columns, '    '),
    ...excerptLines(finding, columns - 6).map((line) => `    ${paint('dim', '│')} ${line}`),
    ...traceLines(finding, columns, '    '),
    ...evidenceLines(finding, columns, '    ').map((line) => paint('dim', line)),
  ].join('\n');
}

function totals(verdict: Verdict, compared: boolean, paint: Paint): string {
  const [style, sign] = CONCLUSIONS[verdict.conclusion];
  return `${paint(style, `${sign} ${totalsText(verdict, compared)}`)}\n  ${analysedText(verdict, compared)}`;
}

/** Files by path, and in each the findings as they stand in it. */
function byFile(findings: readonly JudgedFinding[]): JudgedFinding[][] {
  const files = Map.groupBy(findings, ({ location }) => location.path);
  const inOrder = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([, group]) =>
    group.toSorted(({ location: a }, { location: b }) => a.startLine - b.startLine || a.startColumn - b.startColumn),
  );
}
