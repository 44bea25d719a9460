/** What people read in a check run that has no verdict yet, or never will. */
import type { ErrorCode } from '#domain/errors.ts';

export const STARTED = {
  title: 'Reviewing…',
  summary: 'Assay is reading what this change adds. The findings appear here and in the diff.',
} as const;

export const DRAFT_SKIPPED = {
  title: 'Drafts are not reviewed',
  summary:
    'The policy of this repository leaves drafts out. The review starts when the pull request is ready for review.',
} as const;

export const CANCELLED = {
  title: 'The review was stopped',
  summary:
    'The pull request was closed, became a draft, or left the merge queue. The review starts again when it is reopened, ready for review, or queued again.',
} as const;

export const SUPERSEDED = {
  title: 'Superseded by a newer commit',
  summary: 'The newest commit is reviewed instead. This review was stopped before it could find anything.',
} as const;

const RERUN = 'Press **Re-run** above to try again.';

const GAVE_UP_WORDS: Readonly<Partial<Record<ErrorCode | 'bug' | 'crashed', { why: string; what: string }>>> = {
  'github-unavailable': {
    why: 'GitHub did not answer, several times over some minutes.',
    what: `See [GitHub's status](https://www.githubstatus.com), then press **Re-run** above.`,
  },
  'github-rate-limited': {
    why: "GitHub's limit on requests for this installation is used up.",
    what: 'It is filled again within the hour. Press **Re-run** above then.',
  },
  'github-forbidden': {
    why: 'GitHub refused what the review needs: the App has too few permissions here, or was suspended.',
    what: "An owner finds the request for new permissions in the organisation's settings under GitHub Apps. Press **Re-run** above afterwards.",
  },
  'github-not-found': {
    why: 'The commits of this change are not there any more, or the App is not installed on this repository.',
    what: 'Push again, or let an owner check the repositories that the App may see.',
  },
  'git-too-large': {
    why: 'The change is too large to be fetched with the space that the App has.',
    what: 'Split it, or keep large files in Git LFS. Whoever runs the App can give it more space.',
  },
  crashed: {
    why: 'The process that reviewed this change ended every time, before it could finish.',
    what: `${RERUN} If it happens again, tell whoever runs the App: a file of this change may be what ends it.`,
  },
  'git-failed': { why: 'The commits could not be fetched from GitHub.', what: RERUN },
};

export function gaveUpWords(
  code: ErrorCode | 'bug' | 'crashed',
  failClosed: boolean,
): { title: string; summary: string } {
  const { why, what } = GAVE_UP_WORDS[code] ?? {
    why: 'Assay ran into an error of its own.',
    what: `${RERUN} If it happens again, tell whoever runs the App; its log has the details.`,
  };
  const meaning = failClosed
    ? 'The policy does not let an incomplete review pass.'
    : 'This is neither a pass nor a failure: **the change was not reviewed.**';
  return { title: 'The review could not be finished', summary: `${why}\n\n${meaning}\n\n**What to do:** ${what}` };
}
