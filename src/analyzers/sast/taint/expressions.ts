/** What an expression's value may be tainted by, from its parts up, in the order in which Python works them out. */
import type { RuleOptions } from '#analyzers/sast/options.ts';
import { ABSENT, type SyntaxNode, type SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import { COMPREHENSIONS } from '#analyzers/sast/syntax/scopes.ts';
import { isBoolean, isNumber } from './safe-types.ts';
import {
  allTaints,
  type Cell,
  CLEAN,
  cellOf,
  ELEMENT,
  elementOf,
  fieldOf,
  mergeCells,
  NO_TAINTS,
  type Taints,
  union,
} from './taints.ts';

/** What Semgrep does not look into where a module's variable or a parameter's default is one. */
export const CONTAINERS: ReadonlySet<string> = new Set(['list', 'tuple', 'set', 'dict', 'lambda', ...COMPREHENSIONS]);

export type CellOf = (node: SyntaxNode) => Cell;

/** The parts that are worked out before the expression itself, in this order; what stands in others is not looked at. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const { kids } = node;
  switch (node.kind) {
    case 'attribute':
      return [kids[0]!];
    case 'keyword':
      return [kids[1]!];
    case 'subscript':
      return kids[1]!.kind === 'slice' ? [] : kids;
    case 'assignment':
      return [kids[2]!, kids[0]!];
    case 'augmented':
      return [kids[1]!, kids[0]!];
    case 'conditional':
      return [kids[1] ?? ABSENT, kids[0]!, kids[2] ?? ABSENT];
    case 'for_in_clause':
      return kids.slice(1);
    case 'lambda':
      return [];
    case 'call':
      return [kids[1]!, kids[0]!];
    default:
      return COMPREHENSIONS.has(node.kind) ? [...kids.slice(1), kids[0]!] : kids;
  }
}

/** Without what the rule finds at the expression itself. */
export function combine(node: SyntaxNode, cell: CellOf, options: RuleOptions): Cell {
  const { kids } = node;
  const onlyAssigned = options.taint_only_propagate_through_assignments;
  const all = (nodes: readonly SyntaxNode[]) => cellOf(taintsOf(nodes, cell));
  switch (node.kind) {
    case 'attribute':
      return onlyAssigned ? CLEAN : fieldOf(cell(kids[0]!), kids[1]!.text);
    case 'subscript': {
      if (onlyAssigned || kids[1]!.kind === 'slice') return CLEAN;
      const object = cell(kids[0]!);
      const index = options.taint_assume_safe_indexes ? NO_TAINTS : allTaints(cell(kids[1]!));
      return index.size === 0 ? elementOf(object) : cellOf(union(allTaints(object), index));
    }
    case 'call':
      return onlyAssigned ? CLEAN : callResult(node, cell, options);
    case 'assignment':
      return cell(kids[2]!);
    case 'conditional':
      return mergeCells(cell(kids[0]!), cell(kids[2] ?? ABSENT));
    case 'list':
    case 'tuple':
    case 'dict':
      return displayed(kids, cell);
    case 'comparison':
      if (options.taint_assume_safe_comparisons || options.taint_assume_safe_booleans) return CLEAN;
      return onlyAssigned ? CLEAN : all(kids);
    case 'not':
      return onlyAssigned || options.taint_assume_safe_booleans ? CLEAN : all(kids);
    case 'binary':
    case 'boolean':
    case 'unary':
    case 'augmented':
      if (onlyAssigned || (options.taint_assume_safe_numbers && isNumber(node))) return CLEAN;
      return options.taint_assume_safe_booleans && isBoolean(node) ? CLEAN : all(kids);
    case 'fstring':
    case 'await':
      return onlyAssigned ? CLEAN : all(kids);
    case 'lambda':
    case 'yield':
      return CLEAN;
    default:
      return all(kids);
  }
}

/** An unknown function passes on what it is given, and a method what its object is. */
function callResult(node: SyntaxNode, cell: CellOf, options: RuleOptions): Cell {
  const [callee, args] = node.kids as [SyntaxNode, SyntaxNode];
  const object = callee.kind === 'attribute' ? callee.kids[0]! : callee;
  if (options.taint_assume_safe_functions) {
    const held = callee === object ? NO_TAINTS : allTaints(cell(object));
    return cellOf(new Map([...allTaints(cell(callee))].filter(([key]) => !held.has(key))));
  }
  return cellOf(union(union(allTaints(cell(callee)), allTaints(cell(object))), allTaints(cell(args))));
}

/** What is displayed in a container keeps its attributes; what a container in it holds does not. */
function displayed(items: readonly SyntaxNode[], cell: CellOf): Cell {
  let own = NO_TAINTS;
  const fields = new Map<string, Cell>();
  for (const item of items) {
    const [key, value] = item.kind === 'pair' ? item.kids : [null, item];
    const held = CONTAINERS.has(value!.kind) ? cellOf(allTaints(cell(value!))) : cell(value!);
    if (held === CLEAN && (key === null || cell(key!) === CLEAN)) continue;
    const name = key === null || key!.kind === 'integer' ? ELEMENT : key!.kind === 'string' ? key!.text : null;
    if (name === null || item.kind === 'splat' || item.kind === 'doublesplat') {
      own = union(own, allTaints(held));
      if (key !== null) own = union(own, allTaints(cell(key!)));
    } else fields.set(name, mergeCells(fields.get(name) ?? CLEAN, held));
  }
  return fields.size === 0 ? cellOf(own) : { own, fields };
}

/** What Semgrep works out before the expression that it stands in. */
export const NEEDS_A_STEP: ReadonlySet<string> = new Set([
  'call',
  'fstring',
  'conditional',
  'await',
  'assignment',
  'lambda',
]);

/**
 * The element of a comprehension, as Semgrep has it: what takes a step of its own to work out (a call, an f-string)
 * does not reach the element, unless it is a source.
 */
export function pureElement(
  tree: SyntaxTree,
  element: SyntaxNode,
  cell: CellOf,
  isSource: (node: SyntaxNode) => boolean,
  options: RuleOptions,
): Cell {
  const pure = new Map<SyntaxNode, Cell>();
  const pureCell: CellOf = (node) => pure.get(node) ?? CLEAN;
  for (let i = element.index + element.size - 1; i >= element.index; i--) {
    const node = tree.nodes[i]!;
    const whole = cell(node);
    if (whole === CLEAN || (NEEDS_A_STEP.has(node.kind) && !isSource(node))) continue;
    pure.set(
      node,
      node.size === 1 || isSource(node) || COMPREHENSIONS.has(node.kind) ? whole : combine(node, pureCell, options),
    );
  }
  return pureCell(element);
}

function taintsOf(nodes: readonly SyntaxNode[], cell: CellOf): Taints {
  let taints = NO_TAINTS;
  for (const node of nodes) taints = union(taints, allTaints(cell(node)));
  return taints;
}
