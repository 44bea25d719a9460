/** Secrets in what goes with a change besides the files at its ends: earlier commits, their messages, a title, a description. */
import type { InspectionPool, RunOptions } from '#analyzers/run.ts';
import { type CompareOptions, compare } from '#baseline/compare.ts';
import { joinPlaces } from '#baseline/merge-secrets.ts';
import type { WholeChange } from '#domain/change-set.ts';
import type { Finding } from '#domain/finding.ts';
import type { History } from '#domain/history.ts';
import { type InspectedFile, type Inspection, type InspectionTask, NO_INSPECTION } from '#domain/inspection.ts';
import type { ChangeText } from '#domain/location.ts';
import type { Skipped } from '#domain/skipped.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import type { SecretPaths } from './secret-paths.ts';

/** What a pull request says of itself. */
export interface PullTexts {
  readonly title: string;
  readonly description: string;
}

/** What the ends of the change have been found to hold, in the order of the change's files. */
export interface Ends {
  readonly inspected: readonly InspectedFile[];
  readonly names: SecretPaths;
}

export interface PastOptions extends RunOptions, CompareOptions {
  readonly pool: InspectionPool;
  readonly now: Date;
}

export interface Past {
  readonly judged: readonly JudgedFinding[];
  readonly skipped: readonly Skipped[];
}

/** A text of the change that is no file, and the commit whose message it is. */
interface Text {
  readonly kind: ChangeText;
  readonly content: string;
  readonly commit?: string;
}

/**
 * A commit brings a secret where a file of it has one that no file had which the commit changed. What stood before the change
 * is not brought by it, and what the head has is told there: the rest is in the history alone.
 */
export async function inspectHistory(
  change: WholeChange,
  pull: PullTexts | null,
  { inspected, names }: Ends,
  options: PastOptions,
): Promise<Past> {
  const { history } = change;
  const texts = textsOf(pull, history);
  const read = await readAll(history, texts, options);
  const contents = new Map([...endsByOid(change, inspected), ...read.contents]);

  const ends = [...inspected, ...names.files];
  const head = secretsIn(ends.flatMap((file) => file.head.findings));
  const base = secretsIn([
    ...ends.flatMap((file) => file.base.findings),
    ...earlierContents(history).flatMap((oid) => contents.get(oid)?.findings ?? []),
  ]);
  const brought = history.changes.flatMap(({ commit, path, oid }) => {
    const inspection = oid === null ? undefined : read.contents.get(oid);
    return inspection === undefined ? [] : [placed(inspection, { path, commit })];
  });
  const replaced = replacedSecrets(history, contents);
  const isBrought = ({ fingerprint, location }: Finding) =>
    !head.has(fingerprint) && !base.has(fingerprint) && !replaced.get(location.commit!)?.has(fingerprint);
  const past = judgeAll([...brought, { ...NO_INSPECTION, findings: names.past }], options)
    .filter(isBrought)
    .map((finding): JudgedFinding => (finding.state === 'new' ? { ...finding, state: 'history' } : finding));

  const said = texts.map(({ kind, commit }, index) =>
    placed(read.texts[index]!, { path: nameOf(kind, commit), text: kind, ...(commit === undefined ? {} : { commit }) }),
  );
  const inTexts = judgeAll(said, options).map(
    (finding): JudgedFinding =>
      finding.state === 'new' && base.has(finding.fingerprint) ? { ...finding, state: 'known' } : finding,
  );
  const skipped = [...read.contents.values(), ...read.texts].flatMap((one) => one.skipped);
  return { judged: [...inTexts, ...joinPlaces(past)], skipped: [...history.skipped, ...skipped] };
}

function textsOf(pull: PullTexts | null, { messages }: History): Text[] {
  const texts: Text[] = [
    { kind: 'title', content: pull?.title ?? '' },
    { kind: 'description', content: pull?.description ?? '' },
    ...messages.map(({ commit, text }): Text => ({ kind: 'message', content: text, commit })),
  ];
  return texts.filter(({ content }) => content !== '');
}

function nameOf(kind: ChangeText, commit: string | undefined): string {
  return commit === undefined ? `(the ${kind})` : `(the message of commit ${commit.slice(0, 12)})`;
}

/** Each content once, by the detectors of secrets alone. */
async function readAll(history: History, texts: readonly Text[], { pool, now, team, signal }: PastOptions) {
  const common = { side: 'head', now: now.getTime(), analyzers: ['secrets'] } as const;
  const oids = [...history.contents.keys()];
  const first = new Map(
    history.changes.toReversed().flatMap((one) => [...one.before, one.oid].map((oid) => [oid, one] as const)),
  );
  const tasks: InspectionTask[] = [
    ...oids.map((oid) => {
      const { path, commit } = first.get(oid)!;
      return { ...common, path, commit, bytes: history.contents.get(oid)! };
    }),
    ...texts.map(({ kind, content, commit }) => ({
      ...common,
      path: nameOf(kind, commit),
      bytes: new TextEncoder().encode(content),
      ...(commit === undefined ? {} : { commit }),
    })),
  ];
  const found = await pool.run(tasks, {
    ...(team === undefined ? {} : { team }),
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    contents: new Map(oids.map((oid, index) => [oid, found[index]!])),
    texts: found.slice(oids.length),
  };
}

function endsByOid({ files }: WholeChange, inspected: readonly InspectedFile[]): Map<string, Inspection> {
  return new Map(
    files.flatMap(({ base, head }, index) => [
      ...(base === null ? [] : [[base.oid, inspected[index]!.base] as const]),
      ...(head === null ? [] : [[head.oid, inspected[index]!.head] as const]),
    ]),
  );
}

function secretsIn(findings: readonly Finding[]): Set<string> {
  return new Set(findings.filter(({ evidence }) => evidence !== undefined).map(({ fingerprint }) => fingerprint));
}

/** What the commits replaced and none of those before had brought: it stood there before the change. */
function earlierContents({ changes }: History): string[] {
  const brought = new Set<string>();
  const earlier = new Set<string>();
  for (const { oid, before } of changes) {
    for (const one of before) if (!brought.has(one)) earlier.add(one);
    if (oid !== null) brought.add(oid);
  }
  return [...earlier];
}

/** By commit, the secrets in all that it replaced: it has not brought them, also where it moved them to another file. */
function replacedSecrets({ changes }: History, contents: ReadonlyMap<string, Inspection>): Map<string, Set<string>> {
  const byCommit = Map.groupBy(changes, ({ commit }) => commit);
  return new Map(
    [...byCommit].map(([commit, group]) => {
      const findings = group.flatMap(({ before }) => before.flatMap((oid) => contents.get(oid)?.findings ?? []));
      return [commit, secretsIn(findings)] as const;
    }),
  );
}

/** As it stands there, its suppressions too. */
function placed(inspection: Inspection, place: { path: string; commit?: string; text?: ChangeText }): Inspection {
  const move = <T extends { readonly location: Finding['location'] }>(one: T): T => ({
    ...one,
    location: { ...one.location, ...place },
  });
  return { ...inspection, findings: inspection.findings.map(move), suppressions: inspection.suppressions.map(move) };
}

/** A comment counts in an earlier commit as it does at the head. */
function judgeAll(inspections: readonly Inspection[], options: CompareOptions): JudgedFinding[] {
  const files = inspections.map((head) => ({ path: '', previousPath: null, base: NO_INSPECTION, head }));
  return compare(files, options).judged.filter(({ evidence }) => evidence !== undefined);
}
