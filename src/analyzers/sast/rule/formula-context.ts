/** What the readers of a rule's patterns share: where they read, and how they say what is wrong. */
import type { Languages } from '#analyzers/sast/language/languages.ts';
import type { TargetLanguage } from '#analyzers/sast/language/target-language.ts';
import type { RuleOptions } from '#analyzers/sast/options.ts';
import { compileExpression, type Expression, isExpressionError } from '#analyzers/sast/regex/expression.ts';
import type { Formula } from './formula.ts';
import type { Place, YamlPath, YamlText } from './yaml-places.ts';

export type Report = (kind: 'invalid' | 'unsupported', place: Place, message: string) => void;

/** What a formula is read with: the rule's language and options, and where its text stands. */
export interface FormulaContext {
  readonly languages: Languages;
  readonly language: TargetLanguage;
  readonly options: RuleOptions;
  readonly yaml: YamlText;
  readonly report: Report;
}

const METAVARIABLE = /^\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*$|^\$[0-9]+$/;

export function isMetavariable(value: unknown): value is string {
  return typeof value === 'string' && METAVARIABLE.test(value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function invalid({ report, yaml }: FormulaContext, path: YamlPath, message: string): null {
  report('invalid', yaml.placeOf(path), message);
  return null;
}

/** A key that says something that does not run here. */
export function unsupported({ report, yaml }: FormulaContext, path: YamlPath, key: string, what: string): null {
  report('unsupported', yaml.placeOfKey(path, key), what);
  return null;
}

/** Operators within operators; more is nobody's rule. */
const MAX_NESTING = 100;
/** A path into the rule takes about two steps for each of them. */
const MAX_PATH = MAX_NESTING * 2;

/** Says so where operators are nested too deep. */
export function isTooDeep(context: FormulaContext, path: YamlPath): boolean {
  if (path.length <= MAX_PATH) return false;
  invalid(context, path, `operators are nested more than ${MAX_NESTING} deep`);
  return true;
}

/** UTF-16 units; a longer pattern is nobody's, and takes long to compile. */
const MAX_PATTERN = 20_000;

export function readPatternText(context: FormulaContext, value: unknown, path: YamlPath): Formula | null {
  if (typeof value !== 'string') return invalid(context, path, 'expected a pattern');
  if (value.length > MAX_PATTERN) return invalid(context, path, `the pattern is longer than ${MAX_PATTERN} characters`);
  const pattern = context.language.readPattern(value, context.options);
  if (!('line' in pattern)) return pattern;
  context.report(pattern.kind, context.yaml.lineWithin(path, pattern.line), pattern.message);
  return null;
}

/** `multiline` lets `^` and `$` stand at lines. */
export function readExpression(
  context: FormulaContext,
  value: unknown,
  path: YamlPath,
  multiline: boolean,
): Expression | null {
  if (typeof value !== 'string') return invalid(context, path, 'expected a regular expression');
  const expression = compileExpression(value, '', multiline);
  if (!isExpressionError(expression)) return expression;
  context.report(expression.kind, context.yaml.placeOf(path), expression.message);
  return null;
}

export function readRegex(context: FormulaContext, value: unknown, path: YamlPath): Formula | null {
  const expression = readExpression(context, value, path, true);
  return expression === null ? null : { kind: 'regex', expression };
}

/** All or nothing: what could not be read has been reported. */
export function allRead<T>(items: readonly (T | null)[]): T[] | null {
  const read = items.filter((item) => item !== null);
  return read.length === items.length ? read : null;
}

export function readMetavariables(context: FormulaContext, value: unknown, path: YamlPath): string[] | null {
  const names: unknown[] = Array.isArray(value) ? value : [value];
  return names.every(isMetavariable) ? names : invalid(context, path, 'expected a metavariable, such as $X');
}
