/** Runs all rules over one text: most texts are dismissed by their words, the rest is opened once for all rules of a language. */
import type { Analysis, Analyzer } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Languages } from './language/languages.ts';
import type { TargetLanguage } from './language/target-language.ts';
import { MAX_MATCHES, matchRules, type Query, type Shortened } from './match-rules.ts';
import { isMet, wordsOfNeed } from './rule/formula.ts';
import type { SastRule } from './rule/rule-file.ts';
import { createVocabulary } from './rule/vocabulary.ts';
import { lineOf } from './syntax/lines.ts';

interface Section {
  readonly language: TargetLanguage;
  readonly queries: readonly Query[];
  readonly anchors: ReadonlySet<string>;
}

export function createScan(rules: readonly SastRule[], languages: Languages): Pick<Analyzer, 'accepts' | 'analyze'> {
  const queries = rules.flatMap((rule) => rule.searches.map((search): Query => ({ rule, search, spentMs: 0 })));
  const sections = [...Map.groupBy(queries, ({ search }) => search.language)].map(
    ([name, own]): Section => ({
      language: languages.get(name)!,
      queries: own,
      anchors: new Set(own.flatMap(({ search }) => search.anchors)),
    }),
  );
  const vocabulary = createVocabulary(queries.flatMap(({ search }) => wordsOfNeed(search.need)));

  return {
    accepts: (part) => sections.some(({ language }) => language.reads(part)),
    analyze(part, budget) {
      const has = vocabulary.wordsIn(part.text);
      const matches: Match[] = [];
      const shortened: Shortened = { many: [], limited: [], stopped: [], unasked: [] };
      let syntaxError: string | undefined;
      let unreadFrom: number | null = null;
      for (const { language, queries: own, anchors } of sections) {
        if (!language.reads(part)) continue;
        const due = own.filter(({ rule, search }) => rule.appliesTo(part.path) && isMet(search.need, has));
        if (due.length === 0) continue;
        const opened = language.open(part.text, anchors, budget);
        if (opened === null) {
          shortened.unasked.push(...due.map(({ rule }) => rule.info.id));
          continue;
        }
        matches.push(...matchRules(due, opened, budget, shortened));
        const { errorAt, readTo } = opened.tree;
        if (readTo !== null) unreadFrom ??= lineOf(part.text, readTo);
        if (errorAt !== null) syntaxError ??= `syntax error at line ${lineOf(part.text, errorAt)}`;
      }
      return {
        matches,
        ...(syntaxError === undefined ? {} : { syntaxError }),
        ...wordsFor(shortened, unreadFrom),
      };
    },
  };
}

/** Rules that are named; of others only the number is told. */
const MAX_NAMED = 3;

function wordsFor(
  { many, limited, stopped, unasked }: Shortened,
  unreadFrom: number | null,
): Pick<Analysis, 'cut' | 'stopped'> {
  const cut = [
    ...(many.length === 0 ? [] : [`only the first ${MAX_MATCHES} findings of ${listed(many)}`]),
    ...(limited.length === 0 ? [] : [`a limit left out findings of ${listed(limited)}`]),
  ];
  const late = [
    ...(stopped.length === 0 ? [] : [`stopped in rule ${listed(stopped)}`]),
    ...(unasked.length === 0 ? [] : [`time was up before rule ${listed(unasked)}`]),
    ...(unreadFrom === null ? [] : [`not read from line ${unreadFrom} on`]),
  ];
  return {
    ...(cut.length === 0 ? {} : { cut: cut.join('; ') }),
    ...(late.length === 0 ? {} : { stopped: late.join('; ') }),
  };
}

function listed(ids: readonly string[]): string {
  const rest = ids.length - MAX_NAMED;
  return `${ids.slice(0, MAX_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
