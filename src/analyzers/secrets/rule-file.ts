/** Reads a Gitleaks configuration: TOML in, detectors and problems out. */
import { parse, TomlError } from 'smol-toml';
import type { z } from 'zod';
import type { RuleFile, RuleProblem } from '#domain/rule.ts';
import type { Allowlist } from './allowlist.ts';
import { compileExpression, type Expression } from './expression.ts';
import type { SecretRule } from './rule.ts';
import { type AllowlistTable, ConfigTable, explain, RuleTable } from './rule-schema.ts';
import { readTags } from './rule-tags.ts';
import { locateToml } from './toml-positions.ts';

export interface ParsedRules {
  readonly rules: readonly SecretRule[];
  readonly problems: readonly RuleProblem[];
}

/** Each problem names its line, and its rule where there is one. A rule with an `invalid` problem does not run; the others do. */
export function parseRuleFile(file: RuleFile): ParsedRules {
  const { text, path: source } = file;
  const problems: RuleProblem[] = [];
  const parsed = parseToml(text);
  if (parsed instanceof TomlError) {
    const { line, column } = parsed;
    const message = parsed.message.split('\n')[0]!.replace(/^Invalid TOML document: /, 'not valid TOML: ');
    return { rules: [], problems: [{ path: source, line, column, ruleId: null, kind: 'invalid', message }] };
  }
  const locate = locateToml(text);
  const report = (
    path: readonly PropertyKey[],
    ruleId: string | null,
    message: string,
    kind: RuleProblem['kind'] = 'invalid',
  ): void => {
    problems.push({ path: source, ...locate(path), ruleId, kind, message });
  };

  /** Parsed where it is right; else every mistake is reported. */
  function check<T extends z.ZodType>(schema: T, value: unknown, at: readonly PropertyKey[], ruleId: string | null) {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const problem of explain(result.error)) report([...at, ...problem.path], ruleId, problem.message);
    return null;
  }

  function compile(expression: string, at: readonly PropertyKey[], ruleId: string | null): Expression | null {
    const compiled = compileExpression(expression);
    if ('expression' in compiled) return compiled.expression;
    report(at, ruleId, `"${String(at.findLast((step) => typeof step === 'string'))}": ${compiled.error}`);
    return null;
  }

  /** Null when the list says nothing that can be used: then more is found, never less. */
  function readAllowlist(table: AllowlistTable, at: readonly PropertyKey[], ruleId: string | null): Allowlist | null {
    const { commits, paths, regexes, stopwords } = table;
    if (commits.length + paths.length + regexes.length + stopwords.length === 0) {
      report(at, ruleId, 'an allowlist needs at least one of paths, regexes, stopwords and commits');
      return null;
    }
    const condition = table.condition === 'AND' || table.condition === '&&' ? 'AND' : 'OR';
    if (commits.length > 0) {
      report([...at, 'commits'], ruleId, '"commits": an allowlist by commit is not supported', 'unsupported');
      if (condition === 'AND') return null;
    }
    const compileAll = (sources: readonly string[], key: string): Expression[] =>
      sources.flatMap((expression) => compile(expression, [...at, key], ruleId) ?? []);
    return {
      targetRules: table.targetRules ?? [],
      condition,
      regexTarget: table.regexTarget,
      regexes: compileAll(regexes, 'regexes'),
      paths: compileAll(paths, 'paths'),
      stopwords: stopwords.map((word) => word.toLowerCase()),
    };
  }
  const readAllowlists = (
    table: { allowlist: AllowlistTable[]; allowlists: AllowlistTable[] },
    at: PropertyKey[],
    id: string | null,
  ) =>
    (['allowlist', 'allowlists'] as const).flatMap((key) =>
      table[key].flatMap((list, index) => readAllowlist(list, [...at, key, index], id) ?? []),
    );

  function readRule(value: unknown, at: PropertyKey[], globals: readonly Allowlist[]): SecretRule | null {
    const known = problems.length;
    const id = nameOf(value);
    const table: RuleTable | null = check(RuleTable, value, at, id);
    if (table === null) return null;
    const wrong = (key: string, message: string): void => report([...at, key], table.id, message);

    if (table.required !== undefined || table.skipReport) {
      const key = table.required === undefined ? 'skipReport' : 'required';
      report([...at, key], table.id, `"${key}": rules that need another rule's match are not supported`, 'unsupported');
      return null;
    }
    const expression = table.regex === undefined ? null : compile(table.regex, [...at, 'regex'], table.id);
    const path = table.path === undefined ? null : compile(table.path, [...at, 'path'], table.id);
    if (table.regex === undefined && table.path === undefined) wrong('id', 'a rule needs "regex", "path" or both');
    if (expression !== null && table.secretGroup > expression.groups) {
      wrong('secretGroup', `"secretGroup": the expression has ${expression.groups} groups, not ${table.secretGroup}`);
    }
    const tags = readTags(table.tags);
    for (const message of tags.problems) wrong('tags', message);
    const allowlists = [...readAllowlists(table, at, table.id), ...globals.filter((list) => isFor(list, table.id))];
    if (problems.slice(known).some(({ kind }) => kind === 'invalid')) return null;

    const { severity, confidence, cwe, references, publicPrefixes } = tags;
    const message = table.description?.trim() || UNDESCRIBED;
    return {
      info: { id: table.id, analyzer: 'secrets', severity, confidence, message, cwe, references, source },
      expression,
      secretGroup: table.secretGroup,
      entropy: table.entropy,
      path,
      keywords: table.keywords,
      allowlists,
      publicPrefixes,
    };
  }

  const config = check(ConfigTable, parsed, [], null);
  if (config === null) return { rules: [], problems };
  if (config.extend !== undefined) {
    report(['extend'], null, '"extend": a configuration cannot extend another one', 'unsupported');
  }
  const globals = readAllowlists(config, [], null);
  const rules = new Map<string, SecretRule>();
  config.rules.forEach((value, index) => {
    const rule = readRule(value, ['rules', index], globals);
    if (rule === null) return;
    if (rules.has(rule.info.id)) {
      report(['rules', index, 'id'], rule.info.id, `this file has another rule with the id "${rule.info.id}"`);
    } else rules.set(rule.info.id, rule);
  });
  return { rules: [...rules.values()], problems };
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

function isFor(list: Allowlist, ruleId: string): boolean {
  return list.targetRules.length === 0 || list.targetRules.includes(ruleId);
}

const UNDESCRIBED =
  'This looks like a credential. Whoever can read the repository can use it: revoke it where it was issued, and load its successor from the environment or a secret store.';
