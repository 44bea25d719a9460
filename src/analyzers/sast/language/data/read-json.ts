/** JSON text, comments allowed, to the tree that data patterns are matched on: tree-sitter's grammar in WASM. */
import type { TreeCursor } from 'web-tree-sitter';
import { createNode, type Draft, finishTree, type SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import { loadGrammar } from '#analyzers/sast/syntax/wasm-grammar.ts';
import type { Budget } from '#domain/analyzer.ts';
import { FALSE, NULL, numberScalar, TRUE } from './scalars.ts';

/** Null when the budget ran out. Kinds are those of `read-yaml.ts`. */
export type JsonParser = (text: string, budget?: Budget) => SyntaxTree | null;

export async function loadJsonParser(): Promise<JsonParser> {
  const grammar = await loadGrammar('tree-sitter-json/tree-sitter-json.wasm');
  return (text, budget) => {
    const stop = () => budget?.expired() ?? false;
    const strict = read(text, stop);
    if (strict?.errorAt == null) return strict;
    const lenient = withoutLastCommas(text);
    return lenient === text ? strict : read(lenient, stop);
  };

  function read(text: string, stop: () => boolean): SyntaxTree | null {
    return grammar.read(text, stop, (cursor, broken) => lower(cursor, text, broken, stop));
  }
}

/** Blanks for the commas before closing brackets, which many readers allow. */
function withoutLastCommas(text: string): string {
  const commas: number[] = [];
  let comma = -1;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"') {
      while (++at < text.length && text[at] !== '"') if (text[at] === '\\') at++;
    } else if (text.startsWith('//', at)) at = endOf(text, '\n', at);
    else if (text.startsWith('/*', at)) at = endOf(text, '*/', at);
    if (sign === ',') comma = at;
    else if (!/[\s/]/.test(sign)) {
      if (comma !== -1 && (sign === '}' || sign === ']')) commas.push(comma);
      comma = -1;
    }
  }
  let blanked = '';
  let from = 0;
  for (const at of commas) {
    blanked += `${text.slice(from, at)} `;
    from = at + 1;
  }
  return blanked + text.slice(from);
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from + 2);
  return at === -1 ? text.length : at + mark.length - 1;
}

const COLLECTIONS: Readonly<Record<string, string>> = {
  document: 'stream',
  object: 'mapping',
  array: 'sequence',
  pair: 'pair',
  ERROR: 'ERROR',
};

/** Nodes between two looks at the budget. */
const STRIDE = 8_192;

function lower(cursor: TreeCursor, text: string, broken: boolean, stop: () => boolean): SyntaxTree | null {
  const open: { kind: string; start: number; end: number; kids: Draft[] }[] = [];
  let errorAt: number | null = null;
  for (let visited = 1; ; visited++) {
    if (visited % STRIDE === 0 && stop()) return null;
    const type = cursor.nodeType;
    const [start, end] = [cursor.startIndex, cursor.endIndex];
    if (broken && (type === 'ERROR' || cursor.nodeIsMissing)) errorAt ??= start;
    const kind = COLLECTIONS[type];
    if (kind !== undefined) {
      open.push({ kind, start, end, kids: [] });
      if (cursor.gotoFirstChild()) continue;
      close();
    } else {
      const leaf = leafOf(type, text, start, end);
      if (leaf !== null) open.at(-1)?.kids.push(leaf);
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return finish();
      if (open.length > 1) close();
    }
  }

  function close(): void {
    const { kind, start, end, kids } = open.pop()!;
    const node = createNode(kind, start, end, kids);
    if (open.length === 0) open.push({ kind: 'stream', start: 0, end: text.length, kids: [] });
    if (kind !== 'stream') open.at(-1)!.kids.push(node);
  }

  /** One value is a document; what follows it is too much. */
  function finish(): SyntaxTree {
    const kids = open[0]?.kids ?? [];
    return finishTree(text, createNode('stream', 0, text.length, kids), errorAt ?? kids[1]?.start ?? null);
  }
}

function leafOf(type: string, text: string, start: number, end: number): Draft | null {
  const scalar = ([kind, value]: readonly [string, string]) => createNode(kind, start, end, [], value);
  switch (type) {
    case 'string':
      return createNode('string', start, end, [], text.slice(start + 1, end - 1));
    case 'number':
      return scalar(numberScalar(text.slice(start, end)));
    case 'true':
      return scalar(TRUE);
    case 'false':
      return scalar(FALSE);
    case 'null':
      return scalar(NULL);
    default:
      return null;
  }
}
