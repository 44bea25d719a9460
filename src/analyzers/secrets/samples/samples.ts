/** A rule file's proof: templates that its rules must report, and near misses that they must not. */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Analyzer } from '#domain/analyzer.ts';
import type { Part } from '#domain/part.ts';
import type { RuleFile, RuleProblem } from '#domain/rule.ts';
import { expand, findTemplateProblem } from './template.ts';

/**
 * `<vendor>.samples.yaml`: rule id → `must-match` and `must-not-match`, each a list of templates (template.ts) or of
 * `{path, text}` where the file's path matters.
 */
export interface Sample {
  readonly ruleId: string;
  readonly expected: 'match' | 'no-match';
  /** The path that the text is read under. */
  readonly path: string;
  readonly template: string;
  /** Where the sample stands, from 1. */
  readonly line: number;
  readonly column: number;
}

export interface Samples {
  readonly path: string;
  readonly samples: readonly Sample[];
  readonly problems: readonly RuleProblem[];
}

export interface SampleResult {
  readonly sample: Sample;
  readonly passed: boolean;
  /** Why it failed, with the template and never its expansion; empty when it passed. */
  readonly message: string;
}

export function parseSamples(file: RuleFile): Samples {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines });
  const samples: Sample[] = [];
  const problems: RuleProblem[] = [];
  const placeOf = (node: Node | null | undefined) => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const report = (place: { line: number; column: number }, ruleId: string | null, message: string): void => {
    problems.push({ path: file.path, ...place, ruleId, kind: 'invalid', message });
  };

  function readSample(node: Node, ruleId: string, expected: Sample['expected']): void {
    const text = isMap(node) ? node.get('text') : isScalar(node) ? node.value : null;
    const path = isMap(node) ? (node.get('path') ?? SAMPLE_PATH) : SAMPLE_PATH;
    if (typeof text !== 'string' || typeof path !== 'string') {
      report(placeOf(node), ruleId, 'a sample is a text, or a path and a text');
      return;
    }
    const problem = findTemplateProblem(text);
    if (problem !== null) report(placeOf(node), ruleId, problem);
    else samples.push({ ruleId, expected, path, template: text, ...placeOf(node) });
  }

  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    report({ line, column: col }, null, `not valid YAML: ${error.message.split('\n')[0]}`);
  }
  if (problems.length > 0) return { path: file.path, samples, problems };
  if (!isMap(document.contents)) {
    report(placeOf(document.contents), null, 'samples are a mapping from rule ids to must-match and must-not-match');
    return { path: file.path, samples, problems };
  }
  for (const { key, value } of document.contents.items as { key: Node; value: Node | null }[]) {
    const ruleId = isScalar(key) ? String(key.value) : '';
    for (const { key: kind, value: list } of (isMap(value) ? value.items : []) as { key: Node; value: Node | null }[]) {
      const expected = isScalar(kind) ? EXPECTATIONS.get(kind.value) : undefined;
      if (expected === undefined || !isSeq(list)) {
        report(placeOf(kind), ruleId, 'a rule has the lists must-match and must-not-match');
        continue;
      }
      for (const node of list.items as Node[]) readSample(node, ruleId, expected);
    }
    if (!isMap(value)) report(placeOf(key), ruleId, 'a rule has the lists must-match and must-not-match');
  }
  return { path: file.path, samples, problems };
}

/** A template is tried with several seeds: one lucky random text proves little. */
const SEEDS = [1, 2, 3, 4, 5];
/** A random piece this long cannot stand in a message by chance. */
const TELLTALE = 8;

/** The template's text for a seed, the same each time. @throws RangeError for an unknown kind of placeholder. */
export function expandTemplate(template: string, seed: number | string): string {
  return expand(template, seed).text;
}

/** Runs each sample against the analyzer. A match fails its sample, too, when the secret can be read from it. */
export function checkSamples(
  analyzer: Analyzer,
  samples: readonly Sample[],
  seeds: readonly number[] = SEEDS,
): SampleResult[] {
  const known = new Set(analyzer.rules.map((rule) => rule.id));
  return samples.map((sample) => {
    const message = known.has(sample.ruleId)
      ? (seeds.map((seed) => findFault(analyzer, sample, seed)).find((fault) => fault !== null) ?? '')
      : `there is no rule "${sample.ruleId}"`;
    return { sample, passed: message === '', message };
  });
}

function findFault(analyzer: Analyzer, sample: Sample, seed: number): string | null {
  const { text, values } = expand(sample.template, seed);
  const { matches } = analyzer.analyze(toPart(sample.path, text), { expired: () => false });
  const reported = matches.some((match) => match.ruleId === sample.ruleId);
  const shown = JSON.stringify(sample.template);
  if (reported && sample.expected === 'no-match') return `${sample.ruleId} must not match ${shown}`;
  if (!reported && sample.expected === 'match') {
    const others = [...new Set(matches.map((match) => match.ruleId))].join(', ');
    return `${sample.ruleId} does not match ${shown}${others === '' ? '' : ` (but ${others} does)`}`;
  }
  const said = JSON.stringify(matches);
  const leaks = values.some((value) => value.length >= TELLTALE && said.includes(value));
  return leaks ? `the secret of ${shown} can be read from its match` : null;
}

function toPart(path: string, text: string): Part {
  return { path, kind: 'source', language: null, text, named: true, locate: () => ({ line: 1, column: 1 }) };
}

const SAMPLE_PATH = 'sample.txt';
const EXPECTATIONS = new Map<unknown, Sample['expected']>([
  ['must-match', 'match'],
  ['must-not-match', 'no-match'],
]);
