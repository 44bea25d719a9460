/** What a team's files mean for a review: the detectors that run, the places that it has accepted, and what is wrong in them. */
import type { InspectionPool } from '#analyzers/run.ts';
import { createIgnores, type IgnoredBy, parseGitleaksIgnore } from '#baseline/gitleaks-ignore.ts';
import type { RuleInfo } from '#domain/rule.ts';
import { TEAM_IGNORE_PATH, type TeamRules } from '#domain/team-rules.ts';
import type { PolicyNote } from '#policy/notes.ts';
import { brokenIgnoreNote, teamRuleNotes } from '#policy/team-notes.ts';
import type { TeamFiles } from './read-team-files.ts';

export interface Team {
  /** For the threads. */
  readonly team: TeamRules | null;
  /** All that run. */
  readonly rules: readonly RuleInfo[];
  readonly ignoredBy: IgnoredBy;
  readonly notes: readonly PolicyNote[];
  /** True when something of the files cannot be used: the review is then incomplete. */
  readonly broken: boolean;
}

/** `rules` are those that run without a team's. */
export async function prepareTeam(
  files: TeamFiles | null | undefined,
  pool: InspectionPool,
  rules: readonly RuleInfo[],
): Promise<Team> {
  const { places, broken } = parseGitleaksIgnore(files?.ignore ?? '');
  const team = files?.rules ?? null;
  const report = team === null ? null : await pool.readTeamRules(team);
  // Where its rules cannot be made at all, ours run.
  const usable = report !== null && report.rules.length > 0;
  const all = usable ? [...rules.filter(({ analyzer }) => analyzer !== 'secrets'), ...report.rules] : rules;
  const notes = [
    ...(files?.notes ?? []),
    ...teamRuleNotes(report?.problems ?? []),
    ...broken.slice(0, 1).map((line) => brokenIgnoreNote(TEAM_IGNORE_PATH, line, broken.length)),
  ];
  return {
    team: usable ? team : null,
    rules: all,
    ignoredBy: createIgnores(places, TEAM_IGNORE_PATH, new Set(all.map(({ id }) => id))),
    notes,
    broken: notes.some(({ kind }) => kind === 'broken'),
  };
}
