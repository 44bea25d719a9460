/** Runs rules over Python text as the analyzer does, and says what a person would see: which rule, on which line. */
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import type { Analysis, Analyzer } from '#domain/analyzer.ts';
import type { Part } from '#domain/part.ts';

export const NO_LIMIT = { expired: () => false };

export function pythonPart(text: string, path = 'train.py'): Part {
  return { path, kind: 'source', language: 'python', text, locate: () => ({ line: 1, column: 1 }) };
}

/** A rule file of one rule: `body` is its patterns, at the indentation of a rule's keys or none. */
export function ruleText(body: string, head: Record<string, string> = {}): string {
  const keys = { id: 'probe', message: 'found', severity: 'ERROR', languages: '[python]', ...head };
  const given = Object.keys(keys).filter((key) => !new RegExp(`^${key}:`, 'm').test(body));
  const lines = given.map((key) => `${key}: ${keys[key as keyof typeof keys]}`);
  const indented = [...lines, ...body.trimEnd().split('\n')].map((line) => (line === '' ? '' : `    ${line}`));
  return `rules:\n  -${indented.join('\n').slice(3)}\n`;
}

/** @throws Error when a rule is not accepted. */
export async function analyzerFor(...texts: readonly string[]): Promise<Analyzer> {
  const analyzer = await createSastAnalyzer(texts.map((text, i) => ({ path: `rule-${i + 1}.yaml`, text })));
  const [problem] = analyzer.problems;
  if (problem !== undefined) throw new Error(`${problem.path}:${problem.line}: ${problem.message}`);
  return analyzer;
}

export async function analyze(body: string, text: string, path?: string): Promise<Analysis> {
  return (await analyzerFor(ruleText(body))).analyze(pythonPart(text, path), NO_LIMIT);
}

/** The lines on which a match begins, each once, in order. */
export async function linesFound(body: string, text: string): Promise<number[]> {
  const { matches } = await analyze(body, text);
  return [...new Set(matches.map((match) => lineAt(text, match.start)))].sort((a, b) => a - b);
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
