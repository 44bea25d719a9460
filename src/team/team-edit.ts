/** A change that edits the team's own Gitleaks files is judged by the old ones; it is told so, and told what would be wrong with the new ones. */
import type { InspectionPool } from '#analyzers/run.ts';
import { parseGitleaksIgnore } from '#baseline/gitleaks-ignore.ts';
import type { ChangeSet } from '#domain/change-set.ts';
import { TEAM_IGNORE_PATH, TEAM_RULES_PATH } from '#domain/team-rules.ts';
import type { PolicyNote } from '#policy/notes.ts';
import { editedTeamFileNote, upcomingTeamNotes } from '#policy/team-edit-notes.ts';
import { brokenIgnoreNote, teamRuleNotes } from '#policy/team-notes.ts';
import { decodeTeamText, normalTeamPath, readTeamFiles, type TeamFiles, type TeamText } from './read-team-files.ts';

/** `files` are those of the base commit. */
export async function teamEditNotes(
  changes: ChangeSet,
  files: TeamFiles | null | undefined,
  pool: Pick<InspectionPool, 'readTeamRules'>,
): Promise<PolicyNote[]> {
  const before = new Map(
    Object.entries(files?.rules?.extended ?? {}).map(([path, text]) => [normalTeamPath(path) ?? path, text]),
  );
  if (files?.rules) before.set(TEAM_RULES_PATH, files.rules.config.text);
  const ours = new Set([TEAM_RULES_PATH, TEAM_IGNORE_PATH, ...before.keys()]);
  const heads = new Map<string, TeamText | null>();
  for (const { path, previousPath, status, head } of changes.files) {
    if (previousPath !== null) heads.set(previousPath, null);
    const unread = status === 'removed' ? null : { text: null, problem: 'it could not be read' };
    heads.set(path, head === null ? unread : decodeTeamText(head.bytes));
  }
  const edited = [...ours].filter((path) => heads.has(path));
  if (edited.length === 0) return [];
  const wasThere = (path: string) => before.has(path) || (path === TEAM_IGNORE_PATH && files?.ignore != null);
  const notes = edited.map((path) =>
    editedTeamFileNote(path, heads.get(path) === null ? 'removes' : wasThere(path) ? 'edits' : 'adds'),
  );

  // A file that the change newly points to, and does not bring, cannot be seen from here.
  let unseen = false;
  const upcoming = await readTeamFiles(async (path) => {
    const head = heads.get(path);
    if (head !== undefined) return head;
    const text = before.get(path) ?? null;
    if (text === null && path !== TEAM_RULES_PATH && path !== TEAM_IGNORE_PATH) unseen = true;
    return text === null ? null : { text, problem: null };
  }, files?.rules?.mayLoosen ?? true);
  const inRules = edited.some((path) => path !== TEAM_IGNORE_PATH) && upcoming.rules !== null && !unseen;
  const report = inRules ? await pool.readTeamRules(upcoming.rules!) : null;
  const { broken } = parseGitleaksIgnore(heads.get(TEAM_IGNORE_PATH)?.text ?? '');
  return [
    ...notes,
    ...upcomingTeamNotes([
      ...upcoming.notes,
      ...teamRuleNotes(report?.problems ?? []),
      ...broken.slice(0, 1).map((line) => brokenIgnoreNote(TEAM_IGNORE_PATH, line, broken.length)),
    ]),
  ];
}
