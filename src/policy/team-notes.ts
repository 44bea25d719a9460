/** What a reader of a review must be told about the team's own Gitleaks files. Plain text with `code` in backticks. */
import type { RuleProblem } from '#domain/rule.ts';
import type { PolicyNote } from './notes.ts';

/** How many problems of one file are told. */
const MAX_TOLD = 10;

/** The worst first. What Gitleaks would pass over in silence, too, leaves the review complete. */
export function teamRuleNotes(problems: readonly RuleProblem[]): PolicyNote[] {
  const order: readonly RuleProblem['kind'][] = ['invalid', 'unsupported', 'doubtful'];
  const sorted = problems.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const notes = sorted.slice(0, MAX_TOLD).map(({ path, line, ruleId, kind, message }): PolicyNote => {
    const rule = ruleId === null ? '' : `rule \`${ruleId}\`: `;
    const effect = kind === 'invalid' && ruleId !== null ? ' The rule did not run.' : '';
    return {
      kind: kind === 'doubtful' ? 'ineffective' : 'broken',
      sentence: `\`${path}\`, line ${line}: ${rule}${message}.${effect}`,
    };
  });
  const more = problems.length - notes.length;
  if (more > 0) notes.push({ kind: 'ineffective', sentence: `The team's rule files have ${more} more problems.` });
  return notes;
}

export function unreadableTeamFileNote(path: string, problem: string): PolicyNote {
  return { kind: 'broken', sentence: `\`${path}\` cannot be used: ${problem}.` };
}

export function brokenIgnoreNote(path: string, line: number, count: number): PolicyNote {
  const more = count > 1 ? `, nor do ${count - 1} more` : '';
  const sentence = `\`${path}\`, line ${line}, names no place${more}: an entry is \`file:rule:line\` or \`commit:file:rule:line\`.`;
  return { kind: 'ineffective', sentence };
}
