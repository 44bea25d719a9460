/** Which characters can come first in a part of an expression: it decides which ways are not worth trying. */
import { type CharSet, EVERYTHING, union } from './char-set.ts';
import type { Node } from './syntax-tree.ts';

export interface First {
  /** What the first consumed character can be: never too few, maybe too many. */
  readonly set: CharSet;
  /** Whether it may consume nothing. */
  readonly nullable: boolean;
}

const NOTHING: First = { set: [], nullable: true };
const ANYTHING: First = { set: EVERYTHING, nullable: true };

const known = new WeakMap<Node, First>();

export function firstOf(node: Node): First {
  let first = known.get(node);
  if (first === undefined) {
    first = compute(node);
    known.set(node, first);
  }
  return first;
}

function compute(node: Node): First {
  switch (node.kind) {
    case 'set':
      return { set: node.set, nullable: false };
    case 'sequence':
      return node.items.reduceRight((rest, item) => chain(firstOf(item), rest), NOTHING);
    case 'either': {
      const firsts = node.options.map(firstOf);
      return { set: union(...firsts.map(({ set }) => set)), nullable: firsts.some(({ nullable }) => nullable) };
    }
    case 'repeat': {
      const first = firstOf(node.body);
      return { set: first.set, nullable: first.nullable || node.min === 0 };
    }
    case 'group':
    case 'atomic':
      return firstOf(node.body);
    case 'assert':
    case 'look':
    case 'keep':
    case 'verb':
      return NOTHING;
    default:
      return ANYTHING;
  }
}

/** For each item, what comes first behind it; the last stands for the end. */
export function firstsBehind(items: readonly Node[]): First[] {
  let rest = NOTHING;
  const firsts = items.toReversed().map((item) => {
    const behind = rest;
    rest = chain(firstOf(item), rest);
    return behind;
  });
  return firsts.toReversed();
}

/** What comes first in the one and then the other. */
function chain(first: First, rest: First): First {
  if (!first.nullable || rest.set.length === 0) return { set: first.set, nullable: first.nullable && rest.nullable };
  return { set: first.set.length === 0 ? rest.set : union(first.set, rest.set), nullable: rest.nullable };
}

/** For each option, what the options behind it can begin with. */
export function firstsOfLater(options: readonly Node[]): First[] {
  let rest: First = { set: [], nullable: false };
  const firsts = options.toReversed().map((option) => {
    const later = rest;
    const first = firstOf(option);
    rest = { set: union(first.set, rest.set), nullable: first.nullable || rest.nullable };
    return later;
  });
  return firsts.toReversed();
}
