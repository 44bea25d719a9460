/** Reads and writes files of recorded pairs: a rule, a target, and what Semgrep answered. */
import type { Case } from './case.ts';

/** One pair as it stands in its file; `answer` is what Semgrep found, line by line. */
export interface Pair {
  readonly name: string;
  /** The rule's keys, without `id`, `message`, `severity` and `languages` where they are the usual ones. */
  readonly rule: string;
  readonly path: string;
  readonly target: string;
  readonly answer: readonly string[];
}

const NOTHING = 'nothing';
const USUAL = { id: 'probe', languages: '[python]', severity: 'ERROR', message: 'found' };
const PAIR = /^(.+)\n([\s\S]*?)\n--- (\S+)\n([\s\S]*?)(?:\n--- Semgrep\n([\s\S]*?))?\s*$/;

/** @throws Error for a piece that is no pair. */
export function readPairs(text: string): Pair[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((piece) => {
      const parts = PAIR.exec(piece);
      if (parts === null) throw new Error(`not a pair: ${piece.slice(0, 80)}`);
      const [, name = '', rule = '', path = '', target = '', answer = ''] = parts;
      const lines = answer.split('\n').filter((line) => line !== '' && line !== NOTHING);
      return { name, rule, path, target: `${target}\n`, answer: lines };
    });
}

/** The sentence at the top of the file stays. */
export function writePairs(text: string, answers: readonly (readonly string[])[]): string {
  const pieces = readPairs(text).map(
    ({ name, rule, path, target }, i) =>
      `=== ${[name, rule, `--- ${path}`, target.slice(0, -1), '--- Semgrep', ...answerOf(answers[i]!)].join('\n')}\n`,
  );
  return [text.slice(0, text.search(/^=== /m)), pieces.join('\n')].join('');
}

function answerOf(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [NOTHING] : lines;
}

/** Messages count where the rule's message holds what was found, and rules are named where there are several. */
export function caseOf(pair: Pair): Case {
  const messages = /^ *(?:- )?message:.*\$/m.test(pair.rule);
  return {
    name: pair.name,
    rules: { path: 'rule.yaml', text: ruleText(pair.rule) },
    target: { path: pair.path, bytes: new TextEncoder().encode(pair.target) },
    shown: { ruleIds: pair.rule.startsWith('rules:'), messages, fixes: true },
  };
}

/** A rule file of one rule; one that begins with `rules:` is whole already. */
function ruleText(rule: string): string {
  if (rule.startsWith('rules:')) return `${rule}\n`;
  const missing = Object.entries(USUAL).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(rule));
  const lines = [...missing.map(([key, value]) => `${key}: ${value}`), ...rule.split('\n')];
  return `rules:\n  -${lines
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n')
    .slice(3)}\n`;
}
