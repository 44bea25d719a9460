/** Where the values of a YAML document stand, so that every problem of a rule names a line and a column. */
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { readPlainYaml } from './plain-yaml.ts';

export type YamlPath = readonly (string | number)[];

/** Line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface YamlText {
  readonly value: unknown;
  readonly error: (Place & { readonly message: string }) | null;
  /** The value at the path, or the nearest one above that exists. */
  placeOf(path: YamlPath): Place;
  has(path: YamlPath): boolean;
  /** The key itself. */
  placeOfKey(path: YamlPath, key: string): Place;
  /** A line within the text at the path, counted from 1. */
  lineWithin(path: YamlPath, line: number): Place;
}

/** What is plain is read at once, and places are looked for when one is asked for: of a rule that is right nobody does. */
export function readYamlQuickly(text: string): YamlText {
  const plain = readPlainYaml(text);
  if (plain === undefined) return readYaml(text);
  let read: YamlText | undefined;
  const full = () => {
    read ??= readYaml(text);
    return read;
  };
  return {
    value: plain.value,
    error: null,
    placeOf: (path) => full().placeOf(path),
    has: (path) => full().has(path),
    placeOfKey: (path, key) => full().placeOfKey(path, key),
    lineWithin: (path, line) => full().lineWithin(path, line),
  };
}

export function readYaml(text: string): YamlText {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const nodeAt = (path: YamlPath): Node | null => {
    const node: unknown = document.getIn(path, true);
    if (isNode(node)) return node;
    return path.length === 0 ? null : nodeAt(path.slice(0, -1));
  };
  const placeOf = (path: YamlPath) => placeAt(nodeAt(path)?.range?.[0] ?? 0);

  const [problem] = document.errors;
  const { value, message } = problem === undefined ? toValue(document) : { value: null, message: problem.message };
  return {
    value,
    error:
      message === null
        ? null
        : {
            ...placeAt(problem?.pos[0] ?? 0),
            message: plainMessage(message),
          },
    placeOf,
    has: (path) => document.hasIn(path),
    placeOfKey(path, key) {
      const node = nodeAt(path);
      const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
      return isScalar(pair?.key) ? placeAt(pair.key.range?.[0] ?? 0) : placeOf(path);
    },
    lineWithin(path, line) {
      const node = nodeAt(path);
      const place = placeOf(path);
      if (!isScalar(node)) return place;
      const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
      if (!isBlock && line === 1) return place;
      return { line: place.line + line - (isBlock ? 0 : 1), column: 1 };
    },
  };
}

/** The library's first line, without the place; it says of a text that is nested too deep that its stack is full. */
function plainMessage(message: string): string {
  const [first = ''] = message.split('\n');
  return /call stack/.test(first) ? 'it is nested too deep' : first.replace(/ at line \d+, column \d+:?$/, '');
}

function toValue(document: Document): { value: unknown; message: string | null } {
  try {
    return { value: document.toJS(), message: null };
  } catch (error) {
    // An alias that multiplies itself is refused by the library.
    return { value: null, message: (error as Error).message };
  }
}
