/** Writes an expression for RE2, which needs linear time whatever the text: what RE2 means otherwise than PCRE is left out. */
import { RE2JS } from 're2js';
import type { CharSet } from './char-set.ts';
import { firstsBehind } from './first.ts';
import { minLength } from './measure.ts';
import type { Node, ParsedExpression, Place } from './syntax-tree.ts';

/** RE2's limit of a counted repeat. */
const MAX_REPEAT = 1_000;

const PLACES: Partial<Record<Place, string>> = {
  'text-start': '\\A',
  'text-end': '\\z',
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
  'word-boundary': '\\b',
  'not-word-boundary': '\\B',
};

/** Null where RE2 has no such expression. */
export function compileLinear(expression: ParsedExpression): RE2JS | null {
  const { root, refersToGroups, unicodeWords } = expression;
  if (refersToGroups || unicodeWords || minLength(root) === 0) return null;
  const source = write(root, false);
  if (source === null) return null;
  try {
    return RE2JS.compile(source);
  } catch {
    return null;
  }
}

/** `followed`: something is consumed behind the node in any case. */
function write(node: Node, followed: boolean): string | null {
  switch (node.kind) {
    case 'set':
      return writeSet(node.set);
    case 'sequence': {
      const behind = firstsBehind(node.items);
      return all(
        node.items.map((item, i) => write(item, followed || !behind[i]!.nullable)),
        '',
      );
    }
    case 'either':
      return wrap(
        '(?:',
        all(
          node.options.map((option) => write(option, followed)),
          '|',
        ),
        ')',
      );
    case 'group':
      return wrap('(', write(node.body, followed), ')');
    case 'repeat': {
      const { body, min, max, mode } = node;
      if (mode === 'possessive' || minLength(body) === 0) return null;
      if (min > MAX_REPEAT || (max !== Number.POSITIVE_INFINITY && max > MAX_REPEAT)) return null;
      const count = `{${min},${max === Number.POSITIVE_INFINITY ? '' : max}}${mode === 'lazy' ? '?' : ''}`;
      return wrap('(?:', write(body, false), `)${count}`);
    }
    case 'assert':
      // After the last line break PCRE sees no line: only where more must follow, the two agree.
      return node.at === 'line-start' && !followed ? null : (PLACES[node.at] ?? null);
    default:
      return null;
  }
}

function all(parts: readonly (string | null)[], separator: string): string | null {
  return parts.includes(null) ? null : parts.join(separator);
}

function wrap(before: string, inner: string | null, after: string): string | null {
  return inner === null ? null : before + inner + after;
}

function writeSet(set: CharSet): string {
  if (set.length === 0) return '[^\\x{0}-\\x{10ffff}]';
  let ranges = '';
  for (let i = 0; i < set.length; i += 2) ranges += `\\x{${set[i]!.toString(16)}}-\\x{${set[i + 1]!.toString(16)}}`;
  return `[${ranges}]`;
}
