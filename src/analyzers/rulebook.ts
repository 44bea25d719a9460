/** Reads rule files from disk: the folder's listing is the registry, and the file name's ending says which analyzer it is for. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '#domain/errors.ts';
import type { RuleFile } from '#domain/rule.ts';

/** The rules that Assay ships. */
export const BUILT_IN_RULES = fileURLToPath(new URL('../../rules', import.meta.url));

export interface RuleSources {
  /** Files or folders, in order. */
  readonly paths: readonly string[];
}

export interface Rulebook {
  /** Semgrep YAML. */
  readonly code: readonly RuleFile[];
  /** Gitleaks TOML. */
  readonly secrets: readonly RuleFile[];
  /** What vendors may be asked about the secrets that these find. */
  readonly verification: readonly RuleFile[];
  /** Hex; changes when any rule changes. */
  readonly digest: string;
}

/** @throws AppError `unreadable-path` for a path that cannot be read, `invalid-rules` for one that holds no rules. */
export function readRulebook(sources: RuleSources): Rulebook {
  const files = sources.paths.flatMap((path) => readSource(path));
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.path).update('\0').update(file.text).update('\0');
  return {
    code: files.filter((file) => isCode(file.path)),
    secrets: files.filter((file) => file.path.endsWith('.toml')),
    verification: files.filter((file) => isVerification(file.path)),
    digest: hash.digest('hex').slice(0, 32),
  };
}

function readSource(path: string): RuleFile[] {
  if (!stat(path).isDirectory()) {
    if (!isCode(path) && !path.endsWith('.toml')) {
      throw new AppError(
        'invalid-rules',
        `${path}: not a rule file: Semgrep rules end in .yaml or .yml, Gitleaks rules in .toml`,
      );
    }
    return [{ path, text: read(path) }];
  }
  const readAll = (names: readonly string[]) =>
    names.map((name) => ({
      path: displayPath(path, name),
      text: read(join(path, name)),
      shipped: path === BUILT_IN_RULES,
    }));
  const rules = readAll(listRuleFiles(path)).filter((file) => holdsRules(file));
  if (rules.length === 0)
    throw new AppError('invalid-rules', `${path}: no rules in this folder (*.yaml, *.yml, *.toml)`);
  return [...rules, ...readAll(listFiles(path, isVerification))];
}

/** Paths of rule files below a folder, relative to it, sorted; hidden folders and node_modules are passed over. */
export function listRuleFiles(folder: string): string[] {
  return listFiles(folder, (name) => isCode(name) || name.endsWith('.toml'));
}

function listFiles(folder: string, isWanted: (name: string) => boolean): string[] {
  const names: string[] = [];
  const walk = (below: string): void => {
    for (const entry of readFolder(join(folder, below))) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) walk(name);
      else if (isWanted(name)) names.push(name);
    }
  };
  walk('');
  return names.sort();
}

function isCode(path: string): boolean {
  return /\.ya?ml$/.test(path) && !/\.(?:samples|test|fixed|verify|forms)\.ya?ml$/.test(path);
}

function isVerification(path: string): boolean {
  return path.endsWith('.verify.yaml');
}

/** In a folder, a YAML or TOML file without rules is somebody's configuration and none of ours. */
function holdsRules(file: RuleFile): boolean {
  return file.path.endsWith('.toml')
    ? /^\s*\[\[?\s*(?:rules|allowlists?)\b/m.test(file.text)
    : /^["']?rules["']?\s*:/m.test(file.text);
}

function displayPath(folder: string, name: string): string {
  return folder === BUILT_IN_RULES ? `rules/${name}` : relative('.', join(folder, name)) || name;
}

function stat(path: string) {
  try {
    return statSync(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code;
  const why =
    code === 'ENOENT' ? 'no such file or folder' : code === 'EACCES' ? 'permission denied' : String(code ?? cause);
  return new AppError('unreadable-path', `${path}: ${why}`, { cause });
}
