/** How a finding can be accepted: in words that are true of the place where it stands. */
import type { JudgedFinding } from '#domain/verdict.ts';
import { visible } from './escape.ts';

const COMMENT = 'No comment counts there.';
const IGNORED = 'in `ignore-paths` of `.github/assay.yml` on the target branch';

export function suppressionComment(ruleId: string): string {
  return `# assay: allow[${ruleId}] reason="why this is safe" until=YYYY-MM-DD`;
}

/** Whether a comment at its place counts. */
export function takesComment({ location, ruleId, evidence }: JudgedFinding): boolean {
  const { entry, redacted, commit, text } = location;
  const inFile = commit === undefined && text === undefined && entry === undefined;
  return inFile && redacted !== true && evidence?.inFileName !== true && ruleId !== 'archive-over-limit';
}

/** One line without Markdown; null where the place is no file of the head. */
export function acceptLine({ location, ruleId, evidence }: JudgedFinding): string | null {
  const { path, entry, cell, redacted, commit, text } = location;
  if (commit !== undefined || text !== undefined) return null;
  if (redacted === true || evidence?.inFileName === true) return `${COMMENT} To accept the name, list it ${IGNORED}.`;
  if (ruleId === 'archive-over-limit') return `To accept it, list the archive ${IGNORED}.`;
  if (entry?.name === true) return `${COMMENT} To accept it, list the archive ${IGNORED}.`;
  if (entry !== undefined) {
    const file = entry.path === '' ? path : `${path}!${entry.path}`;
    const line = visible(`${file}:${ruleId}:${entry.line}`);
    return `${COMMENT} To accept it, write in .gitleaksignore on the target branch: ${line}`;
  }
  const where = cell === undefined ? 'on this line or the line above' : 'in its cell, on its line or the line above';
  return `To accept it, write ${where}: ${suppressionComment(visible(ruleId))}`;
}
