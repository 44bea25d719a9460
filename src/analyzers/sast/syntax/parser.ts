/** Python text to syntax tree: tree-sitter's own grammar in WASM, loaded once for each thread. */
import type { Budget } from '#domain/analyzer.ts';
import { capIndentation } from './indentation.ts';
import { createLowering } from './lowering.ts';
import type { SyntaxTree } from './node.ts';
import { loadGrammar } from './wasm-grammar.ts';

export interface PythonParser {
  /** Null when the budget ran out. Text that is not Python gives a tree with `errorAt`, too much text one with `readTo`. */
  parse(text: string, budget?: Budget): SyntaxTree | null;
}

/** How much of the budget may be used when the whole text is parsed, when its beginning is, and when the tree is built. */
const PARSE_SHARE = 0.4;
const PARSE_AGAIN_SHARE = 0.6;
const LOWER_SHARE = 0.8;
/** The beginning is this part of the text. */
const BEGINNING = 16;

let loading: Promise<PythonParser> | null = null;

export function loadPythonParser(): Promise<PythonParser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<PythonParser> {
  const grammar = await loadGrammar('tree-sitter-python/tree-sitter-python.wasm');
  const lower = createLowering(grammar.language);
  return {
    /** A text that takes too long is read from its beginning only, so that time is left to find something there. */
    parse(text, budget) {
      const over = (share: number) => () => (budget?.expired() ?? false) || (budget?.used?.() ?? 0) > share;
      const safe = capIndentation(text);
      const read = (length: number, share: number) =>
        grammar.read(safe.slice(0, length), over(share), (cursor, broken) =>
          lower(cursor, text, broken, over(LOWER_SHARE)),
        );
      const whole = read(safe.length, PARSE_SHARE);
      if (whole !== null) return whole;
      const length = lineBefore(text, Math.floor(text.length / BEGINNING));
      const beginning = read(length, PARSE_AGAIN_SHARE);
      return beginning === null ? null : { ...beginning, readTo: beginning.readTo ?? length };
    },
  };
}

function lineBefore(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset) + 1;
}
