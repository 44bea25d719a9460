/** From a rule's pattern keys to its formula; every mistake is reported where it stands. */
import type { Condition, Formula } from './formula.ts';
import {
  allRead,
  type FormulaContext,
  invalid,
  isRecord,
  isTooDeep,
  readMetavariables,
  readPatternText,
  readRegex,
  unsupported,
} from './formula-context.ts';
import { readAnalysis, readComparison, readPatternCondition, readRegexCondition, readTypes } from './read-condition.ts';
import { readMatch } from './read-match.ts';
import type { YamlPath } from './yaml-places.ts';

/** Null stands for what could not be read and has been reported. */
export interface FormulaReader {
  /** `key: value` as it may stand at the top of a rule, or under a taint rule's parts. */
  read(key: string, value: unknown, path: YamlPath): Formula | null;
  /** A pattern or an operator of the `match` syntax. */
  readMatch(value: unknown, path: YamlPath): Formula | null;
}

export function createFormulaReader(context: FormulaContext): FormulaReader {
  return {
    read: (key, value, path) => readKey(context, key, value, path),
    readMatch: (value, path) => readMatch(context, value, path),
  };
}

/** Operators of Semgrep that run nowhere, or in its commercial engine only: they would change what is found. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'metavariable-name',
  'pattern-where-python',
  'semgrep-internal-metavariable-name',
]);

function readKey(context: FormulaContext, key: string, value: unknown, path: YamlPath): Formula | null {
  if (isTooDeep(context, path)) return null;
  switch (key) {
    case 'pattern':
      return readPattern(context, value, path);
    case 'pattern-regex':
      return readRegex(context, value, path);
    case 'patterns':
      return readAll(context, value, path);
    case 'pattern-either':
      return readEither(context, value, path);
    case 'pattern-inside':
    case 'semgrep-internal-pattern-anywhere': {
      const of = readPattern(context, value, path);
      return of === null ? null : { kind: key === 'pattern-inside' ? 'inside' : 'anywhere', of };
    }
    default:
      return invalid(context, path, `\`${key}\` cannot stand here`);
  }
}

/** A text, or, as Semgrep allows below `pattern-not` and `pattern-inside`, a formula of its own. */
function readPattern(context: FormulaContext, value: unknown, path: YamlPath): Formula | null {
  return isRecord(value) ? readItem(context, value, path) : readPatternText(context, value, path);
}

function readEither(context: FormulaContext, value: unknown, path: YamlPath): Formula | null {
  const items = readList(context, value, path);
  const of = items === null ? null : allRead(items.map(([item, at]) => readItem(context, item, at)));
  return of === null ? null : { kind: 'any', of };
}

/** One item of `pattern-either`, or a formula in braces. */
function readItem(context: FormulaContext, item: Record<string, unknown>, path: YamlPath): Formula | null {
  const key = onlyKey(context, item, path);
  return key === null ? null : readKey(context, key, item[key], [...path, key]);
}

function readAll(context: FormulaContext, value: unknown, path: YamlPath): Formula | null {
  const items = readList(context, value, path);
  if (items === null) return null;
  const positive: (Formula | null)[] = [];
  const negative: (Formula | null)[] = [];
  const conditions: (Condition | null)[] = [];
  const focus: (readonly string[] | null)[] = [];
  for (const [item, at] of items) {
    const key = onlyKey(context, item, at);
    if (key === null) return null;
    const [below, inner] = [[...at, key], item[key]];
    if (key === 'pattern-not') negative.push(readPattern(context, inner, below));
    else if (key === 'pattern-not-regex') negative.push(readRegex(context, inner, below));
    else if (key === 'pattern-not-inside') negative.push(readKey(context, 'pattern-inside', inner, below));
    else if (key === 'focus-metavariable') focus.push(readMetavariables(context, inner, below));
    else if (key.startsWith('metavariable-')) conditions.push(readCondition(context, key, inner, below));
    else positive.push(readKey(context, key, inner, below));
  }
  const isNested = path.includes('metavariable-pattern');
  if (positive.length === 0 && !isNested)
    return invalid(context, path, 'nothing here says what to look for: only what not');
  const read = [allRead(positive), allRead(negative), allRead(conditions), allRead(focus)] as const;
  const [allPositive, allNegative, allConditions, allFocus] = read;
  if (allPositive === null || allNegative === null || allConditions === null || allFocus === null) return null;
  return { kind: 'all', positive: allPositive, negative: allNegative, conditions: allConditions, focus: allFocus };
}

function readCondition(context: FormulaContext, key: string, value: unknown, path: YamlPath): Condition | null {
  if (!isRecord(value)) return invalid(context, path, 'expected keys and values');
  switch (key) {
    case 'metavariable-comparison':
      return readComparison(context, value, path);
    case 'metavariable-regex':
      return readRegexCondition(context, value, path);
    case 'metavariable-analysis':
      return readAnalysis(context, value, path);
    case 'metavariable-type':
      return readTypes(context, value, path);
    default:
      return readPatternCondition(context, value, path, readItem);
  }
}

type Item = readonly [item: Record<string, unknown>, path: YamlPath];

function readList(context: FormulaContext, value: unknown, path: YamlPath): Item[] | null {
  if (!Array.isArray(value) || value.length === 0)
    return invalid(context, path, 'expected a list with at least one item');
  const wrong = value.findIndex((item) => !isRecord(item));
  if (wrong !== -1) return invalid(context, [...path, wrong], 'expected one operator, such as `pattern: f(...)`');
  return value.map((item: Record<string, unknown>, i) => [item, [...path, i]]);
}

function onlyKey(context: FormulaContext, item: Record<string, unknown>, path: YamlPath): string | null {
  const keys = Object.keys(item);
  const refused = keys.find((key) => UNSUPPORTED.has(key));
  if (refused !== undefined) return unsupported(context, path, refused, `the operator \`${refused}\``);
  const unknown = keys.find((key) => !OPERATORS.has(key));
  if (unknown !== undefined) {
    context.report('invalid', context.yaml.placeOfKey(path, unknown), `unknown operator \`${unknown}\``);
    return null;
  }
  if (keys.length === 1) return keys[0]!;
  const found = keys.length === 0 ? 'expected an operator' : `expected one operator, found ${keys.join(', ')}`;
  return invalid(context, path, found);
}

const OPERATORS: ReadonlySet<string> = new Set([
  ...['pattern', 'patterns', 'pattern-either', 'pattern-regex', 'pattern-inside', 'semgrep-internal-pattern-anywhere'],
  ...['pattern-not', 'pattern-not-inside', 'pattern-not-regex', 'focus-metavariable', 'metavariable-type'],
  ...['metavariable-regex', 'metavariable-pattern', 'metavariable-comparison', 'metavariable-analysis'],
]);
