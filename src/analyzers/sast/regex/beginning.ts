/**
 * Finds where in a text a match can begin. V8's regular expressions look for the first characters: what they are given has no
 * loop without bound and few ways, so that no text can make them slow.
 */
import { type CharSet, onlyMember } from './char-set.ts';
import { firstOf } from './first.ts';
import { type CharTable, charTable } from './program.ts';
import type { Node, ParsedExpression, RepeatNode } from './syntax-tree.ts';

export interface Beginning {
  /** Where to begin at all: anywhere, at lines, at the text, or where the search begins. */
  readonly at: 'anywhere' | 'line' | 'text' | 'search';
  /** Global; misses no place; null where it would find too many. */
  readonly pattern: RegExp | null;
  /** Code units of all that the pattern finds; null where they differ. */
  readonly width: number | null;
  /** An expression that fails at the beginning of a run of these fails in all of the run. */
  readonly run: CharTable | null;
}

/** A pattern that V8 may run. */
interface Piece {
  readonly source: string;
  /** In how many ways it can match, and the steps to try them all. */
  readonly ways: number;
  readonly cost: number;
  /** Code units of its shortest and of its longest match. */
  readonly least: number;
  readonly most: number;
  /** False where more would follow that is not in the source. */
  readonly whole: boolean;
}

/** Steps that V8 may take at one place of the text. */
export const MAX_COST = 512;
/** A pattern that begins a line is worth asking from this length on: shorter ones are found by walking the lines. */
const WORTH_A_LINE = 2;

const WHOLE: Piece = { source: '', ways: 1, cost: 0, least: 0, most: 0, whole: true };
const STOP: Piece = { ...WHOLE, whole: false };

const PLACES: Partial<Record<string, Beginning['at']>> = {
  'line-start': 'line',
  'text-start': 'text',
  'search-start': 'search',
};

export function beginningOf(expression: ParsedExpression): Beginning {
  const { root, refersToGroups, unicodeWords, usesVerbs } = expression;
  const first = firstItem(root, refersToGroups);
  // What a verb does to the places that come after depends on where the attempts begin: PCRE looks at the first character.
  const piece = usesVerbs ? firstCharacter(root) : pieceOf(root, unicodeWords);
  const place = first?.kind === 'assert' ? (PLACES[first.at] ?? 'anywhere') : 'anywhere';
  const isLoop = first?.kind === 'repeat' && first.max === Number.POSITIVE_INFINITY && first.body.kind === 'set';
  return {
    at: place === 'line' && piece.least >= WORTH_A_LINE ? 'anywhere' : place,
    pattern: piece.least > 0 ? new RegExp(piece.source, 'g') : null,
    width: piece.least === piece.most ? piece.least : null,
    run: isLoop && first.body.kind === 'set' && !usesVerbs ? charTable(first.body.set) : null,
  };
}

function firstItem(node: Node, refersToGroups: boolean): Node | null {
  if (node.kind === 'sequence') return node.items.length > 0 ? firstItem(node.items[0]!, refersToGroups) : null;
  if (node.kind === 'group') return refersToGroups ? null : firstItem(node.body, refersToGroups);
  return node;
}

/** What the beginning of every match of the node looks like. */
function pieceOf(node: Node, unicodeWords: boolean): Piece {
  const piece = write(node, unicodeWords);
  return piece.cost <= MAX_COST ? piece : firstCharacter(node);
}

function firstCharacter(node: Node): Piece {
  const { set, nullable } = firstOf(node);
  return nullable ? STOP : { ...writeSet(set), whole: false };
}

function write(node: Node, unicodeWords: boolean): Piece {
  switch (node.kind) {
    case 'set':
      return writeSet(node.set);
    case 'sequence':
      return writeSequence(node.items, unicodeWords);
    case 'either': {
      const pieces = node.options.map((option) => pieceOf(option, unicodeWords));
      return {
        source: `(?:${pieces.map(({ source }) => source).join('|')})`,
        ways: pieces.reduce((total, { ways }) => total + ways, 0),
        cost: pieces.reduce((total, { cost }) => total + cost + 1, 0),
        least: Math.min(...pieces.map(({ least }) => least)),
        most: Math.max(...pieces.map(({ most }) => most)),
        whole: pieces.every(({ whole }) => whole),
      };
    }
    case 'repeat':
      return writeRepeat(node, unicodeWords);
    case 'group':
    case 'atomic':
      return write(node.body, unicodeWords);
    case 'assert':
      if (node.at === 'line-start') return { ...WHOLE, source: '(?<![^\\n])', cost: 1 };
      if (node.at === 'line-end') return { ...WHOLE, source: '(?![^\\n])', cost: 1 };
      if (node.at === 'word-boundary' && !unicodeWords) return { ...WHOLE, source: '\\b', cost: 1 };
      return WHOLE;
    case 'look':
    case 'keep':
    case 'verb':
      return WHOLE;
    default:
      return STOP;
  }
}

function writeSequence(items: readonly Node[], unicodeWords: boolean): Piece {
  let piece = WHOLE;
  for (const item of items) {
    const more = pieceOf(item, unicodeWords);
    const cost = piece.cost + piece.ways * more.cost;
    if (cost > MAX_COST) return { ...piece, whole: false };
    piece = {
      source: piece.source + more.source,
      ways: piece.ways * more.ways,
      cost,
      least: piece.least + more.least,
      most: piece.most + more.most,
      whole: more.whole,
    };
    if (!piece.whole) break;
  }
  return piece;
}

function writeRepeat({ body, min, max }: RepeatNode, unicodeWords: boolean): Piece {
  const piece = pieceOf(body, unicodeWords);
  if (body.kind === 'set' && piece.whole) {
    const isBounded = max <= MAX_COST;
    const least = Math.min(min, MAX_COST);
    const most = isBounded ? max : least;
    return {
      source: `(?:${piece.source}){${least},${most}}`,
      ways: most - least + 1,
      cost: most * piece.cost,
      least: least * piece.least,
      most: most * piece.most,
      whole: isBounded,
    };
  }
  if (min === 0 && max === 1 && piece.whole) {
    return { ...piece, source: `(?:${piece.source})?`, ways: piece.ways + 1, cost: piece.cost + 1, least: 0 };
  }
  return min === 0 ? STOP : { ...piece, source: `(?:${piece.source})`, whole: piece.whole && max === 1 };
}

/** Where a character may take two code units, both halves are let in, and nothing may follow. */
function writeSet(set: CharSet): Piece {
  const only = onlyMember(set);
  if (only !== null) {
    const units = String.fromCodePoint(only).split('');
    const source = units.map((unit) => writeUnit(unit.charCodeAt(0))).join('');
    return { source, ways: 1, cost: units.length, least: units.length, most: units.length, whole: true };
  }
  let source = '';
  for (let i = 0; i < set.length && set[i]! <= 0xffff; i += 2) {
    source += `${writeUnit(set[i]!)}-${writeUnit(Math.min(set[i + 1]!, 0xffff))}`;
  }
  const isWide = set.length > 0 && set.at(-1)! > 0xffff;
  source = `[${source}${isWide ? '\\ud800-\\udfff' : ''}]`;
  return { source, ways: 1, cost: 1 + (set.length >> 5), least: 1, most: 1, whole: !isWide };
}

function writeUnit(unit: number): string {
  const char = String.fromCharCode(unit);
  return /^[\w ]$/.test(char) ? char : `\\u${unit.toString(16).padStart(4, '0')}`;
}
