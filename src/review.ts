/** The journey as one function, shared by the App's worker and the command line. */
import type { InspectionPool } from '#analyzers/run.ts';
import { compare } from '#baseline/compare.ts';
import { mergeSecrets } from '#baseline/merge-secrets.ts';
import type { ChangeSet } from '#domain/change-set.ts';
import type { ManifestSource } from '#domain/manifests.ts';
import type { RuleInfo } from '#domain/rule.ts';
import type { Verdict } from '#domain/verdict.ts';
import { decide } from '#policy/decide.ts';
import type { EffectivePolicy, Policy } from '#policy/effective.ts';
import { policyEditNotes } from '#policy/policy-edit.ts';
import { checkVersions } from './check-versions.ts';
import { coverageOf, inspectChanges, pathsOf } from './inspect-changes.ts';
import { findSecretPaths } from './secret-paths.ts';
import { prepareTeam, type TeamFiles } from './team-rules.ts';

export interface ReviewInput {
  readonly policy: EffectivePolicy;
  /** The road that the change comes by: GitHub's API, a clone, a local repository. */
  readonly loadChanges: (policy: Policy) => Promise<ChangeSet>;
  /** What the repository runs with, on both sides of the change that was loaded. */
  readonly manifests: (changes: ChangeSet) => ManifestSource;
  readonly pool: InspectionPool;
  readonly rules: readonly RuleInfo[];
  /** The team's own detectors and accepted places, of the base commit. */
  readonly team?: TeamFiles | null;
  /** Decides which suppressions have expired. */
  readonly now: Date;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Review {
  readonly verdict: Verdict;
  readonly changes: ChangeSet;
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
  const { judged, addedSuppressions } = compare([...counting, ...names.files], {
    refuseNew: policy.newSuppressions === 'refuse',
    skipped: changes.skipped,
    ignoredBy,
    rules,
  });
  const verdict = decide({
    policy,
    judged,
    addedSuppressions,
    coverage: coverageOf(changes, inspected, names.skipped),
    notes: [...notes, ...said.notes, ...policyEditNotes(changes)],
    broken: broken || said.broken,
    rules,
  });
  return { verdict: names.hide(mergeSecrets(verdict)), changes };
}
