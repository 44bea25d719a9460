/** `npm run oracle -- expressions --config FILE …`: every expression of Gitleaks configurations, beside Go's regexp, over generated texts. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { askAssay } from './expressions/ask-assay.ts';
import { type Answer, askGo, type Question } from './expressions/ask-go.ts';
import { listExpressions } from './expressions/listed.ts';
import { recordAnswers } from './expressions/record.ts';
import { createTexts } from './expressions/texts.ts';
import { createWalk } from './expressions/walk.ts';
import { createRandom } from './generate/random.ts';

const USAGE =
  'npm run oracle -- expressions --config FILE [--config FILE …] [--seed N] [--cases M] [--only TEXT] | --record';
const OPTIONS = {
  config: { type: 'string', multiple: true },
  seed: { type: 'string', default: '1' },
  cases: { type: 'string', default: '60' },
  only: { type: 'string', default: '' },
  record: { type: 'boolean', default: false },
} as const;
/** Differences of one expression that are printed. */
const MAX_SHOWN = 5;
/** Characters of a text that are printed. */
const MAX_TEXT = 300;

/** 0: the same answers; 1: differences; 2: wrong usage. */
export async function expressionsOracle(args: readonly string[]): Promise<number> {
  const { config: files = [], ...values } = parseArgs({ args: [...args], options: OPTIONS }).values;
  if (values.record) return skipUnless(recordAnswers());
  if (files.length === 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const questions = files.flatMap((file) => questionsOf(file, values));
  const theirs = askGo(questions);
  if (theirs === null) return skipUnless(false);
  let differing = 0;
  for (const [index, question] of questions.entries()) {
    const lines = compare(question, theirs[index]!, await askAssay(question));
    if (lines.length === 0) continue;
    differing++;
    const more = lines.length > MAX_SHOWN ? [`  and ${lines.length - MAX_SHOWN} more`] : [];
    const { name, source } = question.expression;
    process.stdout.write(`${[`${name}: ${source}`, ...lines.slice(0, MAX_SHOWN), ...more].join('\n')}\n`);
  }
  process.stdout.write(`${summary(questions, theirs, differing)}\n`);
  return differing > 0 ? 1 : 0;
}

/** The exit code. */
function skipUnless(installed: boolean): number {
  if (!installed) process.stdout.write('skipped: Go is not installed\n');
  return 0;
}

function questionsOf(file: string, { seed, cases, only }: { seed: string; cases: string; only: string }): Question[] {
  const random = createRandom(Number(seed));
  return listExpressions(readFileSync(file, 'utf8'))
    .filter(({ name }) => name.includes(only))
    .map((expression) => {
      const walk = createWalk(expression.source);
      return { expression, texts: walk === null ? [] : createTexts(walk, Number(cases), random) };
    });
}

function compare({ texts }: Question, theirs: Answer, ours: Answer): string[] {
  if (theirs.error !== undefined || ours.error !== undefined) {
    if (theirs.error !== undefined && ours.error !== undefined) return [];
    return [`  Go: ${theirs.error ?? 'takes it'}`, `  Assay: ${ours.error ?? 'takes it'}`];
  }
  return texts.flatMap((text, index) =>
    (['matches', 'secrets'] as const).flatMap((what) => {
      const [go, assay] = [theirs, ours].map((answer) => JSON.stringify(answer[what]?.[index] ?? []));
      return go === assay ? [] : [`  ${what} in ${shown(text)}\n    Go    ${cut(go!)}\n    Assay ${cut(assay!)}`];
    }),
  );
}

function shown(text: Buffer): string {
  const escaped = JSON.stringify(text.toString(text.equals(Buffer.from(text.toString())) ? 'utf8' : 'latin1'));
  return `${cut(escaped)} (${text.length} bytes)`;
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function summary(questions: readonly Question[], theirs: readonly Answer[], differing: number): string {
  const texts = questions.reduce((sum, one) => sum + one.texts.length, 0);
  const matches = theirs.reduce(
    (sum, { matches }) => sum + (matches ?? []).filter((found) => found.length > 0).length,
    0,
  );
  const refused = theirs.filter(({ error }) => error !== undefined).length;
  return (
    `${questions.length} expressions (${refused} refused by Go), ${texts} texts, ${matches} of them with matches: ` +
    `${differing} expressions differ`
  );
}
