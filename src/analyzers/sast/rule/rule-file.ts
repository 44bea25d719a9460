/** A Semgrep file to rules that can run; what is wrong with one rule is said and does not stop the others. */
import picomatch from 'picomatch';
import type { z } from 'zod';
import { type Languages, languageNamed } from '#analyzers/sast/language/languages.ts';
import type { TargetLanguage } from '#analyzers/sast/language/target-language.ts';
import { DEFAULT_OPTIONS, type RuleOptions } from '#analyzers/sast/options.ts';
import type { RuleFile, RuleInfo, RuleProblem } from '#domain/rule.ts';
import { createFormulaReader } from './read-formula.ts';
import { FIXED_OPTIONS, FORMULA_KEYS, RuleHead, UNSUPPORTED_KEYS } from './rule-schema.ts';
import { type Search, searchFormula } from './search.ts';
import { type Place, readYaml, type YamlPath, type YamlText } from './yaml-places.ts';

export interface SastRule {
  readonly info: RuleInfo;
  /** One for each language that it is written for. */
  readonly searches: readonly Search[];
  readonly options: RuleOptions;
  /** With the rule's metavariables; null where it has none. */
  readonly fix: string | null;
  /** Where its id stands. */
  readonly place: Place;
  appliesTo(path: string): boolean;
}

export interface ReadRules {
  readonly rules: readonly SastRule[];
  readonly problems: readonly RuleProblem[];
}

export function readRuleFile(file: RuleFile, languages: Languages): ReadRules {
  const yaml = readYaml(file.text);
  const problems: RuleProblem[] = [];
  const problem = (kind: RuleProblem['kind'], place: Place, message: string, ruleId: string | null = null): null => {
    problems.push({ path: file.path, line: place.line, column: place.column, ruleId, kind, message });
    return null;
  };
  if (yaml.error !== null) problem('invalid', yaml.error, yaml.error.message);
  const list = (yaml.value as { rules?: unknown } | null)?.rules;
  if (yaml.error === null && !Array.isArray(list))
    problem('invalid', yaml.placeOf([]), 'expected a list under `rules`');
  const rules = (Array.isArray(list) ? list : []).map((value: unknown, i) => {
    const id = (value as { id?: unknown } | null)?.id;
    const ruleId = typeof id === 'string' ? id : null;
    return readRule(value, ['rules', i], file, yaml, languages, (kind, place, message) =>
      problem(kind, place, message, ruleId),
    );
  });
  return { rules: rules.filter((rule) => rule !== null), problems };
}

type Say = (kind: RuleProblem['kind'], place: Place, message: string) => null;

function readRule(
  value: unknown,
  path: YamlPath,
  file: RuleFile,
  yaml: YamlText,
  languages: Languages,
  say: Say,
): SastRule | null {
  if (typeof value !== 'object' || value === null) return say('invalid', yaml.placeOf(path), 'expected a rule');
  const raw = value as Record<string, unknown>;
  const unsupported = unsupportedPart(raw, languages);
  if (unsupported !== null) return say('unsupported', yaml.placeOfKey(path, unsupported.key), unsupported.what);
  const parsed = RuleHead.safeParse(value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) sayIssue(issue, path, yaml, say);
    return null;
  }
  const head = parsed.data;
  const keys = FORMULA_KEYS.filter((key) => raw[key] !== undefined);
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    const found = keys.length === 0 ? 'none' : keys.join(', ');
    return say('invalid', yaml.placeOf(path), `expected one of ${FORMULA_KEYS.join(', ')}; found ${found}`);
  }
  const { id, message, severity, metadata, paths, fix } = head;
  const options: RuleOptions = {
    ...DEFAULT_OPTIONS,
    constant_propagation: head.options.constant_propagation !== false,
  };
  const searches: Search[] = [];
  for (const language of targetLanguages(head.languages, languages)) {
    const reader = createFormulaReader({ languages, language, options, yaml, report: say });
    const formula = reader.read(key, raw[key], [...path, key]);
    if (formula === null) return null;
    searches.push(searchFormula(language.name, formula));
  }
  const { confidence, cwe, references } = metadata;
  return {
    info: { id, analyzer: 'sast', severity, confidence, message: message.trim(), cwe, references, source: file.path },
    searches,
    options,
    fix: fix ?? null,
    place: yaml.placeOf([...path, 'id']),
    appliesTo: pathFilter(paths?.include ?? [], paths?.exclude ?? []),
  };
}

function targetLanguages(names: readonly string[], languages: Languages): TargetLanguage[] {
  const known = new Set(names.map(languageNamed).filter((name) => name !== null));
  return [...known].map((name) => languages.get(name)).filter((language) => language !== null);
}

function unsupportedPart(rule: Record<string, unknown>, known: Languages): { key: string; what: string } | null {
  for (const [key, what] of Object.entries(UNSUPPORTED_KEYS))
    if (key in rule) return { key, what: `${what} do not run here` };
  const { mode = 'search', languages, options } = rule;
  if (typeof mode === 'string' && mode !== 'search') return { key: 'mode', what: `${mode} rules do not run here` };
  const names = (Array.isArray(languages) ? languages : [languages]).filter((name) => typeof name === 'string');
  if (names.length > 0 && targetLanguages(names, known).length === 0) {
    return { key: 'languages', what: `only rules for python run here, not for ${names.join(', ')}` };
  }
  for (const [name, fixed] of Object.entries(FIXED_OPTIONS)) {
    const asked = (options as Record<string, unknown> | undefined)?.[name];
    if (asked !== undefined && asked !== fixed) {
      return { key: 'options', what: `the option \`${name}: ${String(asked)}\` has no effect here` };
    }
  }
  return null;
}

function sayIssue(issue: z.core.$ZodIssue, path: YamlPath, yaml: YamlText, say: Say): void {
  const at = [...path, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) say('invalid', yaml.placeOfKey(at, key), `unknown key \`${key}\``);
    return;
  }
  const name = issue.path.join('.');
  const isMissing =
    issue.code === 'invalid_type' && issue.input === undefined && /received undefined/.test(issue.message);
  say('invalid', yaml.placeOf(at), isMissing ? `\`${name}\` is missing` : `\`${name}\`: ${issue.message}`);
}

/** A pattern without a leading `/` may begin in any folder, and takes in what is below, as in a .gitignore file. */
function pathFilter(include: readonly string[], exclude: readonly string[]): (path: string) => boolean {
  const matcher = (patterns: readonly string[]) => {
    const globs = patterns.flatMap((pattern) => {
      const base = pattern.replace(/^\//, '').replace(/\/$/, '');
      const starts = pattern.startsWith('/') ? [base] : [base, `**/${base}`];
      return starts.flatMap((start) => [start, `${start}/**`]);
    });
    return globs.length === 0 ? null : picomatch(globs, { dot: true });
  };
  const included = matcher(include);
  const excluded = matcher(exclude);
  return (path) => (included === null || included(path)) && !(excluded?.(path) ?? false);
}
