/** Every language that rules may be written for, loaded once for each thread. */
import { loadPythonParser, type PythonParser } from '#analyzers/sast/syntax/parser.ts';
import { createBash } from './bash/bash.ts';
import { loadBashParser } from './bash/read-bash.ts';
import { createJson, createYaml } from './data/data-language.ts';
import { loadJsonParser } from './data/read-json.ts';
import { createPython } from './python.ts';
import type { LanguageName, TargetLanguage } from './target-language.ts';
import { createGeneric, createRegex } from './text.ts';

export interface Languages {
  /** Reads the small language of metavariable-comparison too. */
  readonly parser: PythonParser;
  /** In the order in which they are asked; null for one that does not run here. */
  get(name: LanguageName): TargetLanguage | null;
}

let loading: Promise<Languages> | null = null;

export function loadLanguages(): Promise<Languages> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Languages> {
  // One after the other: two that start tree-sitter at once would start it twice, each with a memory of its own.
  const parser = await loadPythonParser();
  const parseJson = await loadJsonParser();
  const parseBash = await loadBashParser();
  const data = [createYaml(), createJson(parseJson), createBash(parseBash)];
  const list = [createPython(parser), createGeneric(), createRegex(), ...data];
  const all = new Map<LanguageName, TargetLanguage>(list.map((language) => [language.name, language]));
  return { parser, get: (name) => all.get(name) ?? null };
}

/** What rules call the languages. Source: https://semgrep.dev/docs/supported-languages, "language keys". */
const NAMES: Readonly<Record<string, LanguageName>> = {
  ...{ python: 'python', py: 'python', python2: 'python', python3: 'python' },
  ...{ generic: 'generic', spacegrep: 'generic', aliengrep: 'generic', regex: 'regex', none: 'regex' },
  ...{ yaml: 'yaml', json: 'json', bash: 'bash', sh: 'bash' },
};

/** Null for a language that no rule here may be written for. */
export function languageNamed(name: string): LanguageName | null {
  return NAMES[name.toLowerCase()] ?? null;
}
