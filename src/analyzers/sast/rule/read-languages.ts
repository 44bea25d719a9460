/** A rule's `languages`: which of them it runs for here, and which names are none. */
import { type Languages, languageNamed } from '#analyzers/sast/language/languages.ts';
import type { TargetLanguage } from '#analyzers/sast/language/target-language.ts';

/** Semgrep's names of languages that no rule runs for here. Source: https://semgrep.dev/docs/supported-languages */
const OTHERS: ReadonlySet<string> = new Set([
  ...['apex', 'c', 'c++', 'cpp', 'c#', 'csharp', 'cairo', 'circom', 'clojure', 'dart', 'docker', 'dockerfile'],
  ...['elixir', 'ex', 'go', 'golang', 'gosu', 'hack', 'hcl', 'terraform', 'tf', 'html', 'java', 'javascript', 'js'],
  ...['jsonnet', 'julia', 'kotlin', 'kt', 'lisp', 'lua', 'move_on_aptos', 'move_on_sui', 'objc', 'objectivec'],
  ...['objective-c', 'ocaml', 'openfga', 'fga', 'php', 'powershell', 'promql', 'proto', 'proto3', 'protobuf', 'r'],
  ...['ruby', 'rust', 'scala', 'scheme', 'solidity', 'sol', 'swift', 'ts', 'typescript', 'vue', 'xml'],
]);

export type LanguageProblem = { readonly kind: 'invalid' | 'unsupported'; readonly message: string };

/** Of several names those count that run here; a name that is none spoils the rule, as in Semgrep. */
export function readLanguages(names: readonly string[], languages: Languages): TargetLanguage[] | LanguageProblem {
  const stranger = names.find((name) => languageNamed(name) === null && !OTHERS.has(name.toLowerCase()));
  if (stranger !== undefined) return { kind: 'invalid', message: `\`${stranger}\` is no language` };
  if (names.length > 1 && names.some(isForText))
    return { kind: 'invalid', message: '`generic` and `regex` stand alone under `languages`' };
  const known = new Set(names.map(languageNamed).filter((name) => name !== null));
  const found = [...known].map((name) => languages.get(name)).filter((language) => language !== null);
  if (found.length > 0) return found;
  return { kind: 'unsupported', message: `rules for ${names.join(', ')} do not run here` };
}

/** Such a rule's patterns mean something else in every other language. */
function isForText(name: string): boolean {
  const language = languageNamed(name);
  return language === 'generic' || language === 'regex';
}
