/** Runs all rules over one text: most texts are dismissed by their words, the rest is parsed once for all rules. */
import type { Analysis, Budget } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';
import { createBindings } from './pattern/bindings.ts';
import type { Run } from './pattern/matcher.ts';
import { createReporter } from './report.ts';
import { evaluate } from './rule/evaluate.ts';
import { anchorWords, isMet, wordsOfNeed } from './rule/formula.ts';
import { indexNodes, type NodeIndex } from './rule/node-index.ts';
import type { SastRule } from './rule/rule-file.ts';
import { createVocabulary } from './rule/vocabulary.ts';
import { createConstants, LITERALS } from './syntax/constants.ts';
import { resolveImports } from './syntax/imports.ts';
import { lineOf } from './syntax/lines.ts';
import type { SyntaxTree } from './syntax/node.ts';
import type { PythonParser } from './syntax/parser.ts';

export function createScan(rules: readonly SastRule[], parser: PythonParser): (part: Part, budget: Budget) => Analysis {
  const anchors = new Set(rules.flatMap((rule) => anchorWords(rule.formula)));
  const vocabulary = createVocabulary(rules.flatMap((rule) => wordsOfNeed(rule.need)));

  return (part, budget) => {
    const has = vocabulary.wordsIn(part.text);
    const due = rules.filter((rule) => rule.appliesTo(part.path) && isMet(rule.need, has));
    if (due.length === 0) return { matches: [] };
    const tree = parser.parse(part.text, budget);
    if (tree === null) return { matches: [] };
    resolveImports(tree);
    const { matches, cut } = matchAll(due, indexNodes(tree, anchors), tree, budget);
    return {
      matches,
      ...(tree.errorAt === null ? {} : { syntaxError: `syntax error at line ${lineOf(part.text, tree.errorAt)}` }),
      ...(cut.length === 0 ? {} : { cut: `only the first ${MAX_MATCHES} findings of ${cut.join(', ')}` }),
    };
  };
}

/** `cut`: the rules that matched more often than is told. */
function matchAll(
  rules: readonly SastRule[],
  index: NodeIndex,
  tree: SyntaxTree,
  budget: Budget,
): { matches: Match[]; cut: string[] } {
  const constants = createConstants(tree);
  const literalsOnly: typeof constants = { literal: (node) => (LITERALS.has(node.kind) ? node : null) };
  const report = createReporter(tree);
  const matches: Match[] = [];
  const cut: string[] = [];
  for (const rule of rules) {
    const run: Run = {
      tree,
      constants: rule.usesConstants ? constants : literalsOnly,
      statements: index.statements,
      expired: createStopwatch(budget),
    };
    const scope = { run, index, start: 0, end: tree.text.length, bindings: createBindings() };
    const seen = new Set<string>();
    for (const range of evaluate(rule.formula, scope)) {
      const key = `${range.start} ${range.end}`;
      if (!seen.has(key)) matches.push(report(rule, range, constants));
      seen.add(key);
      if (seen.size === MAX_MATCHES) cut.push(rule.info.id);
      if (seen.size === MAX_MATCHES || run.expired()) break;
    }
    if (budget.expired()) break;
  }
  return { matches, cut };
}

/** A rule that matches more often than this in one file has been heard. */
const MAX_MATCHES = 5_000;

/** How many questions pass between two looks at the clock. */
const STRIDE = 256;

function createStopwatch(budget: Budget): () => boolean {
  let asked = 0;
  let stopped = false;
  return () => {
    if (!stopped && ++asked % STRIDE === 0) stopped = budget.expired();
    return stopped;
  };
}
