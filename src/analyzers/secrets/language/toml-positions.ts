/** Where each table and key of a TOML file stands, so that a problem can name its line. */
import { lastAtMost } from '#domain/last-at-most.ts';

/** Line and column count from 1. */
export interface TomlPosition {
  readonly line: number;
  readonly column: number;
}

/** Finds the place of a path such as `['rules', 0, 'regex']`, or of the nearest table around it. */
export type TomlPositions = (path: readonly PropertyKey[]) => TomlPosition;

/** Keys joined by dots; what is deeper has the place of these, and no key of the language is. */
const MAX_KEYS = 16;

/** `text` must be valid TOML: the parser has its say first. Keys inside of inline tables have the place of their table. Paths name keys as `canonical` has them. */
export function locateToml(text: string, canonical: (key: string) => string = (key) => key): TomlPositions {
  const places = new Map<string, number>();
  const arrays = new Map<string, number>();
  let table: string[] = [];
  let at = 0;

  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const readKeys = (): string[] => {
    const keys: string[] = [];
    for (let key = skip(KEY); key !== ''; key = skip(KEY))
      if (keys.length < MAX_KEYS) keys.push(canonical(key.replace(/^[\s.]+|\s+$/g, '').replace(/^["']|["']$/g, '')));
    return keys;
  };
  /** Puts the index of an array of tables' last element behind its name. */
  const resolve = (keys: readonly string[]): string[] => {
    const path: string[] = [];
    for (const key of keys) {
      path.push(key);
      const count = arrays.get(path.join('\0'));
      if (count !== undefined) path.push(String(count - 1));
    }
    return path;
  };
  const mark = (path: string, offset: number): void => {
    if (!places.has(path)) places.set(path, offset);
  };

  while (at < text.length) {
    skip(BLANK);
    const start = at;
    if (at >= text.length) break;
    const brackets = skip(/\[{1,2}/y);
    const keys = readKeys();
    if (brackets === '') {
      mark([...table, ...keys].join('\0'), start);
      skipValue();
      continue;
    }
    if (brackets === '[[') {
      const name = [...resolve(keys.slice(0, -1)), keys.at(-1)!].join('\0');
      arrays.set(name, (arrays.get(name) ?? 0) + 1);
      mark(name, start);
    }
    table = resolve(keys);
    mark(table.join('\0'), start);
    skip(/[^\n]*/y);
  }

  function skipValue(): void {
    for (let depth = 0; at < text.length; ) {
      if (skip(STRING) !== '' || skip(/#[^\n]*/y) !== '') continue;
      const unit = text[at++];
      if (unit === '[' || unit === '{') depth++;
      else if (unit === ']' || unit === '}') depth--;
      else if (unit === '\n' && depth === 0) return;
    }
  }

  const lines = lineStarts(text);
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const offset = places.get(path.slice(0, length).map(String).join('\0'));
      if (offset === undefined) continue;
      const line = lastAtMost(lines, offset);
      return { line: line + 1, column: offset - lines[line]! + 1 };
    }
    return { line: 1, column: 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

const BLANK = /(?:\s|#[^\n]*)*/y;
const KEY = /[ \t]*\.?[ \t]*(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*/y;
const STRING = /'''[\s\S]*?'{3,5}|"""(?:[^\\]|\\[\s\S])*?"{3,5}|'[^'\n]*'|"(?:[^"\\\n]|\\.)*"/y;
