/** Python text to syntax tree: tree-sitter's own grammar in WASM, loaded once for each thread. */
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import type { Budget } from '#domain/analyzer.ts';
import { capIndentation } from './indentation.ts';
import { createLowering } from './lowering.ts';
import type { SyntaxTree } from './node.ts';

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
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm');
  const language = await Language.load(wasm);
  const parser = new Parser().setLanguage(language);
  const lower = createLowering(language);
  return {
    /** A text that takes too long is read from its beginning only, so that time is left to find something there. */
    parse(text, budget) {
      const over = (share: number) => () => (budget?.expired() ?? false) || (budget?.used?.() ?? 0) > share;
      const safe = capIndentation(text);
      let length = text.length;
      let tree = parser.parse(safe, null, { progressCallback: over(PARSE_SHARE) });
      if (tree === null) {
        parser.reset();
        length = lineBefore(text, Math.floor(text.length / BEGINNING));
        tree = parser.parse(safe.slice(0, length), null, { progressCallback: over(PARSE_AGAIN_SHARE) });
      }
      if (tree === null) {
        parser.reset();
        return null;
      }
      try {
        const lowered = lower(tree, text, over(LOWER_SHARE));
        return length === text.length ? lowered : { ...lowered, readTo: lowered.readTo ?? length };
      } finally {
        tree.delete();
      }
    },
  };
}

function lineBefore(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset) + 1;
}
