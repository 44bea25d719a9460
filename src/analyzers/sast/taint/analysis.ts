/** Runs a taint rule over a file, function by function: only those are followed in which there is a sink. */
import type { Scope } from '#analyzers/sast/rule/scope.ts';
import type { Hit } from '#analyzers/sast/rule/search.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { EMPTY, type Environment, write } from './environment.ts';
import { createEvaluator } from './evaluator.ts';
import { createFlows } from './flows.ts';
import { followBlock } from './follow.ts';
import { createGlobals, type Globals } from './globals.ts';
import { locate } from './places.ts';
import type { TaintRule } from './taint-rule.ts';
import { allTaints, cellOf } from './taints.ts';
import { bodyOf, unitOf } from './units.ts';
import { type Variables, variablesOf } from './variables.ts';

export function findTaintFlows(rule: TaintRule, scope: Scope): Hit[] {
  const places = locate(rule, scope);
  if (places === null) return [];
  const { tree, expired, options } = scope.run;
  const flows = createFlows(options);
  const globals = createGlobals(tree);
  const withSinks = new Set<SyntaxNode>();
  const withSources = new Set<SyntaxNode>();
  for (const [node, { sources, sinks }] of places) {
    if (sinks.length > 0) withSinks.add(unitOf(tree, node));
    if (sources.length > 0) withSources.add(unitOf(tree, node));
  }

  // The module comes first: functions may know its variables.
  for (const unit of [...withSinks.add(tree.root)].sort((a, b) => a.index - b.index)) {
    if (expired()) break;
    if (!withSources.has(unit) && (unit === tree.root || globals.before(unit.index).length === 0)) continue;
    const variables = variablesOf(tree, unit);
    const evaluator = createEvaluator({
      tree,
      places,
      variables,
      options,
      expired,
      reach: flows.reach,
      onAssign: unit === tree.root ? globals.assigned : null,
    });
    if (unit.kind === 'function') {
      evaluator.environment = around(unit, globals, variables);
      evaluator.bindParameters(unit.kids[1]!);
    }
    followBlock(bodyOf(unit), evaluator, expired, (node, cell) => {
      const taints = allTaints(cell);
      for (const sink of places.get(node)?.sinks ?? []) flows.reach(sink, taints, () => taints);
    });
  }
  return flows.list();
}

/** What a function knows of the module when it is followed. */
function around(unit: SyntaxNode, globals: Globals, variables: Variables): Environment {
  let environment = EMPTY;
  for (const [name, taints] of globals.before(unit.index)) {
    const variable = variables.outer(name);
    if (variable !== null) environment = write(environment, { variable, path: [] }, cellOf(taints));
  }
  return environment;
}
