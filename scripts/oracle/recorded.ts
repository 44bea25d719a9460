/** The recorded pairs of the tests: as cases to compare, and to be recorded again. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { answerLines } from './answer-lines.ts';
import type { Case } from './case.ts';
import { caseOf, readPairs, writePairs } from './pair-file.ts';
import { runSemgrep } from './run-semgrep.ts';

const FOLDER = new URL('../../test/analyzers/sast/oracle/', import.meta.url);

/** All areas, or those that are named. */
function pairFiles(areas: readonly string[]) {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt') && (areas.length === 0 || areas.includes(name.replace(/\.txt$/, ''))))
    .map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') }));
}

export function recordedCases(areas: readonly string[]): Case[] {
  return pairFiles(areas).flatMap(({ name, text }) => {
    const area = name.replace(/\.txt$/, '');
    return readPairs(text).map((pair) => ({ ...caseOf(pair), name: `${area}: ${pair.name}` }));
  });
}

/** Says which answers are others than before; resolves to the exit code. */
export function recordPairs(semgrep: string, areas: readonly string[]): number {
  const files = pairFiles(areas).map((file) => ({ ...file, pairs: readPairs(file.text) }));
  const answers = runSemgrep(
    semgrep,
    files.flatMap(({ pairs }) => pairs.map(caseOf)),
  );
  let next = 0;
  for (const { name, text, pairs } of files) {
    const lines = pairs.map((pair) => answerLines(answers[next++]!, caseOf(pair).shown));
    for (const [i, pair] of pairs.entries())
      if (pair.answer.join('\n') !== lines[i]!.join('\n')) process.stdout.write(`${name}: ${pair.name}: recorded\n`);
    writeFileSync(new URL(name, FOLDER), writePairs(text, lines));
  }
  process.stdout.write(`${next} pairs hold what Semgrep answered.\n`);
  return 0;
}
