/** Every language that rules may be written for, loaded once for each thread. */
import { loadPythonParser, type PythonParser } from '#analyzers/sast/syntax/parser.ts';
import { createPython } from './python.ts';
import type { LanguageName, TargetLanguage } from './target-language.ts';

export interface Languages {
  /** Reads the small language of metavariable-comparison too. */
  readonly parser: PythonParser;
  /** In the order in which they are asked; null for one that does not run here. */
  get(name: LanguageName): TargetLanguage | null;
}

export async function loadLanguages(): Promise<Languages> {
  const parser = await loadPythonParser();
  const all = new Map<LanguageName, TargetLanguage>([['python', createPython(parser)]]);
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
