/** The engine held to what Semgrep answered: the pairs of this folder, recorded with `npm run oracle -- --record`. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerLines } from '#scripts/oracle/answer-lines.ts';
import { differences } from '#scripts/oracle/differences.ts';
import { generateCases } from '#scripts/oracle/generate/cases.ts';
import { judge, readKnownDifferences } from '#scripts/oracle/known-differences.ts';
import { caseOf, readPairs, writePairs } from '#scripts/oracle/pair-file.ts';
import { runAssay } from '#scripts/oracle/run-assay.ts';

const FOLDER = new URL('.', import.meta.url);
const known = readKnownDifferences();

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => {
    const text = readFileSync(new URL(name, FOLDER), 'utf8');
    return { area: name.replace(/\.txt$/, ''), text, pairs: readPairs(text) };
  });

describe.each(files)('$area', ({ area, text, pairs }) => {
  it('is as it was recorded', () => {
    expect(
      writePairs(
        text,
        pairs.map(({ answer }) => answer),
      ),
    ).toBe(text);
  });

  it.each(pairs.map((pair) => [pair.name, pair] as const))('%s', async (name, pair) => {
    const asked = caseOf(pair);
    const [answer] = await runAssay([asked]);
    const found = judge(differences(pair.answer, answerLines(answer!, asked.shown)), known.get(`${area}: ${name}`));
    expect(found).toEqual({ unlisted: [], healed: [] });
  });
});

it('lists no difference of a pair that is gone', () => {
  const names = new Set(files.flatMap(({ area, pairs }) => pairs.map(({ name }) => `${area}: ${name}`)));
  const gone = [...known.keys()].filter((name) => !name.includes(' over ') && !names.has(name));
  expect(gone).toEqual([]);
});

it('generates the same pairs from the same seed', () => {
  const generate = (seed: number) => generateCases(20, seed, { ruleIds: true, messages: false, fixes: false });
  const texts = (seed: number) => generate(seed).map(({ rules, target }) => [rules.text, `${target.bytes}`]);
  expect(texts(1)).toEqual(texts(1));
  expect(texts(1)).not.toEqual(texts(2));
});
