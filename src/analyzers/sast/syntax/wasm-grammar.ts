/** One of tree-sitter's grammars in WASM, loaded from the package that ships it. */
import { createRequire } from 'node:module';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';

export interface Grammar {
  readonly language: Language;
  /** What `walk` makes of the tree, which is freed afterwards; null when `stop` said so before it was parsed. */
  read<T>(text: string, stop: () => boolean, walk: (cursor: TreeCursor, broken: boolean) => T): T | null;
}

/** `wasm` is a path within a package: `tree-sitter-json/tree-sitter-json.wasm`. */
export async function loadGrammar(wasm: string): Promise<Grammar> {
  await Parser.init();
  const language = await Language.load(createRequire(import.meta.url).resolve(wasm));
  const parser = new Parser().setLanguage(language);
  return {
    language,
    read(text, stop, walk) {
      const tree = parser.parse(text, null, { progressCallback: stop });
      if (tree === null) {
        parser.reset();
        return null;
      }
      const cursor = tree.walk();
      try {
        return walk(cursor, tree.rootNode.hasError);
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
  };
}
