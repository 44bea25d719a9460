/** One job of the queue: opens the check run, makes the review with what GitHub holds, and concludes. */
import { createHash } from 'node:crypto';
import type { InspectionPool } from '#analyzers/run.ts';
import { DEFAULT_LIMITS } from '#changes/limits.ts';
import { loadChangeSet } from '#changes/load-change-set.ts';
import { manifestsFromGitHub } from '#changes/manifests.ts';
import { AppError } from '#domain/errors.ts';
import type { ReviewRequest } from '#domain/review-request.ts';
import type { RuleInfo } from '#domain/rule.ts';
import { TEAM_IGNORE_PATH, TEAM_RULES_PATH } from '#domain/team-rules.ts';
import type { CloneCache } from '#git/clone-cache.ts';
import type { GitHub, Installation } from '#github/github.ts';
import type { PolicyText, PullState } from '#github/policy-files.ts';
import { type EffectivePolicy, effectivePolicy } from '#policy/effective.ts';
import { isIgnored } from '#policy/is-ignored.ts';
import { type ParsedPolicy, POLICY_PATH, parsePolicy } from '#policy/policy-file.ts';
import { concludedOutput, draftOutput, outcomeOutput, startedOutput } from '#publish/check-run.ts';
import { publish, publishVerdict } from '#publish/publish-verdict.ts';
import { CHECK_NAME } from '#publish/words.ts';
import type { Handlers, Outcome, Reviewed, ReviewJob } from '#queue/review-job.ts';
import { readTeamFiles, type TeamFiles, type TeamText } from '#team/read-team-files.ts';
import type { Verification } from '#verification/verify-secrets.ts';
import { review } from './review.ts';

export interface ReviewJobOptions {
  readonly github: GitHub;
  readonly clones: CloneCache;
  readonly pool: InspectionPool;
  /** How vendors are asked about secrets; whether a change is a fork's is known later. */
  readonly verification: Omit<Verification, 'fork'>;
  readonly rules: readonly RuleInfo[];
  /** Changes when a rule does: a review under other rules is another review. */
  readonly rulesDigest: string;
  /** Where people find the repository, without a slash at the end: https://github.com. */
  readonly githubUrl: string;
  readonly now: () => Date;
}

export function createReviewHandlers(options: ReviewJobOptions): Handlers {
  return {
    async review(job) {
      const { request, signal } = job;
      const installation = options.github.forInstallation(request.installation);
      // A change that was concluded before gets a new check run only when the policy has become another one.
      let loaded = job.concludedUnder === null ? null : await loadPolicy(installation, request);
      if (loaded !== null && job.concludedUnder === digestOf(loaded, request, options)) return null;
      const checkRunId = await openCheckRun(job, installation, options);
      loaded ??= await loadPolicy(installation, request);
      signal.throwIfAborted();

      const { policy, team } = loaded;
      const digest = digestOf(loaded, request, options);
      const target = { installation, repo: request.repo, checkRunId, retried: job.attempt > 1 };
      if (isSkippedDraft(policy, request)) {
        await publish(target, draftOutput(), options.now());
        return { policy: digest, conclusion: 'skipped' };
      }
      const { verdict, changes } = await review({
        policy,
        loadChanges: (effective) =>
          loadChangeSet(
            request,
            { github: installation, clones: options.clones, signal, lastAttempt: job.lastAttempt },
            { ...DEFAULT_LIMITS, ignore: (path) => isIgnored(effective, path) },
          ),
        manifests: ({ mergeBase, head }) => manifestsFromGitHub(installation, request.repo, { base: mergeBase, head }),
        texts: loaded.pull && { title: loaded.pull.title, description: loaded.pull.body },
        pool: options.pool,
        rules: options.rules,
        team,
        verification: { ...options.verification, fork: loaded.pull?.fork === true },
        now: options.now(),
        signal,
      });
      signal.throwIfAborted();
      const repoUrl = `${options.githubUrl}/${request.repo.owner}/${request.repo.name}`;
      const output = concludedOutput(verdict, {
        repoUrl,
        head: changes.head,
        mergeBase: changes.mergeBase,
        failOn: policy.policy.failOn,
      });
      await publishVerdict(target, verdict, output, options.now());
      return { policy: digest, conclusion: verdict.conclusion } satisfies Reviewed;
    },

    async conclude(job, outcome: Outcome) {
      const installation = options.github.forInstallation(job.request.installation);
      const checkRunId = await openCheckRun(job, installation, options);
      const failClosed = outcome.kind === 'gave-up' && (await failsClosed(installation, job.request));
      const target = { installation, repo: job.request.repo, checkRunId, retried: true };
      await publish(target, outcomeOutput(outcome, failClosed), options.now());
    },
  };
}

