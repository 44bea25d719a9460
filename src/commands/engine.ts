/** The command line's engine: the rules that were asked for, and threads that run them. */
import { availableParallelism } from 'node:os';
import { BUILT_IN_RULES, type Rulebook, readRulebook } from '#analyzers/rulebook.ts';
import { createInspectionPool, type InspectionPool } from '#analyzers/run.ts';
import type { RuleFile, RuleInfo, RuleProblem } from '#domain/rule.ts';
import { OWN_RULES } from '#inspection/own-rules.ts';

/**
 * Fingerprints must stay the same from run to run, or every run's SARIF would open its alerts anew. Whoever reads such a
 * report can mostly read the repository, too; who sends it elsewhere sets a key of their own.
 */
const DEFAULT_KEY = 'assay';

export interface Engine {
  readonly pool: InspectionPool;
  readonly rules: readonly RuleInfo[];
  readonly problems: readonly RuleProblem[];
  /** What is known of the secrets' vendors. */
  readonly vendors: readonly RuleFile[];
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly rules: readonly string[];
  readonly onlyRules: readonly string[];
}

export function readRules({ rules, onlyRules }: EngineOptions): Rulebook {
  return readRulebook({ paths: [...(onlyRules.length > 0 ? onlyRules : [BUILT_IN_RULES]), ...rules] });
}

export async function createEngine(options: EngineOptions): Promise<Engine> {
  const rulebook = readRules(options);
  const fingerprintKey = process.env.ASSAY_FINGERPRINT_KEY ?? DEFAULT_KEY;
  const entry = new URL('../inspection/thread.ts', import.meta.url);
  const pool = createInspectionPool({ entry, threads: availableParallelism(), rulebook, fingerprintKey });
  const { rules, problems } = await pool.describe();
  return {
    pool,
    rules: [...rules, ...OWN_RULES],
    problems,
    vendors: rulebook.verification,
    close: () => pool.close(),
  };
}
