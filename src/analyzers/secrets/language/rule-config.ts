/** Puts rule files together: each adds to the ones before it, or extends them, or extends a file that it names. */
import type { RuleFile, RuleProblem } from '#domain/rule.ts';
import type { Allowlist } from './allowlist.ts';
import type { SecretRule } from './rule.ts';
import { changeDraft, completeDraft, type RuleDraft } from './rule-draft.ts';
import { type RuleConfig, readRuleFile } from './rule-file.ts';

/** As many configurations as this may stand behind the first one. Source: the chapter "Configuration" of Gitleaks' README. */
export const MAX_EXTENDED = 2;

/** Begins a tag that names a rule of another scanner. */
const ALIAS = 'alias:';

export interface ReadRules {
  readonly rules: readonly SecretRule[];
  readonly problems: readonly RuleProblem[];
}

/** The text of a file that another extends; null when it is not there. */
export type ReadExtended = (path: string) => string | null;

export interface ReadOptions {
  readonly readExtended?: ReadExtended;
  /** Whether the last of the files may change or disable rules of the others. Default: true. */
  readonly mayLoosen?: boolean;
}

/**
 * To `useDefault` means the files before. Global allowlists speak for the rules of their own file and of those that it
 * extends; a rule replaces one with the same id from an earlier file, or changes it where its file extends that one.
 */
export function readRules(files: readonly RuleFile[], options: ReadOptions = {}): ReadRules {
  const { readExtended = () => null, mayLoosen = true } = options;
  const problems: RuleProblem[] = [];
  let drafts = new Map<string, RuleDraft>();
  /** Global lists of a shipped file without rules: for the rules that a file adds to the default. */
  const defaults: Allowlist[] = [];
  for (const [index, file] of files.entries()) {
    const config = readRuleFile(file);
    if (file.shipped === true && config.rules.size === 0) {
      defaults.push(...config.allowlists);
      problems.push(...config.problems);
      continue;
    }
    const globals: Allowlist[] = [];
    const inherited: Allowlist[] = [];
    const adds = !mayLoosen && index === files.length - 1;
    const before = drafts;
    const own = extendWith(config, {
      before: adds ? new Map() : before,
      depth: 0,
      readExtended,
      globals,
      defaults,
      inherited,
      problems,
    });
    for (const id of own.keys()) allow(own, id, before.has(id) ? globals : [...globals, ...inherited]);
    if (adds) drafts = new Map([...own, ...before]);
    else if (config.extend?.useDefault === true) drafts = own;
    else for (const [id, rule] of own) drafts.set(id, rule);
    if (adds && config.extend?.useDefault === true) {
      const message =
        "the organisation's policy lets no repository change the default rules: this file only adds to them";
      problems.push(config.problemAt(['extend', 'useDefault'], null, message, 'doubtful'));
    }
  }
  const rules: SecretRule[] = [];
  for (const draft of drafts.values()) {
    const complete = completeDraft(draft);
    problems.push(...complete.problems);
    if (complete.rule !== null) rules.push(complete.rule);
  }
  return { rules: withoutMissing(rules, drafts, problems), problems };
}

interface Chain {
  /** What `useDefault` stands for. */
  readonly before: ReadonlyMap<string, RuleDraft>;
  /** How many files stand before this one in the chain. */
  readonly depth: number;
  readonly readExtended: ReadExtended;
  /** The lists of all the chain's files that are for every rule. */
  readonly globals: Allowlist[];
  /** The default's global lists, and where the chain extends the default, the same for the rules that it adds. */
  readonly defaults: readonly Allowlist[];
  readonly inherited: Allowlist[];
  readonly problems: RuleProblem[];
}

