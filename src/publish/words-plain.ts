/** What people read where there is no Markdown: annotations, the terminal, and the words that all places share. */
import type { Severity } from '#domain/severity.ts';
import type { Skipped } from '#domain/skipped.ts';
import type { Suppression } from '#domain/suppression.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { shorten, shortenBytes, unmentioned, visible, visibleLines } from './escape.ts';
import { acceptLine } from './words-accept.ts';
import { secretLines } from './words-evidence.ts';
import { historyAdvice, textName } from './words-history.ts';
import { innerPlace } from './words-places.ts';
import { SKIP_WORDS } from './words-skips.ts';
import { tracePhrase } from './words-trace.ts';

const MAX_EXCERPT = 300;
const MAX_RESULT_MESSAGE = 4_000;

export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

/** `1 finding`, `2 findings`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? singular : plural}`;
}

/** What a suppression names: rules, or the marker of another syntax with what stands behind it. */
export function suppressedNames({ marker, ruleIds }: Suppression): readonly string[] {
  if (marker === undefined) return ruleIds;
  return [ruleIds.length === 0 ? `# ${marker}` : `# ${marker}: ${ruleIds.join(', ')}`];
}

export function annotationTitle({ severity, ruleId }: JudgedFinding, max: number): string {
  return shorten(`${SEVERITY_NAMES[severity]}: ${visible(ruleId)}`, max);
}

/** Annotations are shown as they are, so nothing is escaped for Markdown. What is cut is the message, never its end. */
export function annotationMessage(finding: JudgedFinding, maxBytes: number): string {
  const { message, location, excerpt } = finding;
  const code = visible(shorten(excerpt.trim().replace(/\s*\n\s*/g, ' '), MAX_EXCERPT));
  const inner = innerPlace(location);
  const place = inner === null ? [] : [`In ${inner}: ${code}`];
  const accept = acceptLine(finding);
  const way = tracePhrase(finding);
  const facts = [...place, ...(way === null ? [] : [`Data flow: ${way}`]), ...secretLines(finding, message)];
  const after = unmentioned(['', ...facts, ...(accept === null ? [] : [accept])].join('\n\n'));
  return shortenBytes(unmentioned(visibleLines(message).trim()), maxBytes - Buffer.byteLength(after)) + after;
}

/** A SARIF message: `[text](target)` would be a link in it. */
export function resultMessage(finding: JudgedFinding): string {
  const { message, location } = finding;
  const inner = innerPlace(location) ?? textName(location);
  const where = inner === null ? '' : ` (${inner})`;
  const text = shorten(visibleLines(message).trim(), MAX_RESULT_MESSAGE) || 'No message.';
  const advice = historyAdvice(finding);
  return `${text}${where}${advice === null ? '' : ` ${advice}`}`.replaceAll('](', '] (');
}

export function skippedMessage({ path, side, reason, detail, analyzer }: Skipped): string {
  const facts = [
    ...(side === 'base' ? ['before the change'] : []),
    ...(analyzer === null ? [] : [analyzer]),
    ...(detail === '' ? [] : [visible(detail)]),
  ];
  return `${SKIP_WORDS[reason]}: ${visible(path)}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}

/** Up to the first full stop that ends a sentence: one within `code`, a name or a number does not. */
export function firstSentence(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return /^.*?[.!?](?=\s+(?:[\p{Lu}`"'(]|$)|$)/u.exec(flat)?.[0] ?? flat;
}

/** Lines of at most `width` UTF-16 units, each with `indent` before it; a longer word stays whole. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => `${indent}${one}`).join('\n');
}
