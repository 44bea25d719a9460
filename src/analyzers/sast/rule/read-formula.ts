/** From a rule's pattern keys to its formula; every mistake is reported where it stands. */
import type { Languages } from '#analyzers/sast/language/languages.ts';
import type { TargetLanguage } from '#analyzers/sast/language/target-language.ts';
import type { RuleOptions } from '#analyzers/sast/options.ts';
import { compileExpression, type Expression, isExpressionError } from '#analyzers/sast/regex/expression.ts';
import { compileComparison } from './comparison.ts';
import type { Condition, Formula } from './formula.ts';
import type { Place, YamlPath, YamlText } from './yaml-places.ts';

/** Null stands for what could not be read and has been reported. */
export interface FormulaReader {
  /** `key: value` as it may stand at the top of a rule. */
  read(key: string, value: unknown, path: YamlPath): Formula | null;
}

export type Report = (kind: 'invalid' | 'unsupported', place: Place, message: string) => void;

const METAVARIABLE = /^\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*$|^\$[0-9]+$/;

/** Operators of Semgrep that do not run here: they would change what is found. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'metavariable-analysis',
  'metavariable-type',
  'metavariable-name',
  'pattern-where-python',
  'semgrep-internal-metavariable-name',
  'semgrep-internal-pattern-anywhere',
]);

/** What a formula is read with: the rule's language and options, and where its text stands. */
export interface FormulaContext {
  readonly languages: Languages;
  readonly language: TargetLanguage;
  readonly options: RuleOptions;
  readonly yaml: YamlText;
  readonly report: Report;
}

