/** `assay rules [ID]`: the rules that would run, or all that one says about itself. */
import { createAnalyzers } from '#analyzers/registry.ts';
import { AppError } from '#domain/errors.ts';
import type { RuleInfo } from '#domain/rule.ts';
import { SEVERITIES } from '#domain/severity.ts';
import { OWN_RULES } from '#inspection/own-rules.ts';
import { renderRule, renderRuleList } from '#publish/words-rules.ts';
import { parseArguments } from './arguments.ts';
import { readRules } from './engine.ts';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  rules: { type: 'string', multiple: true, default: [] as string[] },
  'only-rules': { type: 'string', multiple: true, default: [] as string[] },
} as const;

export async function rulesCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS);
  if (positionals.length > 1) throw new AppError('usage', `rules takes one id, and got ${positionals.length}`);
  const rulebook = readRules({ rules: values.rules, onlyRules: values['only-rules'] });
  const rules = [...(await createAnalyzers(rulebook, '')).flatMap((analyzer) => analyzer.rules), ...OWN_RULES].toSorted(
    bySeverity,
  );
  const [id] = positionals;
  const chosen = id === undefined ? rules : rules.filter((rule) => rule.id === id);
  if (chosen.length === 0)
    throw new AppError('usage', `no rule is called ${JSON.stringify(id)}; assay rules lists them`);
  const text = id === undefined ? renderRuleList(chosen) : renderRule(chosen[0]!);
  process.stdout.write(values.json ? `${JSON.stringify(id === undefined ? chosen : chosen[0], null, 2)}\n` : text);
  return 0;
}

function bySeverity(a: RuleInfo, b: RuleInfo): number {
  const difference = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return difference !== 0 ? difference : a.id < b.id ? -1 : 1;
}
