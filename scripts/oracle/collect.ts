/** Finds rule files and the targets that belong to them: the layout of Semgrep's own rule repositories. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpack } from '#unpack/unpack.ts';
import type { Case, Shown } from './case.ts';

const BUILT_IN_RULES = fileURLToPath(new URL('../../rules', import.meta.url));

type Target = Case['target'];

/** Assay's own rules over their annotated targets. */
export function builtInCases(shown: Shown): Case[] {
  return givenCases(BUILT_IN_RULES, BUILT_IN_RULES, false, shown);
}

/** `rules` and `targets` are files or folders; with `cross` every rule file runs over every target. */
export function givenCases(rules: string, targets: string, cross: boolean, shown: Shown): Case[] {
  const ruleFiles = filesBelow(rules).filter(isRuleFile);
  const single = statSync(targets).isFile();
  const candidates = filesBelow(targets).filter((path) => !isRuleFile(path) && !/\.fixed\.\w+$/.test(path));
  const read = new Map<string, Target[]>();
  return ruleFiles.flatMap((rulePath) => {
    const own = candidates.filter((path) => cross || single || isBeside(rulePath, rules, path, targets));
    const text = readFileSync(rulePath, 'utf8');
    return own.flatMap((path) => {
      const found = read.get(path) ?? readTarget(path);
      read.set(path, found);
      return found.map((target) => ({
        name: `${relative('.', rulePath)} over ${relative('.', path)}${found.length > 1 ? ` ${target.path}` : ''}`,
        rules: { path: rulePath, text },
        target,
        shown,
      }));
    });
  });
}

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => !/(?:^|\/)(?:\.[^/]+|node_modules)\//.test(relative(path, name)))
    .sort();
}

function isRuleFile(path: string): boolean {
  if (!/\.ya?ml$/.test(path) || /\.(?:test|fixed|samples)\.ya?ml$/.test(path)) return false;
  return /^["']?rules["']?\s*:/m.test(readFileSync(path, 'utf8'));
}

/** `a/foo.yaml` is proved by `a/foo.py`, `a/foo.test.yaml` and the like. */
function isBeside(rulePath: string, rules: string, path: string, targets: string): boolean {
  const stem = basename(rulePath).replace(/\.ya?ml$/, '');
  const name = basename(path);
  const sameFolder = dirname(relative(rules, rulePath)) === dirname(relative(targets, path));
  return name.startsWith(`${stem}.`) && sameFolder;
}

/** Semgrep reads no notebooks: it is asked about the module that Assay makes of one. */
function readTarget(path: string): Target[] {
  const bytes = readFileSync(path);
  if (!path.endsWith('.ipynb')) return [{ path: basename(path), bytes }];
  const modules = unpack(path, bytes).parts.filter((part) => part.kind === 'source' && part.language === 'python');
  return modules.map(({ text }, i) => ({
    path: `${basename(path, '.ipynb')}-${i + 1}.py`,
    bytes: new TextEncoder().encode(text),
  }));
}
