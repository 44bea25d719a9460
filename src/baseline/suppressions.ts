/** Finds the comments that accept a finding: `assay: allow[rule-id] reason="…" until=YYYY-MM-DD`, `trusted-pickle`, `nosemgrep`, `gitleaks:allow`. */
import type { Part } from '#domain/part.ts';
import type { RuleInfo } from '#domain/rule.ts';
import type { Suppression } from '#domain/suppression.ts';
import { readFields, readFieldsOrWords } from './comment-fields.ts';
import { findGitleaksAllow } from './gitleaks-allow.ts';
import { findNosemgrep } from './nosemgrep.ts';
import { pythonComments } from './python-comments.ts';
import { coverLines, inSameCell, type Line, linesOf, locate } from './source-lines.ts';

/** What a suppression that does not count is reported as. */
export const SUPPRESSION_RULE: RuleInfo = {
  id: 'suppression-without-effect',
  analyzer: 'suppressions',
  severity: 'low',
  confidence: 'high',
  message:
    'A comment that accepts a finding counts only with a reason and a last day, so that nothing is accepted forever by ' +
    'nobody. Write: assay: allow[rule-id] reason="why this is safe" until=YYYY-MM-DD',
  cwe: [],
  references: [],
  source: 'built in',
};

/** A comment's beginning in the languages of a repository, then the suppression. */
const COMMENT =
  /(?:#|\/\/|\/\*|<!--|--|;|%)[ \t]*(?:assay:[ \t]*allow[ \t]*\[([^\]\n]{0,1000})\]|(trusted-pickle)(?![\w-]))/gi;

/**
 * A comment after code covers its own line. One that has its line to itself covers the next line that is neither blank nor
 * such a comment, in the same cell. Only source counts: prose and outputs merely show the syntax. `now` decides which have
 * expired; `until` is the last day that counts, in UTC.
 */
export function findSuppressions(parts: readonly Part[], path: string, now: Date): Suppression[] {
  const today = now.toISOString().slice(0, 10);
  return parts.flatMap((part) => [
    ...(part.kind === 'source' ? findInSource(part, path, today) : []),
    // A secret may stand in prose and in an output, too.
    ...findGitleaksAllow(part, path, today),
  ]);
}

function findInSource(part: Part, path: string, today: string): Suppression[] {
  return [
    ...(/assay:|trusted-pickle/i.test(part.text) ? findInPart(part, path, today) : []),
    ...findNosemgrep(part, path, today),
  ];
}

function findInPart(part: Part, path: string, today: string): Suppression[] {
  const comments = part.language === 'python' ? pythonComments(part.text) : null;
  const found: Suppression[] = [];
  let next: Line | null = null;
  for (const line of linesOf(part.text).reverse()) {
    const from = comments === null ? 0 : (comments.get(line.start) ?? line.text.length);
    const matches = [...line.text.matchAll(COMMENT)].filter(({ index }) => index >= from);
    const first = matches[0]?.index ?? 0;
    const alone = matches.length > 0 && line.text.slice(0, comments === null ? first : from).trim() === '';
    const covered = alone ? sameCell(part, line, next) : line;
    const here = matches.map((match, index) => {
      const end = matches[index + 1]?.index ?? line.text.length;
      const text = line.text.slice(match.index, end).trimEnd();
      const location = locate(part, path, line.start + match.index, line.start + match.index + text.length);
      return { ...parse(match, text, today), location, ...coverLines(part, covered, covered) };
    });
    found.push(...here.reverse());
    if (!alone && line.text.trim() !== '') next = line;
  }
  return found.reverse();
}

/** The line below, or the comment's own where its cell has no other. */
function sameCell(part: Part, line: Line, next: Line | null): Line {
  if (next === null) return line;
  return inSameCell(part, line, next) ? next : line;
}

type Said = Pick<Suppression, 'ruleIds' | 'reason' | 'until' | 'problem' | 'marker'>;

function parse(match: RegExpExecArray, text: string, today: string): Said {
  const [whole, ids = '', marker] = match;
  if (marker !== undefined)
    return { ruleIds: [], marker: 'trusted-pickle', ...readFieldsOrWords(text.slice(whole.length), today) };
  return { ruleIds: splitIds(ids), ...readFields(text, today) };
}

function splitIds(ids: string): string[] {
  return ids
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}
