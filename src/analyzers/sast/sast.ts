/** The analyzer for code: Semgrep rules over Python. */
import type { Analyzer } from '#domain/analyzer.ts';
import type { RuleFile, RuleProblem } from '#domain/rule.ts';
import { readRuleFile, type SastRule } from './rule/rule-file.ts';
import { createScan } from './scan.ts';
import { loadPythonParser } from './syntax/parser.ts';

/** Of two rules with one id the first one counts. */
export async function createSastAnalyzer(files: readonly RuleFile[]): Promise<Analyzer> {
  const parser = await loadPythonParser();
  const rules = new Map<string, SastRule>();
  const problems: RuleProblem[] = [];
  for (const file of files) {
    const read = readRuleFile(file, parser);
    problems.push(...read.problems);
    for (const rule of read.rules) {
      const { id } = rule.info;
      const known = rules.get(id);
      if (known === undefined) rules.set(id, rule);
      else problems.push(definedTwice(rule, known));
    }
  }
  const all = [...rules.values()];
  return {
    name: 'sast',
    rules: all.map((rule) => rule.info),
    problems,
    accepts: (part) => part.language === 'python' && part.kind === 'source',
    analyze: createScan(all, parser),
  };
}

function definedTwice({ info, place }: SastRule, known: SastRule): RuleProblem {
  const message = `the rule ${info.id} is already defined in ${known.info.source}`;
  return { path: info.source, ...place, ruleId: info.id, kind: 'invalid', message };
}
