/** From the `match` syntax to a formula: `all`, `any`, `not`, `inside`, `anywhere`, `regex`, each with `where` and `as`. */
import type { Condition, Formula } from './formula.ts';
import {
  allRead,
  type FormulaContext,
  invalid,
  isMetavariable,
  isRecord,
  isTooDeep,
  readMetavariables,
  readPatternText,
  readRegex,
} from './formula-context.ts';
import { readAnalysis, readComparison, readPatternCondition, readRegexCondition, readTypes } from './read-condition.ts';
import type { YamlPath } from './yaml-places.ts';

type All = Formula & { kind: 'all' };

const OPERATORS = ['pattern', 'regex', 'all', 'any', 'not', 'inside', 'anywhere'] as const;
type Operator = (typeof OPERATORS)[number];

/** A text is a pattern; a number is the text that it is written as. */
export function readMatch(context: FormulaContext, value: unknown, path: YamlPath): Formula | null {
  const formula = readPart(context, value, path);
  if (formula?.kind !== 'not') return formula;
  return invalid(context, [...path, 'not'], '`not` stands in a list under `all`, beside what is looked for');
}

type Part = Formula | { readonly kind: 'not'; readonly of: Formula };

function readPart(context: FormulaContext, value: unknown, path: YamlPath): Part | null {
  if (isTooDeep(context, path)) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return readPatternText(context, String(value), path);
  if (!isRecord(value)) return invalid(context, path, 'expected a pattern or an operator');
  const { where, as, ...rest } = value;
  const unknown = Object.keys(rest).find((key) => !isOperator(key));
  if (unknown !== undefined) {
    context.report('invalid', context.yaml.placeOfKey(path, unknown), `unknown operator \`${unknown}\``);
    return null;
  }
  const keys = Object.keys(rest).filter(isOperator);
  const [key] = keys;
  if (key === undefined || keys.length > 1)
    return invalid(context, path, `expected one of ${OPERATORS.join(', ')}; found ${keys.join(', ') || 'none'}`);
  const formula = readOperator(context, key, rest[key], [...path, key]);
  if (formula === null) return null;
  if (formula.kind === 'not') {
    if (where === undefined && as === undefined) return formula;
    return invalid(context, path, '`where` and `as` stand with what is found, not with `not`');
  }
  const filtered = where === undefined ? formula : readWhere(context, formula, where, [...path, 'where']);
  if (filtered === null || as === undefined) return filtered;
  if (!isMetavariable(as)) return invalid(context, [...path, 'as'], 'expected a metavariable, such as $X');
  return { kind: 'as', of: filtered, metavariable: as };
}

function isOperator(key: string): key is Operator {
  return (OPERATORS as readonly string[]).includes(key);
}

function readOperator(context: FormulaContext, key: Operator, value: unknown, path: YamlPath): Part | null {
  switch (key) {
    case 'pattern':
      return readPatternText(context, value, path);
    case 'regex':
      return readRegex(context, value, path);
    case 'all':
      return readAll(context, value, path);
    case 'any': {
      const parts = readList(context, value, path);
      const of = parts === null ? null : allRead(parts.map(([item, at]) => readMatch(context, item, at)));
      return of === null ? null : { kind: 'any', of };
    }
    case 'not':
    case 'inside':
    case 'anywhere': {
      const of = readMatch(context, value, path);
      return of === null ? null : { kind: key, of };
    }
  }
}

function readAll(context: FormulaContext, value: unknown, path: YamlPath): All | null {
  const items = readList(context, value, path);
  const parts = items === null ? null : allRead(items.map(([item, at]) => readPart(context, item, at)));
  if (parts === null) return null;
  const positive = parts.filter((part) => part.kind !== 'not');
  const negative = parts.filter((part) => part.kind === 'not').map(({ of }) => of);
  // Within a metavariable, all that it stands for is looked at.
  if (positive.length === 0 && !path.includes('where'))
    return invalid(context, path, 'nothing here says what to look for: only what not');
  return { kind: 'all', positive, negative, conditions: [], focus: [] };
}

function readList(context: FormulaContext, value: unknown, path: YamlPath): [unknown, YamlPath][] | null {
  if (!Array.isArray(value) || value.length === 0)
    return invalid(context, path, 'expected a list with at least one item');
  return value.map((item: unknown, i) => [item, [...path, i]]);
}

function readWhere(context: FormulaContext, formula: Formula, value: unknown, path: YamlPath): Formula | null {
  if (!Array.isArray(value)) return invalid(context, path, 'expected a list of conditions');
  const conditions: (Condition | null)[] = [];
  const focus: (string[] | null)[] = [];
  for (const [i, item] of value.entries()) {
    const at = [...path, i];
    if (isRecord(item) && 'focus' in item) focus.push(readMetavariables(context, item.focus, [...at, 'focus']));
    else conditions.push(readCondition(context, item, at));
  }
  const [allConditions, allFocus] = [allRead(conditions), allRead(focus)];
  if (allConditions === null || allFocus === null) return null;
  return { kind: 'all', positive: [formula], negative: [], conditions: allConditions, focus: allFocus };
}

function readCondition(context: FormulaContext, item: unknown, path: YamlPath): Condition | null {
  if (!isRecord(item)) return invalid(context, path, 'expected keys and values');
  if ('comparison' in item) return readComparison(context, item, path);
  if (!('metavariable' in item)) return invalid(context, path, 'expected focus, comparison or metavariable');
  if ('analyzer' in item) return readAnalysis(context, item, path);
  if ('type' in item || 'types' in item) return readTypes(context, item, path);
  if ('regex' in item && Object.keys(item).length === 2) return readRegexCondition(context, item, path);
  return readPatternCondition(context, item, path, readMatch);
}
