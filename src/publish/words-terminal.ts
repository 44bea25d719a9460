/** What people read on a terminal. Text from the pull request goes in raw, and comes out unable to move the cursor. */
import { isGap, type Skipped, type SkipReason } from '#domain/skipped.ts';
import type { Suppression } from '#domain/suppression.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import { shorten, uncommanded, visible, visibleLines } from './escape.ts';
import { secretLines } from './words-evidence.ts';
import { ATTEST_WHERE, attestation, freshNames, OWN_FINGERPRINTS, textName } from './words-history.ts';
import { innerPlace } from './words-places.ts';
import { count, firstSentence, suppressedNames, wrap } from './words-plain.ts';
import { SKIP_WORDS, SUPPRESSION_PROBLEM_WORDS } from './words-skips.ts';
import { tracePhrase } from './words-trace.ts';

const MAX_FILES_PER_REASON = 10;
const MAX_EXCERPT_LINES = 3;

export function fileHeading({ location }: JudgedFinding): string {
  return textName(location) ?? visible(location.path);
}

export function findingName({ ruleId }: JudgedFinding): string {
  return visible(ruleId);
}

/** `path:line:column`, which editors and terminals open, and in a notebook the cell, in an archive the entry. */
export function findingPlace({ location }: JudgedFinding): string {
  const { path, startLine, startColumn, text } = location;
  if (text !== undefined) return `line ${startLine}`;
  const inner = innerPlace(location);
  const where = inner === null ? '' : ` · ${inner}`;
  return `${visible(path)}:${startLine}:${startColumn}${where}`;
}

/** Of a secret two sentences: what it is, and what whoever reads it can do. */
export function findingSentence({ message, evidence }: JudgedFinding, width: number, indent: string): string {
  const text = visible(message).replace(/\s+/g, ' ').trim();
  const first = firstSentence(text);
  const second = evidence === undefined ? '' : firstSentence(text.slice(first.length));
  return wrap(`${first} ${second}`, width, indent);
}

/** How tainted data came here; empty where there is nothing to tell. */
export function traceLines(finding: JudgedFinding, width: number, indent: string): string[] {
  const way = tracePhrase(finding);
  return way === null ? [] : [wrap(way, width, indent)];
}

/** Why a text is taken for a secret, where it is revoked, and where else it stands; empty for what is no secret. */
export function evidenceLines(finding: JudgedFinding, width: number, indent: string): string[] {
  return secretLines(finding, firstSentence(finding.message)).map((line) => wrap(line, width, indent));
}

/** The lines of the excerpt that are shown, each cut to `width`. */
export function excerptLines({ excerpt }: JudgedFinding, width: number): string[] {
  const lines = visibleLines(excerpt)
    .split('\n')
    .map((line) => line.replaceAll('\t', '    ').trimEnd())
    .filter((line) => line !== '');
  const shown = lines.slice(0, MAX_EXCERPT_LINES).map((line) => shorten(line, width));
  return lines.length > MAX_EXCERPT_LINES ? [...shown, '…'] : shown;
}

export function noteText(note: string, width: number, indent: string): string {
  return wrap(visible(note), width, indent);
}

export function fixedText({ ruleId, location: { path, startLine } }: JudgedFinding): string {
  return `${visible(ruleId)}, was at ${visible(path)}:${startLine}`;
}

export function suppressionText(suppression: Suppression): string {
  const { location, reason, until, problem } = suppression;
  const day = until === '' ? '' : `, until ${visible(until)}`;
  const why = reason === '' ? '' : `: ${visible(reason)}`;
  const verdict = problem === null ? '' : ` (does not count: ${SUPPRESSION_PROBLEM_WORDS[problem]})`;
  return `${visible(suppressedNames(suppression).join(', '))} at ${visible(location.path)}:${location.startLine}${day}${why}${verdict}`;
}

/** The heading of a reason, and its files. `skipped` are all of one reason, one for each file. */
export function skippedText(
  reason: SkipReason,
  skipped: readonly Skipped[],
): { heading: string; gap: boolean; files: string[] } {
  const files = skipped.slice(0, MAX_FILES_PER_REASON).map(({ path, detail, side }) => {
    const facts = [...(side === 'base' ? ['before the change'] : []), ...(detail === '' ? [] : [visible(detail)])];
    return `${visible(path)}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
  });
  const more = skipped.length - files.length;
  return {
    heading: `${SKIP_WORDS[reason]}: ${count(skipped.length, 'file')}`,
    gap: skipped.some((one) => one.side === 'head' && isGap(one)),
    files: more > 0 ? [...files, `… and ${more.toLocaleString('en-US')} more`] : files,
  };
}

/** How the secrets of earlier commits, and of messages, are resolved; at most one text. */
export function attestText(findings: readonly JudgedFinding[]): string[][] {
  const yaml = attestation(findings);
  const where = [ATTEST_WHERE.replaceAll('`', ''), OWN_FINGERPRINTS];
  return yaml === null ? [] : [[...where, ...yaml.split('\n').map((line) => `  ${line}`)]];
}

export function waivedText(finding: JudgedFinding): string {
  const place = textName(finding.location) ?? findingPlace(finding);
  return `${visible(finding.ruleId)} at ${place}: ${visible(finding.suppression?.reason ?? '')}`;
}

/** `compared` is false where there was nothing to compare with, and no finding is newer than another. */
export function totalsText(verdict: Verdict, compared: boolean): string {
  const { blocking, advisory, known, fixed, suppressed } = verdict;
  const { one, many } = compared ? freshNames([...blocking, ...advisory]) : { one: 'finding', many: 'findings' };
  const counts = [
    ...(blocking.length > 0 ? [count(blocking.length, `${one} blocks`, `${many} block`)] : []),
    ...(advisory.length > 0 ? [count(advisory.length, `${one} does not block`, `${many} do not block`)] : []),
    ...(blocking.length + advisory.length === 0 ? [`no ${many}`] : []),
    ...(known.length > 0 ? [`${known.length.toLocaleString('en-US')} known before`] : []),
    ...(fixed.length > 0 ? [`${fixed.length.toLocaleString('en-US')} fixed`] : []),
    ...(suppressed.length > 0 ? [`${suppressed.length.toLocaleString('en-US')} suppressed`] : []),
  ];
  return counts.join(' · ');
}

export function analysedText({ coverage: { analysed, changed }, incomplete }: Verdict, compared: boolean): string {
  const files = count(changed, compared ? 'changed file' : 'file');
  return `${analysed.toLocaleString('en-US')} of ${files} analysed${incomplete ? '; the review is incomplete' : ''}`;
}

/** All that is printed, as one text; much of it stands in the log of a pipeline. */
export function printed(sections: readonly string[]): string {
  return uncommanded(`${sections.join('\n\n')}\n`);
}

export const TERMINAL_HEADINGS = {
  history: 'In earlier commits of this change',
  waived: 'Rotated, as the policy attests',
  suppressions: 'Suppressions that this change adds',
  fixed: 'Fixed by this change',
  skipped: 'Not analysed, or not in full',
  notes: 'Notes',
} as const;
