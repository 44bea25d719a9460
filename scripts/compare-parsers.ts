/** `npm run compare-parsers -- DIR`: the parser that Assay uses and the native one must give the same tree for every Python file. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';

const require = createRequire(import.meta.url);

interface NativeTree {
  readonly rootNode: { toString(): string };
}

const [folder = 'rules'] = process.argv.slice(2);
const parseNative = loadNative();
if (parseNative === null) {
  process.stdout.write('the native parser is not installed: it is optional, and needs a compiler\n');
} else {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm')));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py'));
  const differing = files.filter((path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    const tree = parser.parse(text) as Tree;
    const same = tree.rootNode.toString() === parseNative(text).rootNode.toString();
    tree.delete();
    return !same;
  });
  for (const path of differing) process.stdout.write(`${path}: the two trees differ\n`);
  process.stdout.write(`${files.length - differing.length} passed, ${differing.length} failed\n`);
  process.exitCode = differing.length === 0 ? 0 : 1;
}

function loadNative(): ((text: string) => NativeTree) | null {
  try {
    const NativeParser = require('tree-sitter');
    const parser = new NativeParser();
    parser.setLanguage(require('tree-sitter-python'));
    // The native binding takes at most 32 KiB at once unless it is told otherwise.
    return (text) => parser.parse(text, undefined, { bufferSize: Math.max(32_768, text.length * 4) });
  } catch (error) {
    if (['MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
