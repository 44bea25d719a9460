/** Asks the rules of one language of one opened text, each within its share of the time, and says which were not answered in full. */
import type { Budget } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import { threadTime } from '#domain/thread-time.ts';
import type { OpenedText } from './language/target-language.ts';
import { createBindings } from './pattern/bindings.ts';
import { createReporter } from './report.ts';
import type { SastRule } from './rule/rule-file.ts';
import { toldOfCuts } from './rule/scope.ts';
import type { Search } from './rule/search.ts';

/** A rule as it is written for one language. */
export interface Query {
  readonly rule: SastRule;
  readonly search: Search;
  /** Milliseconds that it took so far, in all texts: those that took long come last, when time runs short. */
  spentMs: number;
}

/** Ids of rules whose answers are not whole, and why. */
export interface Shortened {
  /** They matched more often than is told. */
  readonly many: string[];
  /** Something was too large for a limit of the engine. */
  readonly limited: string[];
  /** Their time was up. */
  readonly stopped: string[];
  /** The text's time was up before they were asked. */
  readonly unasked: string[];
}

/** A rule that matches more often than this in one text has been heard. */
export const MAX_MATCHES = 5_000;
/** What one rule may take for one text (milliseconds): the others shall have their turn. */
export const RULE_LIMIT_MS = 2_000;
/** What the findings of one rule may take to be told (milliseconds): also when there is no time to look for more. */
const REPORT_LIMIT_MS = 500;

export function matchRules(
  queries: readonly Query[],
  opened: OpenedText,
  budget: Budget,
  shortened: Shortened,
): Match[] {
  const report = createReporter(opened.tree);
  const matches: Match[] = [];
  const bindings = createBindings();
  const inTurn = queries.toSorted((a, b) => a.spentMs - b.spentMs);
  for (const [i, query] of inTurn.entries()) {
    if (budget.expired()) {
      shortened.unasked.push(...inTurn.slice(i).map(({ rule }) => rule.info.id));
      break;
    }
    ask(query);
  }
  return matches;

  function ask(query: Query): void {
    const { rule, search } = query;
    const { id } = rule.info;
    // Finer than the thread's time: most rules take less than one of its steps.
    const started = performance.now();
    const begun = threadTime();
    const expired = createStopwatch(() => budget.expired() || threadTime() - begun > RULE_LIMIT_MS);
    const cut = () => {
      if (!shortened.limited.includes(id)) shortened.limited.push(id);
    };
    const hits = search.findIn(toldOfCuts(opened.scope(rule.options, expired, bindings), cut));
    let stopped = expired.stopped();
    // What was found before time was up is told.
    const until = threadTime() + REPORT_LIMIT_MS;
    const seen = new Set<string>();
    for (const found of hits) {
      const match = report(rule, found, opened.constants);
      const key = `${match.start} ${match.end} ${match.message}`;
      if (!seen.has(key)) matches.push(match);
      seen.add(key);
      if (seen.size === MAX_MATCHES) shortened.many.push(id);
      stopped ||= threadTime() > until;
      if (seen.size === MAX_MATCHES || threadTime() > until) break;
    }
    if (stopped) shortened.stopped.push(id);
    query.spentMs += performance.now() - started;
  }
}

/** How many questions pass between two looks at the clock. */
const STRIDE = 256;

interface Stopwatch {
  (): boolean;
  stopped(): boolean;
}

function createStopwatch(isOver: () => boolean): Stopwatch {
  let asked = 0;
  let stopped = false;
  const expired = () => {
    if (!stopped && ++asked % STRIDE === 0) stopped = isOver();
    return stopped;
  };
  return Object.assign(expired, { stopped: () => stopped });
}
