/** A change that edits the policy is judged by the old one; it is told so, and told what would be wrong with the new one. */
import type { ChangeSet } from '#domain/change-set.ts';
import { editedPolicyNote, type PolicyNote, upcomingProblemNotes } from './notes.ts';
import { POLICY_PATH, parsePolicy } from './policy-file.ts';

export function policyEditNotes(changes: ChangeSet): PolicyNote[] {
  const edited = changes.files.find(({ path, previousPath }) => path === POLICY_PATH || previousPath === POLICY_PATH);
  if (edited === undefined) return [];
  const text =
    edited.path === POLICY_PATH && edited.head !== null ? Buffer.from(edited.head.bytes).toString('utf8') : '';
  return [editedPolicyNote(POLICY_PATH), ...upcomingProblemNotes(parsePolicy(text, POLICY_PATH))];
}
