/** What a rule looks for in one language, from the keys that say so: patterns, the `match` syntax, or taint. */
import { readTaintRule } from '#analyzers/sast/taint/read-taint.ts';
import { searchTaint } from '#analyzers/sast/taint/search-taint.ts';
import { type FormulaContext, invalid, unsupported } from './formula-context.ts';
import { createFormulaReader } from './read-formula.ts';
import { RuleHead } from './rule-schema.ts';
import { type Search, searchFormula } from './search.ts';
import type { YamlPath } from './yaml-places.ts';

/** Keys that say what is looked for; exactly one of them stands at the top of a rule. */
const KEYS = ['pattern', 'patterns', 'pattern-either', 'pattern-regex'] as const;

const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...Object.keys(RuleHead.shape),
  ...['options', 'mode', 'min-version', 'max-version', 'product', 'version'],
]);

type Raw = Readonly<Record<string, unknown>>;

/** Null stands for what could not be read and has been reported. */
export function readSearch(rule: Raw, path: YamlPath, context: FormulaContext): Search | null {
  const { mode = 'search' } = rule;
  const { language, yaml, report } = context;
  const reader = createFormulaReader(context);
  if (mode === 'taint' || rule.taint !== undefined) {
    const taint = readTaintRule(rule, path, { yaml, report, reader });
    return taint === null ? null : searchTaint(language.name, taint);
  }
  if (mode !== 'search') return unsupported(context, path, 'mode', `${String(mode)} rules do not run here`);
  const key = keyOf(rule, path, context);
  if (key === null) return null;
  const [value, below] = [rule[key], [...path, key]];
  const formula = key === 'match' ? reader.readMatch(value, below) : reader.read(key, value, below);
  return formula === null ? null : searchFormula(language.name, formula);
}

/** `match` is taken where both stand, as in Semgrep. */
function keyOf(rule: Raw, path: YamlPath, context: FormulaContext): string | null {
  if (rule.match !== undefined) return 'match';
  const keys = KEYS.filter((key) => key in rule);
  if (keys.length === 1) return keys[0]!;
  const found = keys.length === 0 ? 'none' : keys.join(', ');
  const expected = `expected one of ${[...KEYS, 'match'].join(', ')}; found ${found}`;
  // Keys that say nothing are allowed: where nothing else is said, one of them is the mistake.
  const misspelt = Object.keys(rule).filter((key) => !KNOWN_KEYS.has(key));
  if (keys.length > 0 || misspelt.length === 0) return invalid(context, path, expected);
  const [first] = misspelt;
  context.report('invalid', context.yaml.placeOfKey(path, first!), `${expected}, and \`${misspelt.join('`, `')}\``);
  return null;
}
