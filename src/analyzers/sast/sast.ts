/** The analyzer for code: Semgrep rules over the languages that they are written for. */
import type { Analyzer } from '#domain/analyzer.ts';
import type { RuleFile, RuleProblem } from '#domain/rule.ts';
import { loadLanguages } from './language/languages.ts';
import { readRuleFile, type SastRule } from './rule/rule-file.ts';
import { createScan } from './scan.ts';

export interface SastOptions {
  /** Rules run on every file, whatever their `paths` say: a rule's own target stands where the rule does. */
  readonly ignorePaths?: boolean;
}

/** Of two rules with one id the first one counts. */
export async function createSastAnalyzer(
  files: readonly RuleFile[],
  { ignorePaths = false }: SastOptions = {},
): Promise<Analyzer> {
  const languages = await loadLanguages();
  const rules = new Map<string, SastRule>();
  const problems: RuleProblem[] = [];
  for (const file of files) {
    const read = readRuleFile(file, languages);
    problems.push(...read.problems);
    for (const rule of read.rules) {
      const { id } = rule.info;
      const known = rules.get(id);
      if (known === undefined) rules.set(id, ignorePaths ? { ...rule, appliesTo: () => true } : rule);
      else problems.push(definedTwice(rule, known));
    }
  }
  const all = [...rules.values()];
  const scan = createScan(all, languages);
  return {
    name: 'sast',
    rules: all.map((rule) => rule.info),
    problems,
    accepts: scan.accepts,
    analyze: scan.analyze,
  };
}

function definedTwice({ info, place }: SastRule, known: SastRule): RuleProblem {
  const message = `the rule ${info.id} is already defined in ${known.info.source}`;
  return { path: info.source, ...place, ruleId: info.id, kind: 'invalid', message };
}
