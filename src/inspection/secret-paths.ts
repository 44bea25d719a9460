/** Secrets in the names of files: found like any others, and then taken out of every place where a verdict would name the file. */
import type { InspectionPool, RunOptions } from '#analyzers/run.ts';
import type { Finding } from '#domain/finding.ts';
import { type InspectedFile, NO_INSPECTION } from '#domain/inspection.ts';
import type { Skipped } from '#domain/skipped.ts';
import type { Verdict } from '#domain/verdict.ts';

/** A path of the change and the sides that have it; a path may come more than once. */
export interface NamedPath {
  readonly path: string;
  readonly base: boolean;
  readonly head: boolean;
  /** Set where an earlier commit has it: only the first such counts. */
  readonly commit?: string;
}

export interface SecretPaths {
  /** For the baseline: a file's name as a file of its own. Its paths are still in clear; `hide` takes that away. */
  readonly files: readonly InspectedFile[];
  /** In names that only an earlier commit has, in clear as well. */
  readonly past: readonly Finding[];
  /** Set when the names could not be read. */
  readonly skipped: readonly Skipped[];
  /** The verdict without the secrets of file names; a location that had one is marked. */
  hide(verdict: Verdict): Verdict;
}

/** What the list of names is called where it could not be read. */
export const NAMES = '(the names of the files)';

/** All names are one text for the detectors, a line each: that costs one more task, whatever the number of files. */
export async function findSecretPaths(
  named: readonly NamedPath[],
  pool: Pick<InspectionPool, 'run'>,
  now: Date,
  { team, signal }: RunOptions,
): Promise<SecretPaths> {
  const places = new Map<string, NamedPath>();
  for (const one of named) {
    const known = places.get(one.path);
    const sides = { base: one.base || known?.base === true, head: one.head || known?.head === true };
    places.set(one.path, { ...one, ...known, ...sides });
  }
  const paths = [...places.keys()];
  if (paths.length === 0) return { files: [], past: [], skipped: [], hide: (verdict) => verdict };
  const [names] = await pool.run([{ path: NAMES, side: 'head', bytes: textOfNames(paths), now: now.getTime() }], {
    ...(team === undefined ? {} : { team }),
    ...(signal === undefined ? {} : { signal }),
  });
  const found = names!.findings.filter(
    ({ evidence, location }) => evidence !== undefined && location.startLine === location.endLine,
  );
  const byPath = [...Map.groupBy(found, ({ location }) => paths[location.startLine - 1]!)];
  const shown = new Map(byPath.map(([path, findings]) => [path, redactPath(path, findings)]));
  return {
    files: byPath.map(([path, findings]) => toFile(findings, places.get(path)!)),
    past: byPath.flatMap(([path, findings]) => inThePast(findings, places.get(path)!)),
    skipped: names!.skipped,
    hide: (verdict) => (shown.size === 0 ? verdict : hideIn(verdict, shown)),
  };
}

/** A line for each path. */
export function textOfNames(paths: readonly string[]): Uint8Array {
  return new TextEncoder().encode(paths.map((path) => path.replace(/\p{Cc}/gu, ' ')).join('\n'));
}

function redactPath(path: string, findings: readonly Finding[]): string {
  const inOrder = findings.toSorted((a, b) => b.location.startColumn - a.location.startColumn);
  return inOrder.reduce(
    (rest, { location }) => `${rest.slice(0, location.startColumn - 1)}…${rest.slice(location.endColumn - 1)}`,
    path,
  );
}

function toFile(findings: readonly Finding[], { path, base, head }: NamedPath): InspectedFile {
  const on = (side: boolean) => (side ? { ...NO_INSPECTION, findings: inName(findings, { path }) } : NO_INSPECTION);
  return { path, previousPath: null, base: on(base), head: on(head) };
}

function inThePast(findings: readonly Finding[], { path, base, head, commit }: NamedPath): Finding[] {
  return base || head || commit === undefined ? [] : inName(findings, { path, commit });
}

function inName(findings: readonly Finding[], place: { path: string; commit?: string }): Finding[] {
  const location = { ...place, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  return findings.map((finding) => ({
    ...finding,
    location,
    evidence: { ...finding.evidence!, inFileName: true },
  }));
}

/** Every text of the verdict that names such a path; what rules say of themselves names none. */
function hideIn(verdict: Verdict, shown: ReadonlyMap<string, string>): Verdict {
  // A path that holds another one goes first.
  const replacements = [...shown].toSorted(([a], [b]) => b.length - a.length);
  const hideText = (text: string) => replacements.reduce((rest, [path, short]) => rest.replaceAll(path, short), text);
  const hide = (value: unknown): unknown => {
    if (typeof value === 'string') return hideText(value);
    if (Array.isArray(value)) return value.map(hide);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, one]) => [key, hide(one)] as const);
    const hidden = Object.fromEntries(entries);
    const isLocation = 'startLine' in value && 'path' in value;
    return isLocation && hidden.path !== value.path ? { ...hidden, redacted: true } : hidden;
  };
  return { ...(hide({ ...verdict, rules: [] }) as Verdict), rules: verdict.rules };
}
