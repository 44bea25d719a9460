/** The cases of a fuzz run, without end and the same for the same seed: deep code, mutated code, mutated rules. */
import { ANALYSES, analysisRules } from './analyses.ts';
import type { Case } from './case.ts';
import { CONSTRUCTS } from './constructs.ts';
import type { Corpus } from './corpus.ts';
import { hostileRules } from './hostile-rules.ts';
import { mutate } from './mutate.ts';
import { createRandom, type Random } from './random.ts';

/** What one analyzer may take for one file of a review (milliseconds). */
const BUDGET_MS = 5_000;
/** Rules of one case: more would leave none of them time. */
const RULES_AT_ONCE = 12;

type Make = (random: Random, corpus: Corpus) => Omit<Case, 'name' | 'budgetMs'>;

const KINDS: Readonly<Record<string, Make>> = {
  'deep code': (random) => {
    const { depth, write } = random.pick(CONSTRUCTS);
    return { rules: someAnalyses(random), language: 'python', text: write(random.percent(20) ? depth * 10 : depth) };
  },
  'mutated code': (random, { rules, texts }) => {
    const { language, text } = random.pick(texts);
    const rulesOfTexts = random.percent(50) ? random.pick(rules) : someAnalyses(random, language ?? 'generic');
    return { rules: rulesOfTexts, language, text: mutate(text, random, random.pick(texts).text) };
  },
  'mutated rules': (random, { rules, texts }) => {
    const { language, text } = random.pick(texts);
    return { rules: mutate(random.pick(rules), random, random.pick(rules)), language, text };
  },
  'hostile rules': (random, { texts }) => {
    const { language, text } = random.pick(texts);
    return { rules: hostileRules(random), language, text };
  },
};

/** Any one of them can be made alone: `number` says which. */
export function makeCase(seed: number, number: number, corpus: Corpus): Case {
  const random = createRandom(seed * 1_000_003 + number);
  const kind = random.pick(Object.keys(KINDS));
  return { name: `${number} ${kind}`, budgetMs: BUDGET_MS, ...KINDS[kind]!(random, corpus) };
}

function someAnalyses(random: Random, language: string = 'python'): string {
  const ids = Object.keys(ANALYSES);
  const chosen = new Set(Array.from({ length: RULES_AT_ONCE }, () => random.pick(ids)));
  return analysisRules([...chosen], language);
}
