/** Runs all rules over one text: most texts are dismissed by their words, the rest is opened once for all rules of a language. */
import type { Analysis, Analyzer, Budget } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Languages } from './language/languages.ts';
import type { OpenedText, TargetLanguage } from './language/target-language.ts';
import { createBindings } from './pattern/bindings.ts';
import { createReporter } from './report.ts';
import { isMet, wordsOfNeed } from './rule/formula.ts';
import type { SastRule } from './rule/rule-file.ts';
import type { Search } from './rule/search.ts';
import { createVocabulary } from './rule/vocabulary.ts';
import { lineOf } from './syntax/lines.ts';

/** A rule as it is written for one language. */
interface Query {
  readonly rule: SastRule;
  readonly search: Search;
}

interface Section {
  readonly language: TargetLanguage;
  readonly queries: readonly Query[];
  readonly anchors: ReadonlySet<string>;
}

export function createScan(rules: readonly SastRule[], languages: Languages): Pick<Analyzer, 'accepts' | 'analyze'> {
  const queries = rules.flatMap((rule) => rule.searches.map((search) => ({ rule, search })));
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
      const cut: string[] = [];
      let syntaxError: string | undefined;
      for (const { language, queries: own, anchors } of sections) {
        if (!language.reads(part)) continue;
        const due = own.filter(({ rule, search }) => rule.appliesTo(part.path) && isMet(search.need, has));
        const opened = due.length === 0 ? null : language.open(part.text, anchors, budget);
        if (opened === null) continue;
        const found = matchAll(due, opened, budget);
        matches.push(...found.matches);
        cut.push(...found.cut);
        const { errorAt } = opened.tree;
        if (errorAt !== null) syntaxError ??= `syntax error at line ${lineOf(part.text, errorAt)}`;
      }
      return {
        matches,
        ...(syntaxError === undefined ? {} : { syntaxError }),
        ...(cut.length === 0 ? {} : { cut: `only the first ${MAX_MATCHES} findings of ${cut.join(', ')}` }),
      } satisfies Analysis;
    },
  };
}

/** `cut`: the rules that matched more often than is told. */
function matchAll(queries: readonly Query[], opened: OpenedText, budget: Budget): { matches: Match[]; cut: string[] } {
  const report = createReporter(opened.tree);
  const matches: Match[] = [];
  const cut: string[] = [];
  for (const { rule, search } of queries) {
    const expired = createStopwatch(budget);
    const seen = new Set<string>();
    for (const found of search.findIn(opened.scope(rule.options, expired, createBindings()))) {
      const key = `${found.start} ${found.end}`;
      if (!seen.has(key)) matches.push(report(rule, found, opened.constants));
      seen.add(key);
      if (seen.size === MAX_MATCHES) cut.push(rule.info.id);
      if (seen.size === MAX_MATCHES || expired()) break;
    }
    if (budget.expired()) break;
  }
  return { matches, cut };
}

/** A rule that matches more often than this in one file has been heard. */
const MAX_MATCHES = 5_000;

/** How many questions pass between two looks at the clock. */
const STRIDE = 256;

function createStopwatch(budget: Budget): () => boolean {
  let asked = 0;
  let stopped = false;
  return () => {
    if (!stopped && ++asked % STRIDE === 0) stopped = budget.expired();
    return stopped;
  };
}
