/** A manifest or a lock file to the versions that it names. A file that cannot be read names none. */
import { parse as parseToml } from 'smol-toml';
import { Lexer, parse as parseYaml } from 'yaml';
import { createPinned, type Pinned } from './pinned.ts';
import { readRequirement } from './requirement-line.ts';

type Entry = readonly [name: string, specifier: string];
type Reader = (text: string) => Entry[];

/** Lock files say what is installed, the others what may be. In a folder a lock's word counts before a manifest's. */
export const LOCKS: Readonly<Record<string, Reader>> = {
  'uv.lock': readLockedPackages,
  'poetry.lock': readLockedPackages,
  'pdm.lock': readLockedPackages,
  'Pipfile.lock': readPipfileLock,
};

export const MANIFESTS: Readonly<Record<string, Reader>> = {
  'requirements.txt': readRequirements,
  'pyproject.toml': readPyproject,
  'environment.yml': readCondaEnvironment,
};

/** A larger file is not read (UTF-16 units). */
export const MAX_MANIFEST_LENGTH = 5_000_000;
/** Of a conda environment: the YAML parser's time grows with the square of a hostile file's commas, and there is no thread to end. */
export const MAX_YAML_TOKENS = 12_000;

export function readManifest(name: string, text: string): Pinned {
  const read = LOCKS[name] ?? MANIFESTS[name];
  if (read === undefined || text.length > MAX_MANIFEST_LENGTH) return createPinned([]);
  try {
    return createPinned(read(text));
  } catch {
    // Neither TOML, JSON nor YAML: pip and its kind would not read it either.
    return createPinned([]);
  }
}

function readRequirements(text: string): Entry[] {
  return requirements(text.replace(/\\\r?\n/g, ' ').split(/\r?\n/));
}

function requirements(lines: unknown): Entry[] {
  return list(lines)
    .map((line) => (typeof line === 'string' ? readRequirement(line) : null))
    .filter((entry) => entry !== null);
}

function readLockedPackages(text: string): Entry[] {
  return list(record(parseToml(text)).package).flatMap((item) => {
    const { name, version } = record(item);
    return typeof name === 'string' && typeof version === 'string' ? [[name, `==${version}`] as const] : [];
  });
}

function readPipfileLock(text: string): Entry[] {
  const { default: runtime, develop } = record(JSON.parse(text));
  return [runtime, develop].flatMap((group) => specifiers(record(group)));
}

function readPyproject(text: string): Entry[] {
  const { project, tool, 'dependency-groups': groups } = record(parseToml(text));
  const { dependencies, 'optional-dependencies': extras } = record(project);
  const { poetry } = record(tool);
  const { dependencies: main, group } = record(poetry);
  return [
    ...requirements(dependencies),
    ...[...Object.values(record(extras)), ...Object.values(record(groups))].flatMap(requirements),
    ...specifiers(record(main)),
    ...Object.values(record(group)).flatMap((part) => specifiers(record(record(part).dependencies))),
  ];
}

/** Conda joins name, version and build by `=`; what pip installs is a list within the list. */
function readCondaEnvironment(text: string): Entry[] {
  if (hasTooManyTokens(text)) return [];
  return list(record(parseYaml(text, { maxAliasCount: 100, uniqueKeys: false })).dependencies).flatMap((item) => {
    if (typeof item !== 'string') return requirements(record(item).pip);
    const [, name, specifier = ''] = /^(?:[\w.-]+::)?([\w.-]+)\s*([=~<>!][^\s]*)?/.exec(item) ?? [];
    return name === undefined ? [] : [[name, specifier.replace(/^(=[^=]+)=[^=]*$/, '$1')] as const];
  });
}

function hasTooManyTokens(text: string): boolean {
  let count = 0;
  for (const _ of new Lexer().lex(text)) if (++count > MAX_YAML_TOKENS) return true;
  return false;
}

/** `torch = "^2.1"` and `torch = { version = "^2.1" }`. */
function specifiers(table: Record<string, unknown>): Entry[] {
  return Object.entries(table).map(([name, value]) => {
    const specifier = typeof value === 'string' ? value : record(value).version;
    return [name, typeof specifier === 'string' && specifier !== '*' ? specifier : ''];
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
