/** The words that a text must hold for an expression to match: looking for a word is the cheapest way to rule a text out. */
import { onlyMember } from './char-set.ts';
import type { Node } from './syntax-tree.ts';

/** More words than this are no filter. */
const MAX_LITERALS = 16;

/** At least one of these is part of every match, as it is written; null where none are known. */
export function neededLiterals(node: Node): readonly string[] | null {
  switch (node.kind) {
    case 'set': {
      const only = onlyMember(node.set);
      return only === null ? null : [String.fromCodePoint(only)];
    }
    case 'sequence':
      return ofSequence(node.items);
    case 'either': {
      const all: string[] = [];
      for (const option of node.options) {
        const literals = neededLiterals(option);
        if (literals === null) return null;
        all.push(...literals);
      }
      return all.length > MAX_LITERALS ? null : [...new Set(all)];
    }
    case 'repeat':
      return node.min > 0 ? neededLiterals(node.body) : null;
    case 'group':
    case 'atomic':
      return neededLiterals(node.body);
    default:
      return null;
  }
}

/** The best of the items: what is longest, then what is fewest. */
function ofSequence(items: readonly Node[]): readonly string[] | null {
  let best: readonly string[] | null = null;
  let run = '';
  const offer = (literals: readonly string[] | null): void => {
    if (literals !== null && (best === null || worth(literals) > worth(best))) best = literals;
  };
  for (const item of items) {
    const only = item.kind === 'set' ? onlyMember(item.set) : null;
    if (only !== null) run += String.fromCodePoint(only);
    else {
      if (run !== '') offer([run]);
      run = '';
      offer(neededLiterals(item));
    }
  }
  if (run !== '') offer([run]);
  return best;
}

function worth(literals: readonly string[]): number {
  return Math.min(...literals.map(({ length }) => length)) - literals.length / MAX_LITERALS;
}
