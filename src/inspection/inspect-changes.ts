/** Both sides of every changed file, inspected in threads and put together again file by file. */
import type { InspectionPool, RunOptions } from '#analyzers/run.ts';
import type { ChangeSet, WholeChange } from '#domain/change-set.ts';
import { type InspectedFile, type Inspection, type InspectionTask, NO_INSPECTION } from '#domain/inspection.ts';
import type { Skipped } from '#domain/skipped.ts';
import type { Coverage } from '#domain/verdict.ts';
import type { NamedPath } from './secret-paths.ts';

export async function inspectChanges(
  changes: ChangeSet,
  pool: InspectionPool,
  now: Date,
  options: RunOptions,
): Promise<InspectedFile[]> {
  const tasks: InspectionTask[] = [];
  const plan = changes.files.map((file) => {
    const add = (side: 'base' | 'head', path: string): number | null => {
      const content = file[side];
      return content === null ? null : tasks.push({ path, side, bytes: content.bytes, now: now.getTime() }) - 1;
    };
    return { file, base: add('base', file.previousPath ?? file.path), head: add('head', file.path) };
  });
  const inspections = await pool.run(tasks, options);
  const pick = (index: number | null): Inspection => (index === null ? NO_INSPECTION : inspections[index]!);
  return plan.map(({ file, base, head }) => {
    const { path, previousPath } = file;
    return { path, previousPath, base: pick(base), head: pick(head) };
  });
}

/** What of the change was read on the head side, and everything that was not. */
export function coverageOf(
  changes: ChangeSet,
  inspected: readonly InspectedFile[],
  more: readonly Skipped[] = [],
): Coverage {
  const skipped: Skipped[] = [
    ...changes.skipped,
    ...inspected.flatMap(({ base, head }) => [...base.skipped, ...head.skipped]),
    ...more,
  ];
  const paths = new Set([
    ...changes.files.filter(({ status }) => status !== 'removed').map(({ path }) => path),
    ...changes.skipped.filter(isHead).map(({ path }) => path),
  ]);
  return { analysed: inspected.filter(({ head }) => head.analysed).length, changed: paths.size, skipped };
}

/** Every path that the change names, with the sides that have it, earlier commits included; what is not read has a name too. */
export function pathsOf({ files, skipped, history }: WholeChange): NamedPath[] {
  const first = new Map(history.changes.toReversed().map((one) => [one.path, one]));
  return [
    ...files.flatMap(({ path, previousPath, status }) => [
      { path, base: status !== 'added' && previousPath === null, head: status !== 'removed' },
      ...(previousPath === null ? [] : [{ path: previousPath, base: true, head: false }]),
    ]),
    ...skipped.map(({ path, side, reason }) => {
      const counts = reason !== 'ignored-by-policy';
      return { path, base: counts && side === 'base', head: counts && side === 'head' };
    }),
    // A path that the first commit to touch it found there is no commit's own.
    ...[...first.values()].map(({ path, commit, before }) => {
      const brought = before.length === 0 ? { commit } : {};
      return { path, base: false, head: false, ...brought };
    }),
  ];
}

function isHead({ side }: Skipped): boolean {
  return side === 'head';
}
