/** What is wrong with a policy file, said with the key, the line and the column, and with what would be right. */
import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter, type ParsedNode, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { nearest } from './nearest.ts';
import { shapeProblems } from './policy-shape.ts';

/** How many problems of one file are told. */
export const MAX_PROBLEMS = 20;

/** Line and column count from 1. `key` is a dotted path, empty for the file as a whole; `message` a clause without a full stop. */
export interface PolicyProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly key: string;
  readonly message: string;
}

/** A parsed file, and how its offsets become lines. */
export interface PolicySource {
  readonly path: string;
  readonly text: string;
  readonly lines: LineCounter;
  readonly document: Document.Parsed<ParsedNode>;
}

type KeyPath = readonly PropertyKey[];

export function problemAt(source: PolicySource, offset: number, key: string, message: string): PolicyProblem {
  const { line, col } = source.lines.linePos(offset);
  return { path: source.path, line: Math.max(line, 1), column: Math.max(col, 1), key, message };
}

/** What the YAML parser objects to (its warnings too: a tag that it cannot resolve is a value that nobody meant), and the shape. */
export function yamlProblems(source: PolicySource): PolicyProblem[] {
  const errors = [...source.document.errors, ...source.document.warnings];
  // What the parser says after it ran out of stack only follows from that.
  const deep = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (deep !== undefined) return [problemAt(source, deep.pos[0], '', 'lists or mappings are nested too deeply')];
  const byLine = new Map<number, PolicyProblem>();
  for (const error of errors) {
    const problem = problemAt(source, error.pos[0], '', syntaxMessage(error));
    if (!byLine.has(problem.line)) byLine.set(problem.line, problem);
  }
  const shape = shapeProblems(source.document, source.text);
  return [...byLine.values(), ...shape.map(({ offset, message }) => problemAt(source, offset, '', message))];
}

function syntaxMessage({ message }: YAMLError): string {
  return `not valid YAML: ${message.split('\n')[0]!.replace(/[.:]$/, '')}`;
}

/** `known` lists the keys that a mapping may have, by the mapping's dotted path with `*` for a place in a list. */
export function schemaProblems(
  source: PolicySource,
  issues: readonly z.core.$ZodIssue[],
  content: unknown,
  known: Readonly<Record<string, readonly string[]>>,
): PolicyProblem[] {
  // Each problem looks for its place anew, which is too slow for thousands.
  const problems = issues.slice(0, MAX_PROBLEMS).flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      const message = valueProblem(issue, valueAt(content, issue.path));
      return [problemAt(source, offsetOf(source.document, issue.path), issue.path.join('.'), message)];
    }
    return issue.keys.slice(0, MAX_PROBLEMS).map((key) => {
      const path = [...issue.path, key];
      const message = unknownKey(key, known[issue.path.map(placeholder).join('.')] ?? []);
      return problemAt(source, offsetOf(source.document, path, 'key'), path.join('.'), message);
    });
  });
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function placeholder(key: PropertyKey): string {
  return typeof key === 'number' ? '*' : String(key);
}

function unknownKey(key: string, known: readonly string[]): string {
  return `is not a known key ${choices('known', nearest(key, known), known)}`;
}

function valueProblem(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === null) return 'has no value: give it one, or remove the key';
  if (value === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const guess = typeof value === 'string' ? nearest(value, allowed) : null;
      return `cannot be ${describe(value)} ${choices('allowed', guess, allowed)}`;
    }
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}, not ${describe(value)}`;
    case 'invalid_key':
      return 'is not a rule id';
    default:
      return typeof value === 'string' ? `is ${describe(value)}, which ${issue.message}` : issue.message;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: '`true` or `false`',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
  string: 'a text',
};

function choices(label: string, guess: string | null, all: readonly string[]): string {
  const listed = `${label}: ${all.map((word) => `\`${word}\``).join(', ')}`;
  return guess === null ? `(${listed})` : `(did you mean \`${guess}\`? ${listed})`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text}\``;
}

function valueAt(content: unknown, path: KeyPath): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Where the value at `path` starts, or its key; a value that is not written down stands where its key does. */
function offsetOf(document: PolicySource['document'], path: KeyPath, want: 'key' | 'value' = 'value'): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const [depth, key] of path.entries()) {
    const wantsKey = want === 'key' && depth === path.length - 1;
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) return offset;
      const empty = !isNode(pair.value) || (isScalar(pair.value) && pair.value.source === '');
      offset = (wantsKey || empty ? pair.key : (pair.value as ParsedNode)).range[0];
      node = pair.value;
    } else if (isSeq<ParsedNode>(node)) {
      node = node.items[Number(key)];
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    } else return offset;
  }
  return offset;
}
