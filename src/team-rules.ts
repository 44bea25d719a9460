/** A team's own Gitleaks files on their way into a review: read from the base, made into detectors, and what is wrong in them said. */
import { createHash } from 'node:crypto';
import type { InspectionPool } from '#analyzers/run.ts';
import { extendedPath } from '#analyzers/secrets/rule-file.ts';
import { createIgnores, type IgnoredBy, parseGitleaksIgnore } from '#baseline/gitleaks-ignore.ts';
import type { RuleInfo } from '#domain/rule.ts';
import { TEAM_IGNORE_PATH, TEAM_RULES_PATH, type TeamRules } from '#domain/team-rules.ts';
import type { PolicyNote } from '#policy/notes.ts';
import { brokenIgnoreNote, teamRuleNotes, unreadableTeamFileNote } from '#policy/team-notes.ts';

/** UTF-16 units; a longer configuration is not read. */
export const MAX_TEAM_FILE = 512 * 1024;
/** A configuration, the one that it extends, and the one behind that. */
const MAX_EXTENDED = 2;

/** `problem` says, as a clause, why a file that is there has no text. */
export interface TeamText {
  readonly text: string | null;
  readonly problem: string | null;
}

export function decodeTeamText(bytes: Uint8Array): TeamText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), problem: null };
  } catch {
    return { text: null, problem: 'it is not UTF-8' };
  }
}

export interface TeamFiles {
  readonly rules: TeamRules | null;
  readonly ignore: string | null;
  readonly notes: readonly PolicyNote[];
  /** Hex; the same for the same files. */
  readonly digest: string;
}

/** `read` answers null for a file that is not there. */
export async function readTeamFiles(
  read: (path: string) => Promise<TeamText | null>,
  mayLoosen: boolean,
): Promise<TeamFiles> {
  const notes: PolicyNote[] = [];
  const textOf = async (path: string): Promise<string | null> => {
    const found = await read(path);
    if (found === null) return null;
    const tooLong = (found.text?.length ?? 0) > MAX_TEAM_FILE ? 'it is longer than 512 KiB' : null;
    const problem = found.problem ?? tooLong;
    if (problem !== null) notes.push(unreadableTeamFileNote(path, problem));
    return problem === null ? found.text : null;
  };
  const text = await textOf(TEAM_RULES_PATH);
  const extended: Record<string, string> = {};
  for (let from = text, depth = 0; from !== null && depth < MAX_EXTENDED; depth++) {
    const path = extendedPath(from);
    from = path === null || Object.hasOwn(extended, path) ? null : await textOf(normalTeamPath(path));
    if (from !== null) extended[path!] = from;
  }
  const ignore = await textOf(TEAM_IGNORE_PATH);
  const digest = createHash('sha256')
    .update(JSON.stringify([text, extended, ignore, mayLoosen]))
    .digest('hex');
  const rules = text === null ? null : { digest, config: { path: TEAM_RULES_PATH, text }, extended, mayLoosen };
  return { rules, ignore, notes, digest };
}

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

/** Gitleaks takes the path from the folder that it runs in, which is the repository's root. */
export function normalTeamPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}
