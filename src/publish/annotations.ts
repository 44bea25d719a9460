/** New findings as annotations on the head's lines. */
import type { Location } from '#domain/location.ts';
import type { Severity } from '#domain/severity.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import type { Annotation } from '#github/check-runs.ts';
import { annotationMessage, annotationTitle } from './words-plain.ts';

/**
 * GitHub names no limit to what a check run may carry in all, and a page with thousands of annotations helps nobody.
 * The worst ones are annotated; the summary counts the rest.
 */
export const MAX_ANNOTATIONS = 500;
/** "The Checks API limits the number of annotations to a maximum of 50 per API request." */
export const ANNOTATIONS_PER_UPDATE = 50;
/** "The title that represents the annotation. The maximum size is 255 characters." */
const MAX_TITLE = 255;
/** "A short description of the feedback for these lines of code. The maximum size is 64 KB." */
const MAX_MESSAGE_BYTES = 64_000;

type NewFindings = Pick<Verdict, 'blocking' | 'advisory'>;

/**
 * Blocking ones first, then by severity, path and line: the same verdict always gives the same list. Where a secret stands
 * in several places each is annotated, after the first places of all findings.
 */
export function toAnnotations({ blocking, advisory }: NewFindings): Annotation[] {
  const findings = [...blocking, ...advisory];
  const others = findings.flatMap((finding) => (finding.locations ?? []).map((place) => atPlace(finding, place)));
  const placed = [...findings, ...others].filter(({ location }) => isInHead(location));
  return placed.slice(0, MAX_ANNOTATIONS).map(toAnnotation);
}

/** Without its secret a file's name leads nowhere, and what is in no file of the head has no line: the summary says what is there. */
function isInHead({ redacted, commit, text }: Location): boolean {
  return redacted !== true && commit === undefined && text === undefined;
}

/** The finding as told at another of its places, which then names the first one among the others. */
function atPlace(finding: JudgedFinding, place: Location): JudgedFinding {
  const others = (finding.locations ?? []).filter((other) => other !== place);
  return { ...finding, location: place, locations: [finding.location, ...others] };
}

export function batches(annotations: readonly Annotation[], size = ANNOTATIONS_PER_UPDATE): Annotation[][] {
  const count = Math.ceil(annotations.length / size);
  return Array.from({ length: count }, (_, index) => annotations.slice(index * size, (index + 1) * size));
}

function toAnnotation(finding: JudgedFinding): Annotation {
  const { path, startLine, endLine, startColumn, endColumn } = finding.location;
  return {
    path,
    startLine,
    endLine: Math.max(startLine, endLine),
    // GitHub takes columns on one line only, and its end column is the last one, not the one after.
    ...(startLine === endLine && { startColumn, endColumn: Math.max(startColumn, endColumn - 1) }),
    level: finding.blocking ? 'failure' : LEVELS[finding.severity],
    title: annotationTitle(finding, MAX_TITLE),
    message: annotationMessage(finding, MAX_MESSAGE_BYTES),
  };
}

const LEVELS: Readonly<Record<Severity, Annotation['level']>> = {
  critical: 'warning',
  high: 'warning',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};
