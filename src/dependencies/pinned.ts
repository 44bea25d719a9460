/** What a manifest says of the packages that a project runs with. */

/** Names as PyPI compares them (lower case, `-` for `_` and `.`), with the specifiers that stand for each. */
export type Pinned = ReadonlyMap<string, readonly string[]>;

/** Conda's names where PyPI has others. */
const CONDA_NAMES: Readonly<Record<string, string>> = {
  pytorch: 'torch',
  'pytorch-cpu': 'torch',
  'pytorch-gpu': 'torch',
};

/** Of one package; a manifest that says more of it says nothing. */
export const MAX_SPECIFIERS = 100;

export function createPinned(entries: Iterable<readonly [name: string, specifier: string]>): Pinned {
  const pinned = new Map<string, Set<string>>();
  for (const [name, specifier] of entries) {
    const key = packageName(name);
    const known = pinned.get(key);
    if (known === undefined) pinned.set(key, new Set([specifier]));
    else known.add(known.size < MAX_SPECIFIERS ? specifier : '');
  }
  return new Map([...pinned].map(([name, specifiers]) => [name, [...specifiers]]));
}

/** Source: https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function packageName(name: string): string {
  const normal = name.toLowerCase().replace(/[-_.]+/g, '-');
  return CONDA_NAMES[normal] ?? normal;
}
