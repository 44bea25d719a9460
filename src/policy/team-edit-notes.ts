/** What a reader of a review must be told where the change edits the team's own Gitleaks files. Plain text with `code` in backticks. */
import type { PolicyNote } from './notes.ts';

export function editedTeamFileNote(path: string, what: 'adds' | 'edits' | 'removes'): PolicyNote {
  return { kind: 'edited', sentence: `This change ${what} \`${path}\`. ${EFFECTS[what]}` };
}

const EFFECTS = {
  adds: 'Such a file is read from the target branch only: it counts once it is merged.',
  edits: 'This review used the file on the target branch; the edit counts once it is merged.',
  removes: 'This review still used the file on the target branch; after the merge it no longer counts.',
};

/** `problems` are what a review after the merge would say of the files. */
export function upcomingTeamNotes(problems: readonly PolicyNote[]): PolicyNote[] {
  if (problems.length === 0) return [];
  const effect = problems.some(({ kind }) => kind === 'broken')
    ? 'reviews after the merge would be incomplete'
    : 'reviews after the merge would say so';
  const sentence = `As this change leaves the team's Gitleaks files, not all of them could be used, and ${effect}.`;
  return [{ kind: 'edited', sentence }, ...problems.map((note): PolicyNote => ({ ...note, kind: 'edited' }))];
}
