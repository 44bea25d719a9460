/** Writes Go's answers into the file that the tests hold Assay to: a few short texts for each of its expressions. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { createRandom } from '#scripts/oracle/generate/random.ts';
import { type Answer, askGo } from './ask-go.ts';
import { createTexts } from './texts.ts';
import { createWalk } from './walk.ts';

const FILE = fileURLToPath(
  new URL('../../../test/analyzers/secrets/expression/expression-answers.yaml', import.meta.url),
);
const SEED = 7;
const GENERATED = 60;
const KEPT = 8;
/** Bytes. */
const MAX_TEXT = 40;

interface Recorded {
  readonly expression: string;
  readonly keywords?: readonly string[];
}

/** False where Go is not installed. */
export function recordAnswers(): boolean {
  const before = readFileSync(FILE, 'utf8');
  const random = createRandom(SEED);
  const recorded = parse(before) as Recorded[];
  const questions = recorded.map(({ expression: source, keywords = [] }) => {
    const walk = createWalk(source);
    const texts = walk === null ? [] : createTexts(walk, GENERATED, random).filter(isPlain);
    const rule = { keywords, secretGroup: 0 };
    return { expression: { name: source, source, rule }, texts: uniqueTexts(texts) };
  });
  const answers = askGo(questions);
  if (answers === null) return false;
  const head = before.slice(0, before.search(/^-/m));
  const entries = recorded.map((one, index) => entry(one, questions[index]!.texts, answers[index]!));
  writeFileSync(FILE, head + entries.join(''));
  return true;
}

function isPlain(text: Buffer): boolean {
  return text.length <= MAX_TEXT && text.equals(Buffer.from(text.toString()));
}

function uniqueTexts(texts: readonly Buffer[]): Buffer[] {
  return [...new Set(texts.map(String))].map((text) => Buffer.from(text));
}

function entry({ expression, keywords }: Recorded, texts: readonly Buffer[], answer: Answer): string {
  const lines = [`- expression: ${quoted(expression)}`];
  if (keywords !== undefined) lines.push(`  keywords: [${keywords.map(quoted).join(', ')}]`);
  if (answer.error !== undefined) lines.push('  refused: true');
  else if (texts.length === 0) lines.push('  texts: []');
  else lines.push('  texts:', ...answered(texts, answer).map((line) => `    - ${line}`));
  return `${lines.join('\n')}\n`;
}

/** Those with matches first, as far as three quarters. */
function answered(texts: readonly Buffer[], { matches, secrets }: Answer): string[] {
  const all = texts.map((text, index) => ({ text, matches: matches![index]!, secrets: secrets![index]! }));
  const matching = all.filter((one) => one.matches.length > 0);
  const others = all.filter((one) => one.matches.length === 0);
  const room = Math.max(KEPT - others.length, (KEPT * 3) / 4);
  return [...matching.slice(0, room), ...others].slice(0, KEPT).map(({ text, ...found }) => {
    const [matched, secret] = [found.matches, found.secrets].map((list) => JSON.stringify(list).replaceAll(',', ', '));
    return `{ text: ${quoted(String(text))}, matches: ${matched}, secrets: ${secret} }`;
  });
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/gu, (character) => {
    return `\\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}`;
  });
}