/** The check run of this job: the one it has, the one that a lost answer left behind, or a new one. */
async function openCheckRun(job: ReviewJob, installation: Installation, { now }: ReviewJobOptions): Promise<number> {
  if (job.checkRunId !== null) return job.checkRunId;
  const { repo, head } = job.request;
  const run = { repo, head, name: CHECK_NAME, externalId: externalId(job) };
  const lost = job.attempt > 1 ? await installation.findCheckRun(run) : null;
  const { id } =
    lost ?? (await installation.createCheckRun({ ...run, ...startedOutput(), startedAt: now().toISOString() }));
  await job.saveCheckRun(id);
  return id;
}

/** Names this work to GitHub: how a creation that was not answered is found again. */
function externalId({ key, concludedUnder }: ReviewJob): string {
  return concludedUnder === null ? key : `${key}:after-${sha256(concludedUnder).slice(0, 12)}`;
}

interface Loaded {
  readonly policy: EffectivePolicy;
  readonly team: TeamFiles;
  /** As it is now: it may have moved on since it was asked for. Null for a merge group. */
  readonly pull: PullState | null;
}

/** One request, and one more for each file that a team's rules extend. */
async function loadPolicy(installation: Installation, { repo, base, pull }: ReviewRequest): Promise<Loaded> {
  const files = await installation.readPolicyFiles(repo, base, pull);
  const organization = files.organization && parseText(files.organization, `${repo.owner}/.github: ${POLICY_PATH}`);
  const repository = files.repository && parseText(files.repository, POLICY_PATH);
  const read = async (path: string): Promise<TeamText | null> => {
    if (path === TEAM_RULES_PATH || path === TEAM_IGNORE_PATH) return files.team.get(path) ?? null;
    const pair = { basePath: path, headPath: null };
    const blob = (await installation.readContents(repo, { base, head: base }, [pair]))?.[0]?.base?.blob ?? null;
    if (blob === null) return null;
    return blob.truncated || blob.text === null
      ? { text: null, problem: 'it is not text, or too large' }
      : { text: blob.text, problem: null };
  };
  const mayLoosen = organization === null || (organization.policy?.delegate ?? []).includes('disable-rules');
  const policy = effectivePolicy({ organization, repository });
  return { policy, team: await readTeamFiles(read, mayLoosen), pull: files.pull };
}

/** Whether a review that could not be made must not pass. Without a readable base commit nobody has asked for that. */
async function failsClosed(installation: Installation, request: ReviewRequest): Promise<boolean> {
  const loaded = await loadPolicy(installation, { ...request, pull: null }).catch((error: unknown) => {
    if (error instanceof AppError && error.retry === false) return null;
    throw error;
  });
  return loaded?.policy.policy.incomplete === 'failure';
}

function parseText(file: PolicyText, path: string): ParsedPolicy {
  if (file.text !== null) return parsePolicy(file.text, path);
  return { path, policy: null, problems: [{ path, line: 1, column: 1, key: '', message: file.problem }] };
}

function isSkippedDraft({ policy }: EffectivePolicy, request: ReviewRequest): boolean {
  return request.draft && policy.drafts === 'skip';
}

/** What a conclusion depends on besides the two commits. Of what people wrote nothing but a hash is ever stored. */
function digestOf({ policy, team, pull }: Loaded, request: ReviewRequest, { rulesDigest }: ReviewJobOptions): string {
  const read = isSkippedDraft(policy, request) ? 'draft' : sha256(JSON.stringify([pull?.title, pull?.body]));
  return [policy.digest, team.digest, rulesDigest, read].join(':');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
