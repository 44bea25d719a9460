/** Runs all rules over one text: most texts are dismissed by their words, the rest is opened once for all rules of a language. */
import type { Analysis, Analyzer } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';
import type { Languages } from './language/languages.ts';
import type { TargetLanguage } from './language/target-language.ts';
import { MAX_MATCHES, matchRules, type Query, type Shortened } from './match-rules.ts';
import { isMet, wordsOfNeed } from './rule/formula.ts';
import type { LateSearch } from './rule/late-search.ts';
import type { SastRule } from './rule/rule-file.ts';
import { createVocabulary } from './rule/vocabulary.ts';
import { lineOf } from './syntax/lines.ts';

interface Section {
  readonly language: TargetLanguage;
  readonly queries: readonly Query[];
  readonly anchors: ReadonlySet<string>;
}

/** A rule in one of its languages; the query is made when a text may hold what it looks for. */
interface Entry {
  readonly rule: SastRule;
  readonly late: LateSearch;
  readonly language: TargetLanguage;
  query: Query | null;
}

export function createScan(rules: readonly SastRule[], languages: Languages): Pick<Analyzer, 'accepts' | 'analyze'> {
  const entries = rules.flatMap((rule) =>
    rule.searches.map((late): Entry => ({ rule, late, language: languages.get(late.language)!, query: null })),
  );
  const used = [...new Set(entries.map(({ language }) => language))];
  let sections: readonly Section[] = [];
  let vocabulary = createVocabulary(entries.flatMap(({ late }) => wordsOfNeed(late.hint)));

  /** Answers which words the text holds, and has made every query that these may meet. */
  function lookAt(part: Part): (word: string) => boolean {
    const has = vocabulary.wordsIn(part.text);
    const reading = new Set(used.filter((language) => language.reads(part)));
    const met = entries.filter(
      ({ query, late, language, rule }) =>
        query === null && reading.has(language) && isMet(late.hint, has) && rule.appliesTo(part.path),
    );
    if (met.length === 0) return has;
    // All or none: who catches a fault in one may ask again.
    const made = met.map(({ rule, late }): Query => ({ rule, search: late.make(), spentMs: 0 }));
    for (const [i, entry] of met.entries()) entry.query = made[i]!;
    sections = used.map((language) => sectionOf(language, entries));
    vocabulary = createVocabulary(
      entries.flatMap(({ query, late }) => wordsOfNeed(query === null ? late.hint : query.search.need)),
    );
    return vocabulary.wordsIn(part.text);
  }

  return {
    accepts: (part) => used.some((language) => language.reads(part)),
    analyze(part, budget) {
      const has = lookAt(part);
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

function sectionOf(language: TargetLanguage, entries: readonly Entry[]): Section {
  const queries = entries.flatMap(({ query, language: own }) => (query !== null && own === language ? query : []));
  return { language, queries, anchors: new Set(queries.flatMap(({ search }) => search.anchors)) };
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
