/** From the keys of one condition on a metavariable to the condition. */
import { languageNamed } from '#analyzers/sast/language/languages.ts';
import { compileComparison } from './comparison.ts';
import { isRandom } from './entropy.ts';
import { anchorWords, type Condition, type Formula } from './formula.ts';
import {
  allRead,
  type FormulaContext,
  invalid,
  isMetavariable,
  isRecord,
  readExpression,
  unsupported,
} from './formula-context.ts';
import { mayBacktrack } from './redos.ts';
import { compileType } from './type-test.ts';
import type { YamlPath } from './yaml-places.ts';

type Keys = Readonly<Record<string, unknown>>;

/** Reads the formula in what is left of a condition's keys. */
export type ReadInner = (context: FormulaContext, keys: Record<string, unknown>, path: YamlPath) => Formula | null;

export function readMetavariable(context: FormulaContext, { metavariable }: Keys, path: YamlPath): string | null {
  if (isMetavariable(metavariable)) return metavariable;
  return invalid(context, [...path, 'metavariable'], '`metavariable` must name one, such as $X');
}

export function readComparison(context: FormulaContext, keys: Keys, path: YamlPath): Condition | null {
  if (typeof keys.comparison !== 'string') return invalid(context, path, '`comparison` is missing');
  const comparison = compileComparison(context.languages.parser, keys.comparison, keys.strip === true);
  if (typeof comparison !== 'string') return { kind: 'comparison', comparison };
  return invalid(context, [...path, 'comparison'], comparison);
}

export function readRegexCondition(context: FormulaContext, keys: Keys, path: YamlPath): Condition | null {
  const metavariable = readMetavariable(context, keys, path);
  if (metavariable === null) return null;
  const expression = readExpression(context, keys.regex, [...path, 'regex'], false);
  const throughConstants = keys['constant-propagation'] === true;
  return expression === null ? null : { kind: 'regex', metavariable, expression, throughConstants };
}

const ANALYZERS: Readonly<Record<string, (text: string) => boolean>> = { entropy: isRandom, redos: mayBacktrack };

export function readAnalysis(context: FormulaContext, keys: Keys, path: YamlPath): Condition | null {
  const metavariable = readMetavariable(context, keys, path);
  if (metavariable === null) return null;
  const { analyzer } = keys;
  const name = isRecord(analyzer) ? analyzer.kind : analyzer;
  // Semgrep's own engine has the name and finds nothing with it.
  const isMet = name === 'entropy_v2' ? () => false : typeof name === 'string' ? ANALYZERS[name] : undefined;
  if (isMet !== undefined) return { kind: 'analysis', metavariable, isMet };
  return invalid(context, [...path, 'analyzer'], `unknown analyzer; expected ${Object.keys(ANALYZERS).join(' or ')}`);
}

export function readTypes(context: FormulaContext, keys: Keys, path: YamlPath): Condition | null {
  const metavariable = readMetavariable(context, keys, path);
  if (metavariable === null) return null;
  const key = keys.types === undefined ? 'type' : 'types';
  if (context.language.name !== 'python') return unsupported(context, path, key, `types in ${context.language.name}`);
  const names: unknown[] = key === 'types' && Array.isArray(keys.types) ? keys.types : [keys[key]];
  const tests = allRead(
    names.map((name) => {
      const test = name === null ? null : compileType(context.languages.parser, String(name), context.options);
      return test ?? invalid(context, [...path, key], 'expected the name of a type');
    }),
  );
  return tests === null ? null : { kind: 'type', metavariable, tests };
}

/** With `language`, the patterns are asked of the text that the metavariable's string holds. */
export function readPatternCondition(
  context: FormulaContext,
  keys: Keys,
  path: YamlPath,
  readInner: ReadInner,
): Condition | null {
  const metavariable = readMetavariable(context, keys, path);
  if (metavariable === null) return null;
  const { language: named, metavariable: _, ...rest } = keys;
  const name = typeof named === 'string' ? languageNamed(named) : named === undefined ? context.language.name : null;
  const language = name === null ? null : context.languages.get(name);
  if (language === null) return unsupported(context, path, 'language', `patterns in the language ${String(named)}`);
  const formula = readInner({ ...context, language }, rest, path);
  if (formula === null) return null;
  const anchors = new Set(anchorWords(formula));
  const inside = { language, options: context.options, anchors, isNamed: named !== undefined };
  return { kind: 'pattern', metavariable, formula, inside };
}
