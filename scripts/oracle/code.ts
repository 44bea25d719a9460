/** The oracle for code: what only one of Semgrep and Assay finds. */
import { parseArgs } from 'node:util';
import type { Case } from './case.ts';
import { builtInCases, givenCases } from './collect.ts';
import { type Comparison, compareAnswers } from './compare.ts';
import { generateCases } from './generate/cases.ts';
import { readKnownDifferences } from './known-differences.ts';
import { printReport } from './print.ts';
import { pruneKnownDifferences } from './prune.ts';
import { recordedCases, recordPairs } from './recorded.ts';
import { runAssay } from './run-assay.ts';
import { runSemgrep } from './run-semgrep.ts';
import { findSemgrep } from './semgrep-process.ts';

const OPTIONS = {
  rules: { type: 'string' },
  targets: { type: 'string' },
  cross: { type: 'boolean', default: false },
  generate: { type: 'string' },
  seed: { type: 'string', default: '1' },
  messages: { type: 'boolean', default: false },
  fix: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  record: { type: 'boolean', default: false },
  prune: { type: 'boolean', default: false },
} as const;

/** Resolves to the exit code: 1 when there is a difference that is not listed. */
export async function codeOracle(args: readonly string[]): Promise<number> {
  const { values, positionals: areas } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const semgrep = findSemgrep();
  if (semgrep === null) {
    process.stdout.write('Semgrep is not installed, so there is nothing to compare with: set ASSAY_SEMGREP or PATH.\n');
    return 0;
  }
  if (values.record) return recordPairs(semgrep, areas);
  const cases = casesOf(values, areas);
  if (cases.length === 0) {
    process.stdout.write('No rule has a target here: see docs/oracle.md for what belongs to what.\n');
    return 2;
  }
  const answers = runSemgrep(semgrep, cases);
  const own = await runAssay(cases);
  const known = readKnownDifferences();
  const comparisons = cases.map((one, i): Comparison => compareAnswers(one, answers[i]!, own[i]!, known.get(one.name)));
  if (values.prune) pruneKnownDifferences(comparisons);
  process.stdout.write(values.json ? `${JSON.stringify(comparisons, null, 1)}\n` : printReport(comparisons));
  return comparisons.some(({ unlisted }) => unlisted.length > 0) ? 1 : 0;
}

interface Asked {
  readonly rules?: string;
  readonly targets?: string;
  readonly cross: boolean;
  readonly generate?: string;
  readonly seed: string;
  readonly messages: boolean;
  readonly fix: boolean;
}

/** `areas` are files of recorded pairs. */
function casesOf(values: Asked, areas: readonly string[]): Case[] {
  const shown = { ruleIds: true, messages: values.messages, fixes: values.fix };
  if (values.generate !== undefined) return generateCases(Number(values.generate), Number(values.seed), shown);
  if (values.rules !== undefined) return givenCases(values.rules, values.targets ?? values.rules, values.cross, shown);
  return [...(areas.length === 0 ? builtInCases(shown) : []), ...recordedCases(areas)];
}
