/** What a comment gives as its reason and its last day: `reason="…" until=YYYY-MM-DD`, in any order. */
import type { Suppression } from '#domain/suppression.ts';

export type Fields = Pick<Suppression, 'reason' | 'until' | 'problem'>;

const FIELD = /\b(reason|until)[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)'|([^\s"']\S*))/gi;
const COMMENT_END = /(?:-->|\*\/)$/;
const DAY = /\b\d{4}-\d{2}-\d{2}\b/;
/** What stands before a day in plain words, and is no reason. */
const BEFORE_DAY = /\b(?:until|till|expires|expiry)\b/gi;
/** Of plain words no more than this is read (UTF-16 units). */
const MAX_WORDS = 1_000;

/** `today` is YYYY-MM-DD. */
export function readFields(text: string, today: string): Fields {
  const { reason = '', until = '' } = named(text);
  return { reason, until, problem: problemOf(reason, until, today) };
}

/** The same, where plain words may say it too: `made by our own job, until 2027-01-31`. */
export function readFieldsOrWords(text: string, today: string): Fields {
  const given = named(text);
  const rest = text.slice(0, MAX_WORDS).replace(FIELD, ' ');
  const until = given.until ?? DAY.exec(rest)?.[0] ?? '';
  const words =
    rest
      .replace(DAY, ' ')
      .replace(BEFORE_DAY, ' ')
      .match(/[\p{L}\p{N}].*[\p{L}\p{N}]/u)?.[0] ?? '';
  const reason = given.reason ?? words.replace(/\s+/g, ' ');
  return { reason, until, problem: problemOf(reason, until, today) };
}

function named(text: string): { reason?: string; until?: string } {
  const fields: Record<string, string> = {};
  for (const [, name = '', ...values] of text.matchAll(FIELD))
    fields[name.toLowerCase()] = (values.find((value) => value !== undefined) ?? '').replace(COMMENT_END, '').trim();
  // `until=2027-01-31, reason=…` and `(until=2027-01-31)`
  return fields.until === undefined ? fields : { ...fields, until: /^[^,;)]*/.exec(fields.until)![0] };
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
