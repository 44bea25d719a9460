/** The journey as one function, shared by the App's worker and the command line. */
import type { InspectionPool } from '#analyzers/run.ts';
import { compare } from '#baseline/compare.ts';
import { mergeSecrets } from '#baseline/merge-secrets.ts';
import type { WholeChange } from '#domain/change-set.ts';
import type { ManifestSource } from '#domain/manifests.ts';
import type { RuleInfo } from '#domain/rule.ts';
import type { Verdict } from '#domain/verdict.ts';
import { withArchiveFindings } from '#inspection/archive-limits.ts';
import { checkVersions } from '#inspection/check-versions.ts';
import { coverageOf, inspectChanges, pathsOf } from '#inspection/inspect-changes.ts';
import { inspectHistory, type PullTexts } from '#inspection/inspect-history.ts';
import { findSecretPaths } from '#inspection/secret-paths.ts';
import { decide } from '#policy/decide.ts';
import type { EffectivePolicy, Policy } from '#policy/effective.ts';
import { policyEditNotes } from '#policy/policy-edit.ts';
import { prepareTeam } from '#team/prepare-team.ts';
import type { TeamFiles } from '#team/read-team-files.ts';
import { teamEditNotes } from '#team/team-edit.ts';
import { type Verification, verifySecrets } from '#verification/verify-secrets.ts';

export interface ReviewInput {
  readonly policy: EffectivePolicy;
  /** The road that the change comes by: GitHub's API, a clone, a local repository. */
  readonly loadChanges: (policy: Policy) => Promise<WholeChange>;
  /** What a pull request says of itself. */
  readonly texts?: PullTexts | null;
  /** What the repository runs with, on both sides of the change that was loaded. */
  readonly manifests: (changes: WholeChange) => ManifestSource;
  readonly pool: InspectionPool;
  readonly rules: readonly RuleInfo[];
  /** The team's own detectors and accepted places, of the base commit. */
  readonly team?: TeamFiles | null;
  /** How vendors may be asked about secrets, where the policy wants that. */
  readonly verification: Verification;
  /** Decides which suppressions have expired. */
  readonly now: Date;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Review {
  readonly verdict: Verdict;
  readonly changes: WholeChange;
}

/** Loads a change, inspects both of its sides, judges what is new, and decides. */
export async function review(input: ReviewInput): Promise<Review> {
  const { policy, broken, notes } = input.policy;
  const changes = await input.loadChanges(policy);
  const { team, rules, ignoredBy, ...said } = await prepareTeam(input.team, input.pool, input.rules);
  const options = { ...input, team };
  const inspected = await inspectChanges(changes, input.pool, input.now, options);
  const names = await findSecretPaths(pathsOf(changes), input.pool, input.now, options);
  const counting = await checkVersions(inspected, rules, input.manifests(changes));
  const told = policy.archivesAboveLimit === 'finding' ? withArchiveFindings(counting, changes.skipped) : counting;
  const judging = { refuseNew: policy.newSuppressions === 'refuse', ignoredBy, rules };
  const { judged, addedSuppressions } = compare([...told, ...names.files], { ...judging, skipped: changes.skipped });
  const past = await inspectHistory(changes, input.texts ?? null, { inspected, names }, { ...options, ...judging });
  const edits = await teamEditNotes(changes, input.team, input.pool);
  const verdict = decide({
    policy,
    judged: [...judged, ...past.judged],
    addedSuppressions,
    coverage: coverageOf(changes, inspected, [...names.skipped, ...past.skipped]),
    notes: [...notes, ...said.notes, ...policyEditNotes(changes), ...edits],
    broken: broken || said.broken,
    rules,
  });
  const asked = { ...input, policy: policy.verification, rules };
  const verified = await verifySecrets(mergeSecrets(verdict), changes, asked);
  return { verdict: names.hide(verified), changes };
}
