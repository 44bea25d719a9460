/** Bounds what a policy file may look like before anything is made of it: a small file can ask for minutes of work. */
import { type Document, isAlias, isMap, isScalar, isSeq, Lexer, type ParsedNode } from 'yaml';

/** Where something is that no policy file has, as an offset, and a clause that says what. */
export interface ShapeProblem {
  readonly offset: number;
  readonly message: string;
}

/** The deepest thing that a policy can say is three levels down. */
const MAX_DEPTH = 10;
/** Words, marks, spaces, line ends and escapes, each of which can be an error of its own; the longest sensible policy has a few thousand. */
const MAX_TOKENS = 12_000;
/** The lexer's own marks, which stand for no text: a document, the end of a broken flow, a scalar. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/** Where the text begins to be more than a policy file may hold, or null. Takes time for the allowed tokens only. */
export function tooManyTokens(text: string): ShapeProblem | null {
  let offset = 0;
  let count = 0;
  for (const token of new Lexer().lex(text)) {
    count += token.startsWith('"') ? token.split('\\').length : 1;
    if (count > MAX_TOKENS) return { offset, message: 'the file is too long: this is more than a policy can say' };
    if (!MARKS.has(token)) offset += token.length;
  }
  return null;
}

/**
 * Keys that are no text, keys that are there twice, aliases (a few lines of them can stand for gigabytes), and nesting that
 * no policy has, in the order of the file. What is in them is not looked at. Keeps its own stack: the file's depth is the author's.
 */
export function shapeProblems(document: Document.Parsed<ParsedNode>, text: string): ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  const waiting: { node: ParsedNode | null; depth: number }[] = [{ node: document.contents, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node } = next;
    const depth = next.depth + 1;
    if (isAlias(node)) {
      const message = `aliases such as \`*${node.source}\` are not allowed: write the value out`;
      problems.push({ offset: node.range[0], message });
    } else if ((isMap(node) || isSeq(node)) && depth > MAX_DEPTH) {
      problems.push({ offset: node.range[0], message: 'lists or mappings are nested too deeply' });
    } else if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const keys = new Set<string>();
      for (const { key, value } of node.items) {
        const problem = keyProblem(key, keys, text);
        if (problem !== null) problems.push({ offset: key.range[0], message: problem });
        waiting.push({ node: value, depth });
      }
    } else if (isSeq<ParsedNode>(node)) for (const item of node.items) waiting.push({ node: item, depth });
  }
  return problems.toSorted((a, b) => a.offset - b.offset);
}

function keyProblem(key: ParsedNode, seen: Set<string>, text: string): string | null {
  if (isAlias(key)) return `aliases such as \`*${key.source}\` are not allowed: write the value out`;
  if (!isScalar(key)) return 'a list or a mapping cannot be a key';
  const name = String(key.value);
  if (!seen.has(name)) {
    seen.add(name);
    return null;
  }
  const written = /^[^\s:]*/.exec(text.slice(key.range[0], key.range[0] + 80))![0];
  return `the key \`${written}\` is there twice`;
}
