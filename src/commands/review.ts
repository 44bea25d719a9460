/** `assay review`: the App's review, over a range of a local repository. */
import { DEFAULT_LIMITS } from '#changes/limits.ts';
import { loadLocalChangeSet } from '#changes/load-local-change-set.ts';
import { manifestsFromLocal } from '#changes/manifests.ts';
import { AppError } from '#domain/errors.ts';
import { type LocalRepository, openLocalRepository } from '#git/local-repository.ts';
import { type EffectivePolicy, effectivePolicy } from '#policy/effective.ts';
import { isIgnored } from '#policy/is-ignored.ts';
import { POLICY_PATH, parsePolicy } from '#policy/policy-file.ts';
import { review } from '#review.ts';
import { decodeTeamText, readTeamFiles, type TeamText } from '#team/read-team-files.ts';
import { OUTPUT_OPTIONS, parseArguments, readOutputOptions } from './arguments.ts';
import { createEngine } from './engine.ts';
import { createProgress } from './progress.ts';
import { report } from './report.ts';

const OPTIONS = {
  ...OUTPUT_OPTIONS,
  repo: { type: 'string', default: '.' },
  base: { type: 'string' },
  head: { type: 'string', default: 'HEAD' },
} as const;

export async function reviewCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS);
  if (positionals.length > 0)
    throw new AppError('usage', `review takes no ${JSON.stringify(positionals[0])}: name the repository with --repo`);
  const output = readOutputOptions(values);
  const repository = await openLocalRepository(values.repo);
  const baseName = values.base ?? (await repository.defaultBase());
  const base = await repository.resolve(baseName);
  const head = await repository.resolve(values.head);

  const engine = await createEngine(output);
  const progress = createProgress(process.stderr, 'files');
  try {
    const policy = withFailOn(await loadPolicy(repository, base), output.failOn);
    const { verdict, changes } = await review({
      policy,
      loadChanges: (effective) =>
        loadLocalChangeSet(
          repository,
          { base, head },
          { ...DEFAULT_LIMITS, ignore: (path) => isIgnored(effective, path) },
        ),
      manifests: ({ mergeBase }) => manifestsFromLocal(repository, { base: mergeBase, head }),
      pool: engine.pool,
      rules: engine.rules,
      team: await readTeamFiles(async (path) => textOf(await repository.readFile(base, path)), true),
      verification: { vendors: engine.vendors, by: 'command-line', fork: false },
      now: new Date(),
      onProgress: progress.update,
    });
    progress.clear();
    const nothing = changes.mergeBase === head ? [nothingToCompare(values.head, baseName)] : [];
    return report(
      { ...verdict, notes: [...nothing, ...verdict.notes] },
      {
        ...output,
        problems: engine.problems,
        soundPolicy: !policy.broken,
        base: changes.mergeBase,
        head,
      },
    );
  } finally {
    progress.clear();
    await engine.close();
  }
}

/** A clone of one branch has it as its default base, too. */
function nothingToCompare(head: string, base: string): string {
  return `There was nothing to review: ${head} has no commit that ${base} lacks. Name what to compare with by --base; what is not committed is not read.`;
}

async function loadPolicy(repository: LocalRepository, base: string): Promise<EffectivePolicy> {
  const bytes = await repository.readFile(base, POLICY_PATH);
  const parsed = bytes === null ? null : parsePolicy(Buffer.from(bytes).toString('utf8'), POLICY_PATH);
  return effectivePolicy({ organization: null, repository: parsed });
}

function textOf(bytes: Uint8Array | null): TeamText | null {
  return bytes === null ? null : decodeTeamText(bytes);
}

/** What the command line asks for goes over what the file says. */
export function withFailOn(
  policy: EffectivePolicy,
  failOn: EffectivePolicy['policy']['failOn'] | null,
): EffectivePolicy {
  return failOn === null ? policy : { ...policy, policy: { ...policy.policy, failOn } };
}