/** The rules of a configuration with those that it extends. */
function extendWith(config: RuleConfig, chain: Chain): Map<string, RuleDraft> {
  const { problems } = chain;
  problems.push(...config.problems);
  const drafts = new Map(extended(config, chain));
  const namesOf = createNames(drafts);
  for (const id of config.extend?.disabledRules ?? []) {
    const named = namesOf(id);
    for (const name of named) drafts.delete(name);
    if (named.length === 0 && config.extend !== null) {
      const message = `"disabledRules": there is no rule "${id}" in what this file extends`;
      problems.push(config.problemAt(['extend', 'disabledRules'], null, message, 'doubtful'));
    }
  }
  for (const [id, rule] of config.rules) {
    const named = namesOf(id);
    for (const name of named) drafts.set(name, changeDraft(drafts.get(name)!, rule));
    if (named.length > 0) continue;
    // In a file that extends the default rules, it speaks of a rule that only another scanner's default has.
    const foreign = rule.expression === null && rule.path === null && config.extend?.useDefault === true;
    if (foreign) problems.push(rule.problem('id', `there is no rule "${id}" to change`, 'doubtful'));
    else drafts.set(id, rule);
  }
  for (const list of config.allowlists) {
    if (list.targetRules.length === 0) chain.globals.push(list);
    else if (chain.depth > 0) {
      const message = '"targetRules" counts in the first file alone, and not in one that it extends';
      problems.push(config.problemAt(['allowlists'], null, message, 'doubtful'));
      continue;
    }
    for (const id of list.targetRules) {
      const named = namesOf(id);
      for (const name of named) allow(drafts, name, [list]);
      if (named.length > 0) continue;
      problems.push(config.problemAt(['allowlists'], null, `"targetRules": there is no rule "${id}"`, 'doubtful'));
    }
  }
  return drafts;
}

function allow(drafts: Map<string, RuleDraft>, id: string, lists: readonly Allowlist[]): void {
  const draft = drafts.get(id)!;
  drafts.set(id, { ...draft, allowlists: [...draft.allowlists, ...lists] });
}

function extended({ extend, problemAt }: RuleConfig, chain: Chain): ReadonlyMap<string, RuleDraft> {
  const { before, depth, readExtended, defaults, inherited, problems } = chain;
  const nothing = new Map<string, RuleDraft>();
  if (extend === null) return nothing;
  const wrong = (key: string, message: string, kind?: RuleProblem['kind']): ReadonlyMap<string, RuleDraft> => {
    problems.push(problemAt(['extend', key], null, `"${key}": ${message}`, kind));
    return nothing;
  };
  if (extend.url) wrong('url', 'a configuration from the network is not read', 'unsupported');
  const { path, useDefault } = extend;
  if (path && useDefault) return wrong('path', 'a file extends a path or the default, not both');
  if (!path && !useDefault) return nothing;
  if (depth === MAX_EXTENDED) {
    return wrong(
      path ? 'path' : 'useDefault',
      `this is more than ${MAX_EXTENDED} files behind the first`,
      'unsupported',
    );
  }
  if (useDefault) {
    inherited.push(...defaults);
    return before;
  }
  const text = readExtended(path!);
  if (text === null) return wrong('path', `there is no file ${JSON.stringify(path)} to extend`);
  return extendWith(readRuleFile({ path: path!, text }), { ...chain, depth: depth + 1 });
}

/** Finds the rule of an id, or those of what is extended that say with a tag `alias:` that they stand for it. */
function createNames(drafts: ReadonlyMap<string, RuleDraft>): (id: string) => readonly string[] {
  const byAlias = new Map<string, string[]>();
  for (const [name, { table }] of drafts) {
    for (const tag of table.tags) {
      if (tag.startsWith(ALIAS)) byAlias.set(tag, [...(byAlias.get(tag) ?? []), name]);
    }
  }
  return (id) => (drafts.has(id) ? [id] : (byAlias.get(ALIAS + id) ?? []).filter((name) => drafts.has(name)));
}

/** A rule that requires one which is not there could never match. */
function withoutMissing(
  rules: readonly SecretRule[],
  drafts: ReadonlyMap<string, RuleDraft>,
  problems: RuleProblem[],
): SecretRule[] {
  const ids = new Set(rules.map(({ info }) => info.id));
  return rules.filter(({ info, required }) => {
    const missing = required.filter(({ id }) => !ids.has(id));
    for (const { id } of missing) {
      problems.push(drafts.get(info.id)!.problem('required', `"required": there is no rule "${id}"`));
    }
    return missing.length === 0;
  });
}
