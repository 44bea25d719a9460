/** Reads one Gitleaks configuration: TOML in; rules, allowlists and problems out, as this one file has them. */
import { parse, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { compileExpression, compileLater, type Expression } from '#analyzers/secrets/expression/expression.ts';
import type { RuleFile, RuleProblem } from '#domain/rule.ts';
import type { Allowlist } from './allowlist.ts';
import { isNewerVersion, LANGUAGE_VERSION } from './language-version.ts';
import type { RuleDraft } from './rule-draft.ts';
import {
  type AllowlistTable,
  ConfigTable,
  canonicalKey,
  canonicalTables,
  type ExtendTable,
  explain,
  RuleTable,
} from './rule-schema.ts';
import { locateToml, type TomlPositions } from './toml-positions.ts';

export interface RuleConfig {
  /** By id; where the file has two with one id the last one stands. */
  readonly rules: ReadonlyMap<string, RuleDraft>;
  readonly allowlists: readonly Allowlist[];
  readonly extend: ExtendTable | null;
  readonly problems: readonly RuleProblem[];
  /** A problem at a place of the file. */
  readonly problemAt: ProblemAt;
}

export type ProblemAt = (
  path: readonly PropertyKey[],
  ruleId: string | null,
  message: string,
  kind?: RuleProblem['kind'],
) => RuleProblem;

/** Each problem names its line, and its rule where there is one. A rule with an `invalid` problem does not run; the others do. */
export function readRuleFile(file: RuleFile): RuleConfig {
  const { text, path: source, shipped = false } = file;
  const problems: RuleProblem[] = [];
  const empty = { rules: new Map<string, RuleDraft>(), allowlists: [], extend: null, problems };
  const parsed = parseToml(text);
  if (parsed instanceof TomlError) {
    const { line, column } = parsed;
    const message = parsed.message.split('\n')[0]!.replace(/^Invalid TOML document: /, 'not valid TOML: ');
    const problem: RuleProblem = { path: source, line, column, ruleId: null, kind: 'invalid', message };
    problems.push(problem);
    return { ...empty, problemAt: () => problem };
  }
  let locate: TomlPositions | undefined;
  const problemAt: ProblemAt = (path, ruleId, message, kind = 'invalid') => {
    locate ??= locateToml(text, canonicalKey);
    return { path: source, ...locate(path), ruleId, kind, message };
  };
  const report = (...problem: Parameters<ProblemAt>): void => void problems.push(problemAt(...problem));

  /** Parsed where it is right; else every mistake is reported. */
  function check<T extends z.ZodType>(schema: T, value: unknown, at: readonly PropertyKey[], ruleId: string | null) {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const problem of explain(result.error)) report([...at, ...problem.path], ruleId, problem.message);
    return null;
  }

  function compile(expression: string, at: readonly PropertyKey[], ruleId: string | null): Expression | null {
    if (shipped) return compileLater(expression, () => placeInWords(problemAt(at, ruleId, '')));
    const compiled = compileExpression(expression);
    if ('expression' in compiled) return compiled.expression;
    report(at, ruleId, `"${String(at.findLast((step) => typeof step === 'string'))}": ${compiled.error}`);
    return null;
  }

  /** Null when the list says nothing that can be used: then more is found, never less. */
  function readAllowlist(table: AllowlistTable, at: readonly PropertyKey[], ruleId: string | null): Allowlist | null {
    const { commits, paths, regexes, stopwords, targetRules = [] } = table;
    if (commits.length + paths.length + regexes.length + stopwords.length === 0) {
      report(at, ruleId, 'an allowlist needs at least one of paths, regexes, stopwords and commits');
      return null;
    }
    const compileAll = (sources: readonly string[], key: string): Expression[] =>
      sources.flatMap((expression) => compile(expression, [...at, key], ruleId) ?? []);
    return {
      targetRules,
      condition: table.condition === 'AND' || table.condition === '&&' ? 'AND' : 'OR',
      pathDecides: ruleId === null && targetRules.length === 0,
      regexTarget: table.regexTarget === '' ? 'secret' : table.regexTarget,
      regexes: compileAll(regexes, 'regexes'),
      paths: compileAll(paths, 'paths'),
      commits: commits.map((commit) => commit.toLowerCase()),
      stopwords: stopwords.map((word) => word.toLowerCase()),
    };
  }

  function readAllowlists(
    table: { allowlist: AllowlistTable[]; allowlists: AllowlistTable[] },
    at: PropertyKey[],
    id: string | null,
  ): Allowlist[] {
    if (table.allowlist.length > 0 && table.allowlists.length > 0) {
      report([...at, 'allowlist'], id, '"allowlist" is the old name of "allowlists": use one of them');
    }
    return (['allowlist', 'allowlists'] as const).flatMap((key) =>
      table[key].flatMap((list, index) => readAllowlist(list, [...at, key, index], id) ?? []),
    );
  }

  function readRule(value: unknown, at: PropertyKey[]): RuleDraft | null {
    const known = problems.length;
    const table: RuleTable | null = check(RuleTable, value, at, nameOf(value));
    if (table === null) return null;
    const { id } = table;
    const draft: RuleDraft = {
      table,
      source,
      expression: table.regex ? compile(table.regex, [...at, 'regex'], id) : null,
      path: table.path ? compile(table.path, [...at, 'path'], id) : null,
      allowlists: readAllowlists(table, at, id),
      problem: (key, message, kind) => problemAt([...at, key], id, message, kind),
    };
    return problems.slice(known).some(({ kind }) => kind === 'invalid') ? null : draft;
  }

  const { tables, unknown } = canonicalTables(parsed);
  const config = check(ConfigTable, tables, [], null);
  if (config === null) return { ...empty, problemAt };
  if (isNewerVersion(config.minVersion)) {
    const message = `"minVersion": the file asks for Gitleaks ${config.minVersion}, and its language is read as of ${LANGUAGE_VERSION}`;
    report(['minVersion'], null, message, 'unsupported');
  }
  const rules = new Map<string, RuleDraft>();
  config.rules.forEach((value, index) => {
    const rule = readRule(value, ['rules', index]);
    if (rule === null) return;
    const { id } = rule.table;
    if (rules.has(id))
      report(['rules', index, 'id'], id, `this rule replaces another of the same id above`, 'doubtful');
    rules.set(id, rule);
  });
  const allowlists = readAllowlists(config, [], null);
  for (const path of unknown) {
    const ruleId = path[0] === 'rules' ? nameOf(config.rules[Number(path[1])]) : null;
    report(path, ruleId, `unknown key "${String(path.at(-1))}"`, 'doubtful');
  }
  return { rules, allowlists, extend: config.extend ?? null, problems, problemAt };
}

/** The path of the configuration that this one extends, or null. */
export function extendedPath(text: string): string | null {
  const { tables } = canonicalTables(parseToml(text));
  const config = ConfigTable.pick({ extend: true }).safeParse(tables);
  return (config.success && config.data.extend?.path) || null;
}

function placeInWords({ path, line, column, ruleId }: RuleProblem): string {
  return `${path}:${line}:${column}: ${ruleId ?? 'the file'}`;
}

function parseToml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof TomlError) return error;
    throw error;
  }
}

function nameOf(rule: unknown): string | null {
  const id = typeof rule === 'object' && rule !== null && 'id' in rule ? rule.id : null;
  return typeof id === 'string' ? id : null;
}
