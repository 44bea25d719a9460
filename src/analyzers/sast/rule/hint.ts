/** Words of which a text must hold some for a rule to match, told from the rule as it is written: before its patterns are compiled. */
import type { Need } from './formula.ts';
import { isRecord } from './formula-context.ts';

const ALWAYS: Need = { kind: 'all', of: [] };

/** Of keys that it does not know it says nothing, so that the rule is compiled for every text of its language. */
export function hintOf(rule: Readonly<Record<string, unknown>>): Need {
  if (rule.mode !== 'taint') return hintOfItem(rule);
  return { kind: 'all', of: [anyOf(rule['pattern-sources']), anyOf(rule['pattern-sinks'])] };
}

/** Keys of which one stands in an item, and says what is looked for. */
const OPERATORS: Readonly<Record<string, (value: unknown) => Need>> = {
  pattern: hintOfPattern,
  'pattern-inside': hintOfPattern,
  patterns: allOf,
  'pattern-either': anyOf,
};

function hintOfItem(item: unknown): Need {
  if (typeof item === 'string') return hintOfPattern(item);
  if (!isRecord(item)) return ALWAYS;
  const [key] = Object.keys(item).filter((name) => Object.hasOwn(OPERATORS, name));
  return key === undefined ? ALWAYS : OPERATORS[key]!(item[key]);
}

function allOf(items: unknown): Need {
  return Array.isArray(items) ? { kind: 'all', of: items.map(hintOfItem) } : ALWAYS;
}

function anyOf(items: unknown): Need {
  return Array.isArray(items) ? { kind: 'any', of: items.map(hintOfItem) } : ALWAYS;
}

/** Strings, which are passed over, and metavariables and names, of which the names count. */
const TOKENS =
  /[A-Za-z]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\$?(?:\.\.\.)?\w+/g;

/** Words of Python itself: a pattern may have them and ask for no name. */
const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

function hintOfPattern(pattern: unknown): Need {
  if (typeof pattern !== 'string') return hintOfItem(pattern);
  const names = (pattern.match(TOKENS) ?? []).filter((token) => /^[A-Za-z_]\w*$/.test(token) && !KEYWORDS.has(token));
  return names.length === 0 ? ALWAYS : { kind: 'any', of: names.map((word) => ({ kind: 'word', word })) };
}
