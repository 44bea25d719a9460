/** Python text to syntax tree: tree-sitter's own grammar in WASM, loaded once for each thread. */
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import type { Budget } from '#domain/analyzer.ts';
import { createLowering } from './lowering.ts';
import type { SyntaxTree } from './node.ts';

export interface PythonParser {
  /** Null when the budget ran out. Text that is not Python gives a tree with `errorAt`. */
  parse(text: string, budget?: Budget): SyntaxTree | null;
}

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
    parse(text, budget) {
      const stop = () => budget?.expired() ?? false;
      const tree = parser.parse(text, null, { progressCallback: stop });
      if (tree === null) {
        parser.reset();
        return null;
      }
      try {
        return lower(tree, text, stop);
      } finally {
        tree.delete();
      }
    },
  };
}
