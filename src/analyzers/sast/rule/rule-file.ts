/** A Semgrep file to rules that can run; what is wrong with one rule is said and does not stop the others. */
import type { z } from 'zod';
import type { Languages } from '#analyzers/sast/language/languages.ts';
import type { RuleOptions } from '#analyzers/sast/options.ts';
import type { RuleFile, RuleInfo, RuleProblem } from '#domain/rule.ts';
import { compileFix, type Fix } from './fix.ts';
import { hintOf } from './hint.ts';
import { type LateSearch, searchAtOnce } from './late-search.ts';
import { pathFilter } from './path-filter.ts';
import { readLanguages } from './read-languages.ts';
import { readOptions } from './read-options.ts';
import { readSearch } from './read-search.ts';
import { RuleHead, UNSUPPORTED_KEYS } from './rule-schema.ts';
import { versionProblem } from './versions.ts';
import { type Place, readYaml, readYamlQuickly, type YamlPath, type YamlText } from './yaml-places.ts';

export interface SastRule {
  readonly info: RuleInfo;
  /** One for each language that it is written for. */
  readonly searches: readonly LateSearch[];
  readonly options: RuleOptions;
  /** Null where it has none. */
  readonly fix: Fix | null;
  /** Where its id stands. */
  readonly place: Place;
  appliesTo(path: string): boolean;
}

export interface ReadRules {
  readonly rules: readonly SastRule[];
  readonly problems: readonly RuleProblem[];
}

type Say = (kind: RuleProblem['kind'], place: Place, message: string) => null;

interface RuleContext {
  readonly file: RuleFile;
  readonly yaml: YamlText;
  readonly languages: Languages;
  readonly say: Say;
}

export function readRuleFile(file: RuleFile, languages: Languages): ReadRules {
  const yaml = file.shipped ? readYamlQuickly(file.text) : readYaml(file.text);
  const problems: RuleProblem[] = [];
  const sayFor =
    (ruleId: string | null): Say =>
    (kind, { line, column }, message) => {
      problems.push({ path: file.path, line, column, ruleId, kind, message });
      return null;
    };
  if (yaml.error !== null) sayFor(null)('invalid', yaml.error, yaml.error.message);
  const list = (yaml.value as { rules?: unknown } | null)?.rules;
  if (yaml.error === null && !Array.isArray(list))
    sayFor(null)('invalid', yaml.placeOf([]), 'expected a list under `rules`');
  const rules = (Array.isArray(list) ? list : []).map((value: unknown, i) => {
    const id = (value as { id?: unknown } | null)?.id;
    const say = sayFor(typeof id === 'string' ? id : null);
    return readRule(value, ['rules', i], { file, yaml, languages, say });
  });
  return { rules: rules.filter((rule) => rule !== null), problems };
}

function readRule(value: unknown, path: YamlPath, context: RuleContext): SastRule | null {
  const { file, yaml, languages, say } = context;
  if (typeof value !== 'object' || value === null) return say('invalid', yaml.placeOf(path), 'expected a rule');
  const raw = value as Record<string, unknown>;
  if (!isForThisEngine(raw, path, context)) return null;
  const parsed = RuleHead.safeParse(value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) sayIssue(issue, path, yaml, say);
    return null;
  }
  const head = parsed.data;
  const own = readLanguages(head.languages, languages);
  if ('kind' in own) return say(own.kind, yaml.placeOfKey(path, 'languages'), own.message);
  const options = readOptions(raw.options);
  if (Array.isArray(options)) {
    for (const { key, kind, message } of options) say(kind, yaml.placeOfKey([...path, 'options'], key), message);
    return null;
  }
  const fix = compileFix(head.fix, head['fix-regex']);
  if (fix !== null && 'message' in fix)
    return say(fix.kind, yaml.placeOf([...path, 'fix-regex', 'regex']), fix.message);
  const searches: LateSearch[] = [];
  for (const language of own) {
    const reading = { languages, language, options, yaml, report: say };
    if (file.shipped) {
      const make = () => readSearch(raw, path, { ...reading, report: throwFor(file, raw.id) })!;
      searches.push({ language: language.name, hint: hintOf(raw), make });
      continue;
    }
    const search = readSearch(raw, path, reading);
    if (search === null) return null;
    searches.push(searchAtOnce(search));
  }
  const { id, message, severity, paths, metadata } = head;
  const { confidence, cwe, references, assay } = metadata;
  const filter = once(() => pathFilter(paths?.include ?? [], paths?.exclude ?? []));
  const requires = assay?.requires === undefined ? {} : { requires: assay.requires };
  const insteadOf = assay?.['instead-of'] === undefined ? {} : { insteadOf: assay['instead-of'] };
  return {
    info: {
      ...{ id, analyzer: 'sast', severity, confidence, message: message.trim(), cwe, references },
      ...requires,
      ...insteadOf,
      source: file.path,
    },
    searches,
    options,
    fix,
    get place() {
      return yaml.placeOf([...path, 'id']);
    },
    appliesTo: file.shipped ? (name) => filter()(name) : filter(),
  };
}

/** What Assay ships is right, or it has a fault. */
function throwFor({ path }: RuleFile, ruleId: unknown): Say {
  return (kind, { line, column }, message) => {
    throw new Error(`${path}:${line}:${column}: ${String(ruleId)}: ${kind}: ${message}`);
  };
}

/** Says why not. */
function isForThisEngine(raw: Record<string, unknown>, path: YamlPath, { yaml, say }: RuleContext): boolean {
  for (const key of ['min-version', 'max-version'] as const) {
    const problem = raw[key] === undefined ? null : versionProblem(key, raw[key]);
    if (problem === null) continue;
    say(problem.kind, yaml.placeOf([...path, key]), problem.message);
    return false;
  }
  for (const [key, what] of Object.entries(UNSUPPORTED_KEYS)) {
    if (raw[key] === undefined) continue;
    say('unsupported', yaml.placeOfKey(path, key), `${what} do not run here`);
    return false;
  }
  return true;
}

function sayIssue(issue: z.core.$ZodIssue, path: YamlPath, yaml: YamlText, say: Say): void {
  const at = [...path, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) say('invalid', yaml.placeOfKey(at, key), `unknown key \`${key}\``);
    return;
  }
  const name = issue.path.join('.');
  const isMissing = issue.input === undefined && !yaml.has(at);
  say('invalid', yaml.placeOf(at), isMissing ? `\`${name}\` is missing` : `\`${name}\`: ${issue.message}`);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
