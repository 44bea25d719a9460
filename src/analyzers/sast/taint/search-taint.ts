/** A taint rule as a search: what it needs of a text, and what it finds there. */
import type { LanguageName } from '#analyzers/sast/language/target-language.ts';
import { anchorWords, type Need, needOf } from '#analyzers/sast/rule/formula.ts';
import type { Search } from '#analyzers/sast/rule/search.ts';
import { findTaintFlows } from './analysis.ts';
import type { TaintRule } from './taint-rule.ts';

export function searchTaint(language: LanguageName, rule: TaintRule): Search {
  const { sources, sinks, sanitizers, propagators } = rule;
  const any = (parts: readonly { readonly formula: Parameters<typeof needOf>[0] }[]): Need => ({
    kind: 'any',
    of: parts.map(({ formula }) => needOf(formula)),
  });
  return {
    language,
    need: { kind: 'all', of: [any(sources), any(sinks)] },
    anchors: [sources, sinks, sanitizers, propagators].flat().flatMap(({ formula }) => anchorWords(formula)),
    findIn: (scope) => findTaintFlows(rule, scope),
  };
}
