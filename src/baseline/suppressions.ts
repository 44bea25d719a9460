/** Finds the comments that accept a finding: `assay: allow[rule-id] reason="…" until=YYYY-MM-DD`. */
import type { Location, Position } from '#domain/location.ts';
import type { Part } from '#domain/part.ts';
import type { RuleInfo } from '#domain/rule.ts';
import type { Suppression } from '#domain/suppression.ts';
import { pythonComments } from './python-comments.ts';

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
const COMMENT = /(?:#|\/\/|\/\*|<!--|--|;|%)[ \t]*assay:[ \t]*allow[ \t]*\[([^\]\n]{0,1000})\]/gi;
const FIELD = /\b(reason|until)[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)'|([^\s"']\S*))/gi;
const COMMENT_END = /(?:-->|\*\/)$/;

interface Line {
  readonly text: string;
  readonly start: number;
}

/**
 * A comment after code covers its own line. One that has its line to itself covers the next line that is neither blank nor
 * such a comment, in the same cell. Only source counts: prose and outputs merely show the syntax. `now` decides which have
 * expired; `until` is the last day that counts, in UTC.
 */
export function findSuppressions(parts: readonly Part[], path: string, now: Date): Suppression[] {
  const today = now.toISOString().slice(0, 10);
  return parts
    .filter(({ kind, text }) => kind === 'source' && /assay:/i.test(text))
    .flatMap((part) => findInPart(part, path, today));
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
      return { ...parse(match[1]!, text, today), location, ...cover(part, covered) };
    });
    found.push(...here.reverse());
    if (!alone && line.text.trim() !== '') next = line;
  }
  return found.reverse();
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const from = start;
    start += line.length + 1;
    return { text: line, start: from };
  });
}

/** The line below, or the comment's own where its cell has no other. */
function sameCell(part: Part, line: Line, next: Line | null): Line {
  if (next === null) return line;
  return part.locate(line.start).cell?.number === part.locate(next.start).cell?.number ? next : line;
}

function cover(part: Part, line: Line) {
  const from = part.locate(line.start);
  const to = part.locate(line.start + line.text.length);
  const columns = from.cell === undefined ? {} : { coversFromColumn: from.column, coversToColumn: to.column };
  return { coversFrom: from.line, coversTo: to.line, ...columns };
}

function parse(
  ids: string,
  text: string,
  today: string,
): Pick<Suppression, 'ruleIds' | 'reason' | 'until' | 'problem'> {
  const fields: Record<string, string> = {};
  for (const [, name = '', ...values] of text.matchAll(FIELD))
    fields[name.toLowerCase()] = (values.find((value) => value !== undefined) ?? '').replace(COMMENT_END, '').trim();
  const { reason = '', until = '' } = fields;
  const ruleIds = ids
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  return { ruleIds, reason, until, problem: problemOf(reason, until, today) };
}

function problemOf(reason: string, until: string, today: string): Suppression['problem'] {
  if (reason === '') return 'no-reason';
  if (until === '') return 'no-date';
  if (!isDay(until)) return 'bad-date';
  return until < today ? 'expired' : null;
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function locate(part: Part, path: string, start: number, end: number): Location {
  const from: Position = part.locate(start);
  const to = part.locate(end);
  return {
    path,
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    ...(from.cell === undefined ? {} : { cell: from.cell }),
  };
}
