/** A text as the generic language sees it: tokens in a row, with the blocks that indentation and brackets make of them. */
import { type Token, tokenLines } from './tokens.ts';

/** The tokens from `from` to before `to`; `depth` counts the blocks around. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

export interface TextDocument {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The innermost block that holds the token: a match does not leave the block that it begins in. */
  around(token: number): Block;
  /** Where blocks begin, the whole text among them, in order. */
  readonly beginnings: readonly number[];
  /** The outermost block that begins at the token and is deeper than `depth`. */
  blockAt(token: number, depth: number): Block | null;
  /** Where the token stands in the text, in order. */
  places(token: string): readonly number[];
  /** Where any word stands. */
  words(): readonly number[];
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const BRACKET_ENDS: ReadonlySet<string> = new Set(Object.values(CLOSING));
const NOWHERE: readonly number[] = [];

/** `shown` is as long as the text, with blanks where nothing is to be read. */
export function parseDocument(text: string, shown = text): TextDocument {
  const tokens: Token[] = [];
  const pairs: [from: number, to: number][] = [];
  const open: { indent: number; from: number }[] = [];
  for (const line of tokenLines(shown)) {
    while (open.length > 0 && line.indent < open.at(-1)!.indent) pairs.push([open.pop()!.from, tokens.length]);
    if (line.indent > (open.at(-1)?.indent ?? 0)) open.push({ indent: line.indent, from: tokens.length });
    addBrackets(line.tokens, tokens.length, pairs);
    for (const token of line.tokens) tokens.push(token);
  }
  for (const block of open.reverse()) pairs.push([block.from, tokens.length]);
  return createDocument(text, tokens, pairs);
}

/** Brackets count where they are closed on the line that they are opened on; others are signs like any other. */
function addBrackets(line: readonly Token[], base: number, pairs: [number, number][]): void {
  const open: { at: number; closing: string }[] = [];
  for (const [i, { text }] of line.entries()) {
    const closing = CLOSING[text];
    if (closing !== undefined) open.push({ at: i, closing });
    else if (BRACKET_ENDS.has(text) && open.at(-1)?.closing === text) {
      const { at } = open.pop()!;
      if (i > at + 1) pairs.push([base + at + 1, base + i]);
    }
  }
}

function createDocument(text: string, tokens: readonly Token[], pairs: readonly [number, number][]): TextDocument {
  const blocks = nest(pairs, tokens.length);
  const byBeginning = Map.groupBy(blocks, ({ from }) => from);
  const whole: Block = { from: 0, to: tokens.length, depth: 0 };
  const innermost = innermostBlocks(blocks, tokens.length);
  let places: Map<string, number[]> | null = null;
  let words: number[] | null = null;
  return {
    text,
    tokens,
    around: (token) => blocks[innermost[token]!] ?? whole,
    beginnings: [...new Set([0, ...blocks.map(({ from }) => from)])],
    blockAt: (token, depth) => byBeginning.get(token)?.find((block) => block.depth > depth) ?? null,
    places(token) {
      places ??= placesOf(tokens);
      return places.get(token) ?? NOWHERE;
    },
    words() {
      words ??= tokens.flatMap(({ isWord }, i) => (isWord ? [i] : []));
      return words;
    },
  };
}

/** In the order of the text, each before those within it. */
function nest(pairs: readonly [number, number][], length: number): Block[] {
  const sorted = pairs.toSorted((a, b) => a[0] - b[0] || b[1] - a[1]);
  const around: Block[] = [{ from: 0, to: length, depth: 0 }];
  return sorted.map(([from, to]) => {
    while (around.length > 1 && around.at(-1)!.to <= from) around.pop();
    const block = { from, to, depth: around.at(-1)!.depth + 1 };
    around.push(block);
    return block;
  });
}

/** For each token the index of its block, -1 where there is none. */
function innermostBlocks(blocks: readonly Block[], length: number): Int32Array {
  const innermost = new Int32Array(length);
  const around: number[] = [-1];
  let next = 0;
  for (let token = 0; token < length; token++) {
    while (around.length > 1 && blocks[around.at(-1)!]!.to <= token) around.pop();
    while (blocks[next]?.from === token) around.push(next++);
    innermost[token] = around.at(-1)!;
  }
  return innermost;
}

function placesOf(tokens: readonly Token[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [i, { text }] of tokens.entries()) {
    const known = places.get(text);
    if (known === undefined) places.set(text, [i]);
    else known.push(i);
  }
  return places;
}
