/** One walk of tree-sitter's tree that builds ours from the leaves up, without recursion, so that no nesting is too deep. */
import type { Language, TreeCursor } from 'web-tree-sitter';
import type { Frame } from './frame.ts';
import { createInner, createLeaf, LEAVES } from './grammar.ts';
import { createNode, finishTree, type SyntaxTree } from './node.ts';

/** Tokens that decide what their parent means; all other punctuation is dropped. */
const TELLING_TOKENS = new Set([
  ...['+', '-', '*', '/', '//', '%', '@', '**', '<<', '>>', '&', '|', '^', '~', 'and', 'or', 'not'],
  ...['+=', '-=', '*=', '/=', '//=', '%=', '@=', '**=', '<<=', '>>=', '&=', '|=', '^='],
  ...['<', '<=', '==', '!=', '>', '>=', '<>', 'in', 'not in', 'is', 'is not', 'async', 'from', ':', ','],
]);
const IGNORED = new Set(['comment', 'line_continuation', 'string_end']);

/** These say something also when their end is missing. */
const HOLDS_STATEMENTS = new Set([
  ...['module', 'block', 'if_statement', 'elif_clause', 'else_clause', 'for_statement', 'while_statement'],
  ...['with_statement', 'try_statement', 'except_clause', 'finally_clause', 'decorated_definition'],
  ...['function_definition', 'class_definition'],
]);

/** How many nodes are visited between two looks at the budget. */
const BUDGET_STRIDE = 8_192;

const DROP = 0;
const TOKEN = 1;
const LEAF = 2;
const INNER = 3;

/** When `stop` says so before the end, the tree that the function answers holds what was read so far. */
export function createLowering(
  language: Language,
): (cursor: TreeCursor, text: string, broken: boolean, stop: () => boolean) => SyntaxTree {
  const { types, fields } = language;
  const roles = types.map((type, id) => roleOf(type, language.nodeTypeIsNamed(id)));

  return (cursor, text, broken, stop) => {
    const frames = [createFrame()];
    let depth = 0;
    let error: { readonly start: number; readonly end: number } | null = null;
    let frame = frames[0]!;
    for (let visited = 1; ; visited++) {
      if (visited % BUDGET_STRIDE === 0 && stop()) {
        const readTo = cursor.startIndex;
        while (depth > 0) frame = HOLDS_STATEMENTS.has(frame.type) ? close() : drop();
        return finish(frame, error, readTo);
      }
      const id = cursor.nodeTypeId;
      const type = types[id] ?? 'ERROR';
      const role = roles[id] ?? INNER;
      if (broken && (type === 'ERROR' || cursor.nodeIsMissing)) {
        const [start, end] = [cursor.startIndex, cursor.endIndex];
        // An error may be the whole file; the first one within it says more.
        if (error === null || (start >= error.start && end <= error.end)) error = { start, end };
      }
      if (role === TOKEN) {
        frame.tokens.push({ text: type, at: frame.kids.length });
      } else if (role === LEAF) {
        frame.fields.push(fields[cursor.currentFieldId] ?? '');
        frame.kids.push(createLeaf(type, text, cursor.startIndex, cursor.endIndex));
      } else if (role === INNER) {
        frame.fields.push(fields[cursor.currentFieldId] ?? '');
        depth++;
        if (depth === frames.length) frames.push(createFrame());
        frame = openFrame(frames[depth]!, type, cursor.startIndex, cursor.endIndex);
        if (cursor.gotoFirstChild()) continue;
        frame = close();
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return finish(frame, error, null);
        frame = close();
      }
    }

    /** What is only half read is left out. */
    function drop(): Frame {
      depth--;
      const below = frames[depth]!;
      below.fields.length = below.kids.length;
      return below;
    }

    function finish(
      { kids: [root] }: Frame,
      error: { readonly start: number } | null,
      readTo: number | null,
    ): SyntaxTree {
      return finishTree(text, root ?? createNode('module', 0, 0), error?.start ?? null, readTo);
    }

    /** The frame's node becomes a kid of the frame below, which is the open one again. */
    function close(): Frame {
      const node = createInner(frame, text);
      depth--;
      const below = frames[depth]!;
      below.kids.push(node);
      return below;
    }
  };
}

function roleOf(type: string, named: boolean): number {
  if (IGNORED.has(type)) return DROP;
  if (LEAVES.has(type)) return named ? LEAF : DROP;
  if (named) return INNER;
  return TELLING_TOKENS.has(type) ? TOKEN : DROP;
}

function createFrame(): Frame {
  return { type: '', start: 0, end: 0, kids: [], fields: [], tokens: [] };
}

/** Frames are used again on their level; only the list of kids passes on to a node. */
function openFrame(frame: Frame, type: string, start: number, end: number): Frame {
  frame.type = type;
  frame.start = start;
  frame.end = end;
  frame.kids = [];
  frame.fields.length = 0;
  frame.tokens.length = 0;
  return frame;
}
