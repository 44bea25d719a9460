/** `assay scan PATH…`: everything that is found in files and folders, whatever was there before. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compare } from '#baseline/compare.ts';
import { mergeSecrets } from '#baseline/merge-secrets.ts';
import { AppError } from '#domain/errors.ts';
import { type Inspection, type InspectionTask, NO_INSPECTION } from '#domain/inspection.ts';
import { withArchiveFindings } from '#inspection/archive-limits.ts';
import { checkVersions } from '#inspection/check-versions.ts';
import { findSecretPaths, type SecretPaths } from '#inspection/secret-paths.ts';
import { decide } from '#policy/decide.ts';
import { type EffectivePolicy, effectivePolicy } from '#policy/effective.ts';
import { isIgnored } from '#policy/is-ignored.ts';
import { POLICY_PATH, parsePolicy } from '#policy/policy-file.ts';
import { prepareTeam, type Team } from '#team/prepare-team.ts';
import { decodeTeamText, readTeamFiles, type TeamText } from '#team/read-team-files.ts';
import { OUTPUT_OPTIONS, parseArguments, readOutputOptions } from './arguments.ts';
import { createEngine } from './engine.ts';
import { createProgress } from './progress.ts';
import { report } from './report.ts';
import { withFailOn } from './review.ts';
import { listScanFiles } from './scan-files.ts';
import { manifestsOnDisk } from './scan-manifests.ts';
import { readWindows } from './scan-windows.ts';

export async function scanCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, OUTPUT_OPTIONS);
  if (positionals.length === 0) throw new AppError('usage', 'scan needs a file or a folder');
  const output = readOutputOptions(values);
  const { files, skipped } = await listScanFiles(positionals);
  const { policy, notes, broken } = withFailOn(await loadPolicy(), output.failOn);
  const wanted = files.filter(({ path }) => !isIgnored(policy, path));

  const engine = await createEngine(output);
  const progress = createProgress(process.stderr, 'files');
  const now = new Date();
  const inspections = new Map<string, Inspection>();
  let done = 0;
  let names: SecretPaths;
  const teamFiles = await readTeamFiles(readTeamFile, true);
  let prepared: Team;
  try {
    prepared = await prepareTeam(teamFiles, engine.pool, engine.rules);
    const inspect = async (tasks: readonly InspectionTask[]) => {
      const found = await engine.pool.run(tasks, {
        team: prepared.team,
        limitMs: Number.POSITIVE_INFINITY,
        onProgress: () => progress.update(++done, wanted.length),
      });
      for (const [index, { path }] of tasks.entries()) inspections.set(path, found[index]!);
    };
    // The threads have two windows, so that none waits for the other at the end of one; a third is read meanwhile.
    let inspecting = [Promise.resolve(), Promise.resolve()] as const;
    for await (const tasks of readWindows(wanted, skipped, now)) {
      await inspecting[0];
      inspecting = [inspecting[1], inspect(tasks)];
    }
    await Promise.all(inspecting);
    const paths = new Set([...wanted, ...skipped].map(({ path }) => path));
    const named = [...paths].map((path) => ({ path, base: false, head: true }));
    names = await findSecretPaths(named, engine.pool, now, { team: prepared.team });
  } finally {
    progress.clear();
    await engine.close();
  }
  const inspected = [...inspections].map(([path, head]) => ({ path, previousPath: null, base: NO_INSPECTION, head }));
  const { rules, ignoredBy, ...said } = prepared;
  const counting = await checkVersions(inspected, rules, manifestsOnDisk);
  const told = policy.archivesAboveLimit === 'finding' ? withArchiveFindings(counting, skipped) : counting;
  const { judged } = compare([...told, ...names.files], { refuseNew: false, ignoredBy, rules });
  const all = [...skipped, ...inspected.flatMap(({ head }) => head.skipped), ...names.skipped];
  const coverage = {
    analysed: inspected.filter(({ head }) => head.analysed).length,
    changed: files.length,
    skipped: all,
  };
  const verdict = names.hide(
    mergeSecrets(
      decide({
        policy,
        judged,
        addedSuppressions: [],
        coverage,
        notes: [...notes, ...said.notes],
        broken: broken || said.broken,
        rules,
      }),
    ),
  );
  return report(verdict, {
    ...output,
    problems: engine.problems,
    soundPolicy: !(broken || said.broken),
    base: null,
    head: null,
  });
}

async function readTeamFile(path: string): Promise<TeamText | null> {
  const bytes = await readFile(join('.', path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new AppError('unreadable-path', `${path}: ${error.message}`, { cause: error });
  });
  return bytes === null ? null : decodeTeamText(bytes);
}

/** The policy of the working folder, as it stands on disk. */
async function loadPolicy(): Promise<EffectivePolicy> {
  const text = await readFile(join('.', POLICY_PATH), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new AppError('unreadable-path', `${POLICY_PATH}: ${error.message}`, { cause: error });
  });
  return effectivePolicy({ organization: null, repository: text === null ? null : parsePolicy(text, POLICY_PATH) });
}
