/** How long the text is that a part of an expression matches. */
import type { Node } from './syntax-tree.ts';

/** PCRE2's limit of a look behind. */
const LONGEST_LOOK_BEHIND = 65_535;

/**
 * The length in characters where all matches have the same; null where not, and where a group calls itself.
 * `known` holds what was found for groups: asked again for each reference, an expression of a few lines would take for ever.
 */
export function fixedLength(
  node: Node,
  groups: ReadonlyMap<number, Node>,
  known = new Map<number, number | null>(),
): number | null {
  const lengthOf = (part: Node): number | null => fixedLength(part, groups, known);
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence': {
      let total = 0;
      for (const item of node.items) {
        const length = lengthOf(item);
        if (length === null || total + length > LONGEST_LOOK_BEHIND) return null;
        total += length;
      }
      return total;
    }
    case 'either': {
      const lengths = new Set(node.options.map(lengthOf));
      return lengths.size === 1 ? [...lengths][0]! : null;
    }
    case 'repeat': {
      const length = node.min === node.max ? lengthOf(node.body) : null;
      return length === null || length * node.min > LONGEST_LOOK_BEHIND ? null : length * node.min;
    }
    case 'group':
    case 'atomic':
      return lengthOf(node.body);
    case 'reference':
    case 'call': {
      const number = node.kind === 'call' ? node.group : node.groups[0]!;
      const group = groups.get(number);
      if (group === undefined) return null;
      if (!known.has(number)) {
        known.set(number, null);
        known.set(number, lengthOf(group));
      }
      return known.get(number)!;
    }
    case 'condition': {
      const [yes, no] = [lengthOf(node.yes), lengthOf(node.no)];
      return node.test.kind === 'never' ? 0 : yes === no ? yes : null;
    }
    case 'grapheme':
      return null;
    case 'assert':
    case 'look':
    case 'keep':
    case 'verb':
      return 0;
  }
}

/** The fewest characters that a match consumes; what groups refer to counts as nothing. */
export function minLength(node: Node): number {
  switch (node.kind) {
    case 'set':
    case 'grapheme':
      return 1;
    case 'sequence':
      return node.items.reduce((total, item) => total + minLength(item), 0);
    case 'either':
      return Math.min(...node.options.map(minLength));
    case 'repeat':
      return node.min === 0 ? 0 : node.min * minLength(node.body);
    case 'group':
    case 'atomic':
      return minLength(node.body);
    case 'condition':
      return Math.min(minLength(node.yes), minLength(node.no));
    default:
      return 0;
  }
}
