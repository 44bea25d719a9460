/** What a reader of a review must be told about its policy, as sentences. Plain text with `code` in backticks. */
import type { Severity } from '#domain/severity.ts';
import type { ParsedPolicy } from './policy-file.ts';
import type { PolicyProblem } from './policy-problems.ts';

export interface PolicyNote {
  /** `broken`: a file cannot be used; `loosened`: the floor stands; `ineffective`: something in a file does nothing. */
  readonly kind: 'broken' | 'loosened' | 'ineffective' | 'applied' | 'edited';
  readonly sentence: string;
}

/** Whose settings stand when a repository's do not. */
export type FloorName = 'organization' | 'default';

const FLOORS: Record<FloorName, string> = { organization: "the organisation's policy", default: 'the default policy' };

const MAX_LISTED = 5;

/** One sentence for each problem, and one that says what the review ran on instead; none for a sound file. */
export function brokenNotes({ path, policy, problems }: ParsedPolicy, floor: FloorName): PolicyNote[] {
  if (policy !== null) return [];
  return [`\`${path}\` cannot be used, so this review ran on ${FLOORS[floor]}.`, ...problems.map(placed)].map(
    (sentence) => ({
      kind: 'broken',
      sentence,
    }),
  );
}

export function loosenedNote(path: string, floor: FloorName, key: string, wanted: string, stands: string): PolicyNote {
  const sentence = `\`${key}: ${wanted}\` in \`${path}\` is looser than ${FLOORS[floor]} allows; \`${key}: ${stands}\` stands.`;
  return { kind: 'loosened', sentence };
}

export function loosenedListNote(path: string, floor: FloorName, key: string, items: readonly string[]): PolicyNote {
  const sentence = `${list(items)} in \`${key}\` of \`${path}\` ${items.length === 1 ? 'does' : 'do'} not count: ${FLOORS[floor]} does not let repositories add to this list.`;
  return { kind: 'loosened', sentence };
}

export function loosenedSeverityNote(ruleId: string, wanted: Severity, stands: Severity): PolicyNote {
  const sentence = `The repository's policy may not lower the severity of \`${ruleId}\` to ${wanted}; ${stands} stands.`;
  return { kind: 'loosened', sentence };
}

export function misplacedDelegateNote(path: string): PolicyNote {
  return {
    kind: 'ineffective',
    sentence: `\`delegate\` in \`${path}\` does nothing: it belongs in the organisation's file.`,
  };
}

export function unknownRuleNote(key: string, ruleId: string, guess: string | null): PolicyNote {
  const hint = guess === null ? '' : ` Did you mean \`${guess}\`?`;
  return {
    kind: 'ineffective',
    sentence: `\`${ruleId}\` in \`${key}\` of the policy is no rule of this review.${hint}`,
  };
}

export function unverifiableNote(ruleId: string): PolicyNote {
  return {
    kind: 'ineffective',
    sentence: `\`${ruleId}\` in \`verification.detectors\` of the policy does nothing: its vendor cannot be asked.`,
  };
}

/** `why` is a clause. */
export function notVerifiedNote(count: number, why: string): PolicyNote {
  const secrets = count === 1 ? 'One new secret' : `${count} new secrets`;
  return {
    kind: 'ineffective',
    sentence: `${secrets} would have been verified with the vendor as the policy's \`verification\` asks, but ${why}.`,
  };
}

export function disabledNote(count: number, ruleIds: readonly string[]): PolicyNote {
  const findings = count === 1 ? '1 finding is' : `${count} findings are`;
  return { kind: 'applied', sentence: `${findings} left out, because the policy disables ${list(ruleIds)}.` };
}

export function refusedSuppressionsNote(count: number): PolicyNote {
  const which =
    count === 1 ? 'One suppression that this change adds does' : `${count} suppressions that this change adds do`;
  return {
    kind: 'applied',
    sentence: `${which} not count: the policy refuses those that a pull request brings along.`,
  };
}

/** For a change that edits the policy file itself: it was judged by the one on the base side. */
export function editedPolicyNote(path: string): PolicyNote {
  const sentence = `This change edits \`${path}\`. It was judged by the policy on the target branch; the edit counts once it is merged.`;
  return { kind: 'edited', sentence };
}

/** What is wrong with the file as the change leaves it, while that can still be helped. */
export function upcomingProblemNotes({ path, problems }: ParsedPolicy): PolicyNote[] {
  if (problems.length === 0) return [];
  const shown = problems
    .slice(0, MAX_LISTED)
    .map((problem): PolicyNote => ({ kind: 'edited', sentence: placed(problem) }));
  const sentence = `As this change leaves it, \`${path}\` could not be used, and reviews after the merge would be incomplete.`;
  return [{ kind: 'edited', sentence }, ...shown];
}

function placed({ path, line, column, key, message }: PolicyProblem): string {
  return `\`${path}\`, line ${line}, column ${column}: ${key === '' ? '' : `\`${key}\` `}${message}.`;
}

function list(items: readonly string[]): string {
  const shown = items
    .slice(0, MAX_LISTED)
    .map((item) => `\`${item}\``)
    .join(', ');
  return items.length > MAX_LISTED ? `${shown} and ${items.length - MAX_LISTED} more` : shown;
}
