/** Finds Semgrep's own comments, and says of which findings they speak: `# nosemgrep`, `# nosemgrep: id, id`, `# nosem`. */
import type { Finding } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';
import type { Suppression } from '#domain/suppression.ts';
import { readFields } from './comment-fields.ts';
import { coverLines, inSameCell, type Line, linesOf, locate } from './source-lines.ts';

/** Semgrep reads the line and not its language: a string counts as well as a comment, and a blank must stand before it. */
const ANYWHERE = / nosem(?:grep)?(?: *: *([^\s,]+(?: *, *[^\s,]+)*))?/i;
/** Nothing but signs and blanks before it: it speaks of the next line too. */
const ALONE = /^[^a-z0-9\n]*?nosem(?:grep)?(?: *: *([^\s,]+(?: *, *[^\s,]+)*))?/i;

/** Of a line that is longer (UTF-16 units) only the end is looked at, where comments stand. */
const MAX_LINE = 10_000;

export function findNosemgrep(part: Part, path: string, today: string): Suppression[] {
  if (!/nosem/i.test(part.text)) return [];
  const lines = linesOf(part.text);
  return lines.flatMap((line, index) => {
    const skipped = Math.max(0, line.text.length - MAX_LINE);
    const text = line.text.slice(skipped);
    const alone = ALONE.exec(text);
    const match = alone ?? ANYWHERE.exec(text);
    if (match === null) return [];
    const next = lines[index + 1];
    const last: Line = alone === null || next === undefined || !inSameCell(part, line, next) ? line : next;
    const start = line.start + skipped + match.index;
    return [
      {
        ruleIds: (match[1] ?? '').split(/ *, */).filter((id) => id !== ''),
        marker: 'nosemgrep' as const,
        ...readFields(text.slice(match.index), today),
        location: locate(part, path, start, start + text.trimEnd().length - match.index),
        ...coverLines(part, line, last),
      },
    ];
  });
}

/** The comment that speaks of a finding in code: the one on the line where it starts, or alone on the line above. */
export function createWaivers(
  suppressions: readonly Suppression[],
): (finding: Pick<Finding, 'analyzer' | 'ruleId' | 'location'>) => Suppression | undefined {
  const waivers = suppressions.filter(({ marker }) => marker === 'nosemgrep').toSorted(byStart);
  return ({ analyzer, ruleId, location }) => {
    if (analyzer !== 'sast') return undefined;
    const end = countUpTo(waivers, location.startLine, location.startColumn);
    // Only the line's own comment and the one above it can reach it.
    return waivers.slice(Math.max(0, end - 2), end).find((waiver) => {
      const { coversTo, coversToColumn = Infinity, ruleIds } = waiver;
      const { startLine, startColumn } = location;
      const reaches = startLine < coversTo || (startLine === coversTo && startColumn <= coversToColumn);
      return reaches && (ruleIds.length === 0 || ruleIds.some((id) => isSameRule(id, ruleId)));
    });
  };
}

/** Semgrep puts the folders before a rule's id, and takes any end of the whole that begins after a dot. */
function isSameRule(named: string, ruleId: string): boolean {
  return named === ruleId || ruleId.endsWith(`.${named}`) || named.endsWith(`.${ruleId}`);
}

function byStart(a: Suppression, b: Suppression): number {
  return a.coversFrom - b.coversFrom || (a.coversFromColumn ?? 1) - (b.coversFromColumn ?? 1);
}

/** How many of the waivers begin at this place or before it. */
function countUpTo(waivers: readonly Suppression[], line: number, column: number): number {
  let [low, high] = [0, waivers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { coversFrom, coversFromColumn = 1 } = waivers[middle]!;
    if (coversFrom < line || (coversFrom === line && coversFromColumn <= column)) low = middle + 1;
    else high = middle;
  }
  return low;
}
