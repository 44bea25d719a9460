/** From the keys of a taint rule to sources, sinks, sanitizers and propagators; every mistake is reported where it stands. */
import type { Formula } from '#analyzers/sast/rule/formula.ts';
import type { Report } from '#analyzers/sast/rule/formula-context.ts';
import type { FormulaReader } from '#analyzers/sast/rule/read-formula.ts';
import type { YamlPath, YamlText } from '#analyzers/sast/rule/yaml-places.ts';
import { type Requirement, readRequirement } from './requirement.ts';
import {
  DEFAULT_LABEL,
  type Propagator,
  type Sanitizer,
  type SideEffect,
  type Sink,
  type Source,
  type TaintRule,
} from './taint-rule.ts';

export interface TaintContext {
  readonly yaml: YamlText;
  readonly report: Report;
  readonly reader: FormulaReader;
}

type Item = Readonly<Record<string, unknown>>;

/** The lists, by what they are called in the older and in the newer syntax. */
const LISTS = {
  sources: 'pattern-sources',
  sinks: 'pattern-sinks',
  sanitizers: 'pattern-sanitizers',
  propagators: 'pattern-propagators',
};

/** In the newer syntax they stand below `taint`. */
export const TAINT_KEYS = Object.values(LISTS);

/** What stands beside the operator in an item. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  ...['exact', 'by-side-effect', 'control', 'label', 'requires', 'at-exit', 'not_conflicting', 'not-conflicting'],
  ...['from', 'to', 'replace-labels'],
]);

/** `path` leads to the rule. Null for what has been reported. */
export function readTaintRule(rule: Item, rulePath: YamlPath, context: TaintContext): TaintRule | null {
  const { yaml, report } = context;
  const below = rule.taint;
  const newSyntax = typeof below === 'object' && below !== null;
  const [raw, path] = newSyntax ? [below as Item, [...rulePath, 'taint']] : [rule, rulePath];
  let sound = true;
  const invalid = (at: YamlPath, message: string): null => {
    report('invalid', yaml.placeOf(at), message);
    sound = false;
    return null;
  };

  function list<T>(
    name: keyof typeof LISTS,
    required: boolean,
    read: (item: Item, formula: Formula, at: YamlPath) => T | null,
  ): T[] {
    const key = newSyntax ? name : LISTS[name];
    const value = raw[key];
    if (value === undefined && !required) return [];
    if (!Array.isArray(value) || (value.length === 0 && required)) {
      invalid(value === undefined ? path : [...path, key], `\`${key}\` must list at least one`);
      return [];
    }
    return value.flatMap((one: unknown, i): T[] => {
      const at = [...path, key, i];
      const item: Item = typeof one === 'object' && one !== null ? (one as Item) : {};
      const operators = Object.entries(item).filter(([name]) => !OWN_KEYS.has(name));
      const formula = readFormula(one, operators, at);
      if (formula === null) sound = false;
      const result = formula === null ? null : read(item, formula, at);
      return result === null ? [] : [result];
    });
  }

  function readFormula(item: unknown, operators: readonly [string, unknown][], at: YamlPath): Formula | null {
    const [operator] = operators;
    if (newSyntax) return context.reader.readMatch(typeof item === 'string' ? item : Object.fromEntries(operators), at);
    if (typeof item === 'string') return context.reader.read('pattern', item, at);
    if (operator === undefined || operators.length > 1)
      return invalid(at, 'expected one operator, such as `pattern: f(...)`');
    return context.reader.read(operator[0], operator[1], [...at, operator[0]]);
  }

  const flag = (item: Item, key: string, otherwise: boolean, at: YamlPath): boolean => {
    const value = item[key] ?? otherwise;
    if (typeof value !== 'boolean') invalid([...at, key], `\`${key}\` is true or false`);
    return value === true;
  };
  const text = (item: Item, key: string, at: YamlPath): string | null => {
    const value = item[key];
    if (value === undefined) return null;
    return typeof value === 'string' ? value : invalid([...at, key], `\`${key}\` must be a text`);
  };
  const requirement = (value: unknown, at: YamlPath): Requirement | null => {
    if (value === undefined) return null;
    const read = readRequirement(String(value));
    return read ?? invalid(at, `not a condition on labels: ${String(value)}`);
  };
  const sideEffect = (item: Item, at: YamlPath): SideEffect => {
    const value = item['by-side-effect'];
    if (value === 'only') return 'only';
    return flag(item, 'by-side-effect', false, at) ? 'yes' : 'no';
  };

  const sources = list(
    'sources',
    true,
    (item, formula, at): Source => ({
      formula,
      exact: flag(item, 'exact', false, at),
      sideEffect: sideEffect(item, at),
      label: text(item, 'label', at) ?? DEFAULT_LABEL,
      requires: requirement(item.requires, [...at, 'requires']),
      control: flag(item, 'control', false, at),
    }),
  );
  const sinks = list(
    'sinks',
    true,
    (item, formula, at): Sink => ({
      formula,
      exact: flag(item, 'exact', true, at),
      requires: sinkRequirements(item.requires, [...at, 'requires']),
      atExit: flag(item, 'at-exit', false, at),
    }),
  );
  const sanitizers = list(
    'sanitizers',
    false,
    (item, formula, at): Sanitizer => ({
      formula,
      exact: flag(item, 'exact', false, at),
      sideEffect: flag(item, 'by-side-effect', false, at),
      notConflicting: flag(item, 'not_conflicting', false, at) || flag(item, 'not-conflicting', false, at),
    }),
  );
  const propagators = list('propagators', false, (item, formula, at): Propagator | null => {
    const [from, to] = [text(item, 'from', at), text(item, 'to', at)];
    if (from === null || to === null) return invalid(at, '`from` and `to` must name metavariables');
    const replaces = item['replace-labels'];
    return {
      formula,
      from,
      to,
      sideEffect: flag(item, 'by-side-effect', true, at),
      requires: requirement(item.requires, [...at, 'requires']),
      label: text(item, 'label', at),
      replaces: Array.isArray(replaces) ? replaces.map(String) : null,
    };
  });
  return sound ? { sources, sinks, sanitizers, propagators } : null;

  /** One condition, or one for each of some metavariables. */
  function sinkRequirements(value: unknown, at: YamlPath): Sink['requires'] {
    const pairs: [string | null, unknown][] = Array.isArray(value)
      ? value.flatMap((one: unknown) => Object.entries((one as Item | null) ?? {}))
      : value === undefined
        ? []
        : [[null, value]];
    return pairs.flatMap(([metavariable, condition]) => {
      const read = requirement(condition, at);
      return read === null ? [] : [{ metavariable, requirement: read }];
    });
  }
}
