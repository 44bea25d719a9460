/** The port of every analyzer: a part goes in, matches come out. Runs in a worker thread. */
import type { Match } from './finding.ts';
import type { Part } from './part.ts';
import type { RuleInfo, RuleProblem } from './rule.ts';

/** An analyzer that looks at `expired()` now and then can stop early; one that does not is ended from outside. */
export interface Budget {
  expired(): boolean;
  /** The part of the budget that is used, from 0 to 1; left out where that is not known. */
  used?(): number;
}

export interface Analysis {
  readonly matches: readonly Match[];
  /** Set when part of the text could not be understood: a clause for people, with the place. */
  readonly syntaxError?: string;
  /** Set when there was more to find than is told: a clause for people. */
  readonly cut?: string;
  /** Set when something in the text is too large to be read: a clause for people, with its place. */
  readonly unread?: string;
  /** Set when time ran out: a clause for people that names the rules which were not asked to their end. */
  readonly stopped?: string;
}

export interface Analyzer {
  readonly name: string;
  readonly rules: readonly RuleInfo[];
  readonly problems: readonly RuleProblem[];
  accepts(part: Part): boolean;
  analyze(part: Part, budget: Budget): Analysis;
}
