/** Holds two answers to one case against each other. */
import { answerLines } from './answer-lines.ts';
import type { Answer, Case, Refusal } from './case.ts';
import { differences } from './differences.ts';
import { judge, type KnownDifference } from './known-differences.ts';

export interface Comparison {
  readonly name: string;
  /** The target's lines. */
  readonly source: readonly string[];
  /** Findings that both have. */
  readonly both: number;
  /** `-` is Semgrep's alone, `+` is Assay's alone. */
  readonly lines: readonly string[];
  readonly unlisted: readonly string[];
  /** Listed, and no difference any more. */
  readonly healed: readonly string[];
  readonly reason: string | null;
  readonly refused: { readonly semgrep: readonly Refusal[]; readonly assay: readonly Refusal[] };
}

export function compareAnswers(
  { name, target, shown }: Case,
  semgrep: Answer,
  assay: Answer,
  known: KnownDifference | undefined,
): Comparison {
  const theirs = answerLines(semgrep, shown);
  const ours = answerLines(assay, shown);
  const lines = differences(theirs, ours);
  const both = theirs.filter((line) => ours.includes(line) && !line.startsWith('refused')).length;
  const refused = { semgrep: semgrep.refused, assay: assay.refused };
  const source = new TextDecoder().decode(target.bytes).split('\n');
  return { name, source, both, lines, ...judge(lines, known), reason: known?.reason ?? null, refused };
}
