/** Works out the expressions of a unit in the order of the code, and gives variables what is assigned to them. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { COMPREHENSIONS } from '#analyzers/sast/syntax/scopes.ts';
import { createEffects, isAssignedCall } from './effects.ts';
import { EMPTY, type Environment, merge, read, write } from './environment.ts';
import { type CellOf, CONTAINERS, combine, pureElement } from './expressions.ts';
import { type Visitor, workOut } from './order.ts';
import { allTaints, type Cell, CLEAN, cellOf, passedBy, withElement } from './taints.ts';
import type { UnitContext } from './unit-context.ts';
import { isTarget } from './variables.ts';

export interface Evaluator {
  /** What holds where the walk is now. */
  environment: Environment;
  evaluate(node: SyntaxNode): Cell;
  assign(target: SyntaxNode, cell: Cell): void;
  /** What is given to a variable that runs over the value, or takes a part of it. */
  elementsOf(cell: Cell): Cell;
  bindParameters(parameters: SyntaxNode): void;
  /** To be told of every point at which a call may raise. */
  onCall: (() => void) | null;
}

export function createEvaluator(context: UnitContext): Evaluator {
  const { tree, places, variables, options, expired, onAssign } = context;
  const named = new Map<number, SyntaxNode>();
  const lambdas: { readonly node: SyntaxNode; readonly environment: Environment }[] = [];

  const evaluator: Evaluator = { environment: EMPTY, evaluate, assign, elementsOf, bindParameters, onCall: null };
  const effects = createEffects(context, evaluator);
  return evaluator;

  function evaluate(root: SyntaxNode): Cell {
    const cell = run(root);
    if (lambdas.length === 0) return cell;
    const { environment: after, onCall } = evaluator;
    const ran = new Set<SyntaxNode>();
    evaluator.onCall = null;
    for (let lambda = lambdas.pop(); lambda !== undefined; lambda = lambdas.pop()) {
      if (ran.has(lambda.node)) continue;
      ran.add(lambda.node);
      evaluator.environment = lambda.environment;
      run(lambda.node.kids[1]!);
    }
    evaluator.environment = after;
    evaluator.onCall = onCall;
    return cell;
  }

  function run(root: SyntaxNode): Cell {
    const cells = new Map<SyntaxNode, Cell>();
    const cellOfNode: CellOf = (node) => cells.get(node) ?? CLEAN;
    const branches: Environment[] = [];
    const visitor: Visitor = {
      enter(node) {
        if (node.kind === 'lambda') meetLambda(node);
      },
      leave(node) {
        const cell = leave(node, cellOfNode);
        if (cell !== CLEAN) cells.set(node, cell);
      },
      fork: () => branches.push(evaluator.environment),
      turn() {
        const before = branches.pop()!;
        branches.push(evaluator.environment);
        evaluator.environment = before;
      },
      join() {
        evaluator.environment = merge([branches.pop()!, evaluator.environment])!;
      },
    };
    workOut(root, visitor, expired);
    return cellOfNode(root);
  }

  /** One that has a name runs where the name is used, any other one where it stands. */
  function meetLambda(node: SyntaxNode): void {
    const name = node.parent?.kind === 'assignment' ? node.parent.kids[0]! : null;
    const target = name?.kind === 'name' ? variables.variable(name) : null;
    if (target !== null && variables.isUsed(target)) {
      named.set(target, node);
    } else runLambda(node);
  }

  function runLambda(node: SyntaxNode): void {
    lambdas.push({ node, environment: evaluator.environment });
  }

  function leave(node: SyntaxNode, cell: CellOf): Cell {
    const variable = node.kind === 'name' || node.kind === 'attribute' ? variables.variable(node) : null;
    let value =
      variable !== null
        ? read(evaluator.environment, { variable, path: [] })
        : COMPREHENSIONS.has(node.kind)
          ? comprehended(node, cell)
          : combine(node, cell, options);
    const lambda = variable === null ? undefined : named.get(variable);
    if (lambda !== undefined && !isTarget(node)) runLambda(lambda);
    const place = places.get(node);
    if (place !== undefined) value = effects.apply(place, node, value, cell);
    if (node.kind === 'assignment') {
      onAssign?.(node, value);
      assign(node.kids[0]!, node.kids[2]!.kind === 'absent' ? null : value);
    } else if (node.kind === 'augmented') assign(node.kids[0]!, value);
    else if (node.kind === 'for_in_clause') assign(node.kids[0]!, elementsOf(cell(node.kids[1]!)));
    if (evaluator.onCall !== null) noticeCall(node);
    return value;
  }

  function comprehended(node: SyntaxNode, cell: CellOf): Cell {
    const keeps = node.kind === 'list_comprehension' || node.kind === 'generator_expression';
    if (!keeps || options.taint_only_propagate_through_assignments) return CLEAN;
    const [element] = node.kids as [SyntaxNode];
    const isSource = (part: SyntaxNode) => (places.get(part)?.sources.length ?? 0) > 0;
    return withElement(pureElement(tree, element, cell, isSource, options));
  }

  /** A call that is assigned has been when it raises: so Semgrep sees it. */
  function noticeCall(node: SyntaxNode): void {
    if (node.kind === 'call' ? !isAssignedCall(node) : node.kind === 'assignment' && node.kids[2]!.kind === 'call')
      evaluator.onCall!();
  }

  function elementsOf(cell: Cell): Cell {
    return options.taint_only_propagate_through_assignments ? CLEAN : cellOf(allTaints(cell));
  }

  function assign(target: SyntaxNode, cell: Cell | null): void {
    const pending: [SyntaxNode, Cell | null][] = [[target, cell]];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [node, value] = next;
      if (node.kind === 'tuple' || node.kind === 'list') {
        for (const kid of node.kids) pending.push([kid, value === null ? null : elementsOf(value)]);
        continue;
      }
      if (value !== null) effects.writeTo(node, value);
      const place = places.get(node);
      if (place === undefined) continue;
      effects.addSources(place, node, CLEAN);
      if (value !== null && place.sanitizers.length === 0) effects.reachSinks(place, node, value, () => CLEAN);
    }
  }

  function bindParameters(parameters: SyntaxNode): void {
    for (const parameter of parameters.kids) {
      const [name, , value] = parameter.kids;
      if (name === undefined || value === undefined) continue;
      const number = variables.inner(name.text);
      const variable = number === null ? null : { variable: number, path: [] };
      let given = CLEAN;
      if (value.kind !== 'absent') {
        const cell = evaluate(value);
        if (!CONTAINERS.has(value.kind)) given = passedBy(cell, name);
      }
      for (const node of [parameter, name]) {
        const place = places.get(node);
        if (place !== undefined) given = place.sanitizers.length > 0 ? CLEAN : effects.addSources(place, name, given);
      }
      if (variable !== null) evaluator.environment = write(evaluator.environment, variable, given);
    }
  }
}
