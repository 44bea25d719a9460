/** The versions of packages that a file of the repository runs with, as the manifests nearest to it tell. */
import type { VersionCondition } from '#domain/rule.ts';
import { type Pinned, packageName } from './pinned.ts';
import { LOCKS, MANIFESTS, readManifest } from './read-manifest.ts';
import { isWithin, overlaps, versionRange } from './version-range.ts';

export interface Environment {
  /** True where a finding in the file counts under the condition. */
  holds(condition: VersionCondition, path: string): boolean;
}

/** The manifests that may speak of these files: of the root, then of the folders on their way, so many in all. */
export function manifestPaths(paths: ReadonlySet<string>, maxFolders: number): string[] {
  const folders = [...new Set([...paths].flatMap((path) => foldersOf(path).reverse()))].slice(0, maxFolders);
  return folders.flatMap((folder) => [...Object.keys(LOCKS), ...Object.keys(MANIFESTS)].map((name) => folder + name));
}

/** `texts` are the manifests that exist, by path. */
export function createEnvironment(texts: ReadonlyMap<string, string>): Environment {
  const folders = new Map<string, { locks: Pinned[]; manifests: Pinned[] }>();
  for (const [path, text] of texts) {
    const at = path.lastIndexOf('/') + 1;
    const [folder, name] = [path.slice(0, at), path.slice(at)];
    const known = folders.get(folder) ?? { locks: [], manifests: [] };
    folders.set(folder, known);
    (name in LOCKS ? known.locks : known.manifests).push(readManifest(name, text));
  }

  /** What the nearest folder that names the package says of it; empty where none does. */
  function specifiers(name: string, path: string): readonly string[] {
    for (const folder of foldersOf(path)) {
      const { locks = [], manifests = [] } = folders.get(folder) ?? {};
      for (const group of [locks, manifests]) {
        const said = group.flatMap((pinned) => pinned.get(packageName(name)) ?? []);
        if (said.length > 0) return said;
      }
    }
    return [];
  }

  return {
    holds(condition, path) {
      const asked = versionRange(condition.version);
      const ranges = specifiers(condition.package, path).map(versionRange);
      if (condition.unknown === 'skip') return ranges.length > 0 && ranges.every((range) => isWithin(range, asked));
      return ranges.length === 0 || ranges.some((range) => overlaps(range, asked));
    },
  };
}

/** From the file's own folder up to the root, each with `/` at its end; the root is ''. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.map((_, i) => `${parts.slice(0, parts.length - i).join('/')}/`), ''];
}