export function createFormulaReader({ languages, language, options, yaml, report }: FormulaContext): FormulaReader {
  const invalid = (path: YamlPath, message: string): null => {
    report('invalid', yaml.placeOf(path), message);
    return null;
  };

  function read(key: string, value: unknown, path: YamlPath): Formula | null {
    switch (key) {
      case 'pattern':
        return readPattern(value, path);
      case 'pattern-regex':
        return readRegex(value, path);
      case 'patterns':
        return readAll(value, path);
      case 'pattern-either':
        return readEither(value, path);
      case 'pattern-inside': {
        const of = readPattern(value, path);
        return of === null ? null : { kind: 'inside', of };
      }
      default:
        return invalid(path, `\`${key}\` cannot stand here`);
    }
  }

  /** A text, or, as Semgrep allows below `pattern-not` and `pattern-inside`, a formula of its own. */
  function readPattern(value: unknown, path: YamlPath): Formula | null {
    if (isRecord(value)) return readItem(value, path);
    if (typeof value !== 'string') return invalid(path, 'expected a pattern');
    const pattern = language.readPattern(value, options);
    if (!('line' in pattern)) return pattern;
    report(pattern.kind, yaml.lineWithin(path, pattern.line), pattern.message);
    return null;
  }

  function readRegex(value: unknown, path: YamlPath): Formula | null {
    const expression = readExpression(value, path, true);
    return expression === null ? null : { kind: 'regex', expression };
  }

  function readExpression(value: unknown, path: YamlPath, multiline: boolean): Expression | null {
    if (typeof value !== 'string') return invalid(path, 'expected a regular expression');
    const expression = compileExpression(value.replace(/\n+$/, ''), '', multiline);
    if (!isExpressionError(expression)) return expression;
    report(expression.kind, yaml.placeOf(path), expression.message);
    return null;
  }

  function readEither(value: unknown, path: YamlPath): Formula | null {
    const of = readList(value, path)?.map(([item, at]) => readItem(item, at));
    if (of === undefined) return null;
    return of.includes(null) ? null : { kind: 'any', of: of as Formula[] };
  }

  /** One item of `pattern-either`, or a formula in braces. */
  function readItem(item: Record<string, unknown>, path: YamlPath): Formula | null {
    const key = onlyKey(item, path);
    return key === null ? null : read(key, item[key], [...path, key]);
  }

  function readAll(value: unknown, path: YamlPath): Formula | null {
    const items = readList(value, path);
    if (items === null) return null;
    const positive: (Formula | null)[] = [];
    const negative: (Formula | null)[] = [];
    const conditions: (Condition | null)[] = [];
    const focus: (readonly string[] | null)[] = [];
    for (const [item, at] of items) {
      const key = onlyKey(item, at);
      if (key === null) return null;
      const [below, inner] = [[...at, key], item[key]];
      if (key === 'pattern-not') negative.push(readPattern(inner, below));
      else if (key === 'pattern-not-regex') negative.push(readRegex(inner, below));
      else if (key === 'pattern-not-inside') negative.push(read('pattern-inside', inner, below));
      else if (key === 'focus-metavariable') focus.push(readFocus(inner, below));
      else if (key.startsWith('metavariable-')) conditions.push(readCondition(key, inner, below));
      else positive.push(read(key, inner, below));
    }
    if ([positive, negative, conditions, focus].some((list) => list.includes(null))) return null;
    const isNested = path.includes('metavariable-pattern');
    if (positive.length === 0 && !isNested) return invalid(path, 'nothing here says what to look for: only what not');
    return {
      kind: 'all',
      positive: positive as Formula[],
      negative: negative as Formula[],
      conditions: conditions as Condition[],
      focus: focus as string[][],
    };
  }

  function readFocus(value: unknown, path: YamlPath): string[] | null {
    const names = Array.isArray(value) ? value : [value];
    return names.every(isMetavariable) ? names : invalid(path, 'expected a metavariable, such as $X');
  }

  function readCondition(key: string, value: unknown, path: YamlPath): Condition | null {
    if (!isRecord(value)) return invalid(path, 'expected keys and values');
    const { metavariable } = value;
    if (key === 'metavariable-comparison') {
      const source = value.comparison;
      if (typeof source !== 'string') return invalid(path, '`comparison` is missing');
      const comparison = compileComparison(languages.parser, source);
      if (typeof comparison !== 'string') return { kind: 'comparison', comparison };
      report('unsupported', yaml.placeOf([...path, 'comparison']), comparison);
      return null;
    }
    if (!isMetavariable(metavariable))
      return invalid([...path, 'metavariable'], '`metavariable` must name one, such as $X');
    if (key === 'metavariable-regex') {
      const expression = readExpression(value.regex, [...path, 'regex'], false);
      const throughConstants = value['constant-propagation'] === true;
      return expression === null ? null : { kind: 'regex', metavariable, expression, throughConstants };
    }
    const { language: name = language.name, metavariable: _, ...rest } = value;
    if (name !== language.name) {
      report('unsupported', yaml.placeOf([...path, 'language']), `patterns in the language ${String(name)}`);
      return null;
    }
    const inner = readItem(rest, path);
    return inner === null ? null : { kind: 'pattern', metavariable, formula: inner };
  }

  function readList(value: unknown, path: YamlPath): [Record<string, unknown>, YamlPath][] | null {
    if (!Array.isArray(value) || value.length === 0) return invalid(path, 'expected a list with at least one item');
    const wrong = value.findIndex((item) => !isRecord(item));
    if (wrong !== -1) return invalid([...path, wrong], 'expected one operator, such as `pattern: f(...)`');
    return value.map((item: Record<string, unknown>, i) => [item, [...path, i]]);
  }

  function onlyKey(item: Record<string, unknown>, path: YamlPath): string | null {
    const keys = Object.keys(item);
    const unsupported = keys.find((key) => UNSUPPORTED.has(key));
    const unknown = keys.find((key) => !OPERATORS.has(key));
    if (unsupported !== undefined) {
      report('unsupported', yaml.placeOfKey(path, unsupported), `the operator \`${unsupported}\``);
    } else if (unknown !== undefined) {
      report('invalid', yaml.placeOfKey(path, unknown), `unknown operator \`${unknown}\``);
    } else if (keys.length !== 1) {
      invalid(path, keys.length === 0 ? 'expected an operator' : `expected one operator, found ${keys.join(', ')}`);
    } else return keys[0]!;
    return null;
  }

  return { read };
}

const OPERATORS: ReadonlySet<string> = new Set([
  ...['pattern', 'patterns', 'pattern-either', 'pattern-regex', 'pattern-inside'],
  ...['pattern-not', 'pattern-not-inside', 'pattern-not-regex', 'focus-metavariable'],
  ...['metavariable-regex', 'metavariable-pattern', 'metavariable-comparison'],
]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMetavariable(value: unknown): value is string {
  return typeof value === 'string' && METAVARIABLE.test(value);
}
