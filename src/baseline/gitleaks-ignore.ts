/** Reads `.gitleaksignore`: places that a team has accepted, as `file:rule:line` or `commit:file:rule:line`. */
import type { Finding } from '#domain/finding.ts';
import type { SecretEvidence } from '#domain/secret-evidence.ts';
import type { Suppression } from '#domain/suppression.ts';

export interface IgnoredPlace {
  /** The commit that brought it, where the entry names one. */
  readonly commit: string | null;
  readonly path: string;
  readonly ruleId: string;
  readonly line: number;
  /** The entry's own line in the file, from 1. */
  readonly at: number;
}

/** `broken` are the lines that say no place; Gitleaks passes over them. */
export function parseGitleaksIgnore(text: string): { places: IgnoredPlace[]; broken: number[] } {
  const places: IgnoredPlace[] = [];
  const broken: number[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const entry = written.trim();
    if (entry === '' || entry.startsWith('#')) continue;
    const match = /^(?:([0-9a-f]{7,64}):)?([^:].*):([^:]+):(\d{1,9})$/i.exec(entry);
    if (match === null) broken.push(index + 1);
    else {
      const [, commit, path, ruleId, line] = match;
      const normal = path!.replaceAll('\\', '/').replace(/^\.\//, '');
      places.push({ commit: commit ?? null, path: normal, ruleId: ruleId!, line: Number(line), at: index + 1 });
    }
  }
  return { places, broken };
}

export type IgnoredBy = (finding: Finding, wasThere: boolean) => Suppression | undefined;

/**
 * An entry that names a commit speaks of the secret which that commit brought: of nothing that is new at the head. One whose
 * rule is none of those that ran names a rule of Gitleaks' own default, and speaks of any secret on its line.
 */
export function createIgnores(places: readonly IgnoredPlace[], file: string, rules: ReadonlySet<string>): IgnoredBy {
  const byPath = Map.groupBy(places, ({ path }) => path);
  return ({ analyzer, ruleId, location, evidence }, wasThere) => {
    if (analyzer !== 'secrets') return undefined;
    const { path, from, to } = asGitleaksNames(location, evidence?.matchLines);
    const place = byPath.get(path)?.find((one) => {
      const onLine = one.line >= from && one.line <= to;
      const names = one.ruleId === ruleId || evidence?.alsoFoundBy?.includes(one.ruleId) || !rules.has(one.ruleId);
      if (!onLine || !names) return false;
      if (one.commit === null) return true;
      return location.commit === undefined ? wasThere : location.commit.startsWith(one.commit.toLowerCase());
    });
    if (place === undefined) return undefined;
    const start = { startLine: place.at, startColumn: 1, endLine: place.at, endColumn: 1 };
    return {
      ruleIds: [place.ruleId],
      marker: '.gitleaksignore',
      reason: '',
      until: '',
      location: { path: file, ...start },
      coversFrom: location.startLine,
      coversTo: location.endLine,
      problem: null,
    };
  };
}

/** The lines are those of the whole match. In an archive the entry is part of the path, and lines are its own. */
function asGitleaksNames(
  { path, startLine, endLine, entry }: Finding['location'],
  lines?: SecretEvidence['matchLines'],
) {
  if (entry === undefined) return { path, from: startLine, to: endLine, ...lines };
  const named = entry.path === '' ? path : `${path}!${entry.path}`;
  return { path: named, from: entry.line, to: entry.line, ...lines };
}
