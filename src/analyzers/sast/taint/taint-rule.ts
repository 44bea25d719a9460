/** What a taint rule says: where data comes from, where it must not arrive, and what happens to it in between. */
import type { Formula } from '#analyzers/sast/rule/formula.ts';
import type { Requirement } from './requirement.ts';

export interface TaintRule {
  readonly sources: readonly Source[];
  readonly sinks: readonly Sink[];
  readonly sanitizers: readonly Sanitizer[];
  readonly propagators: readonly Propagator[];
}

/** What a source gives that names no label, and what a sink asks for that names none. */
export const DEFAULT_LABEL = '__SOURCE__';

/** `only`: what is found is not tainted itself, just the variable from there on. */
export type SideEffect = 'no' | 'yes' | 'only';

export interface Source {
  readonly formula: Formula;
  /** What is found, as against everything in it. */
  readonly exact: boolean;
  readonly sideEffect: SideEffect;
  readonly label: string;
  readonly requires: Requirement | null;
  /** Taints all that runs after it, whatever the data. */
  readonly control: boolean;
}

export interface Sink {
  readonly formula: Formula;
  readonly exact: boolean;
  /** With a metavariable it asks of what that stands for; all of them must be met. */
  readonly requires: readonly { readonly metavariable: string | null; readonly requirement: Requirement }[];
  readonly atExit: boolean;
}

export interface Sanitizer {
  readonly formula: Formula;
  readonly exact: boolean;
  readonly sideEffect: boolean;
  /** Does not sanitize what a source or a sink is found at. */
  readonly notConflicting: boolean;
}

export interface Propagator {
  readonly formula: Formula;
  readonly from: string;
  readonly to: string;
  readonly sideEffect: boolean;
  readonly requires: Requirement | null;
  /** The label that arrives; null keeps what comes. */
  readonly label: string | null;
  /** The labels that it is given instead of; null for all. */
  readonly replaces: readonly string[] | null;
}
