/** The parser's place in the source of an expression, and what it has learnt on the way there. */
import type { Node } from './syntax-tree.ts';

/** What is wrong with an expression; the position counts characters from 1. */
export class ExpressionSyntaxError extends Error {
  readonly kind: 'invalid' | 'unsupported';
  readonly position: number;

  constructor(kind: 'invalid' | 'unsupported', reason: string, position: number) {
    super(reason);
    this.kind = kind;
    this.position = position;
  }
}

/** The options that are in force, under Perl's letters: `xx` and `J`, `n`, `U` are PCRE's own. */
export interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
  readonly xx: boolean;
  readonly n: boolean;
  readonly J: boolean;
  readonly U: boolean;
}

export interface Reader {
  readonly source: string;
  at: number;
  flags: Flags;
  unicode: boolean;
  groupCount: number;
  readonly names: Map<string, number[]>;
  readonly nameOf: Map<number, string>;
  /** Each group's node, for the lengths of look behinds. */
  readonly groups: Map<number, Node>;
  refersToGroups: boolean;
  usesVerbs: boolean;
  /** How many groups are open around this place. */
  depth: number;
  /** How many of them are assertions. */
  assertions: number;
  /** How many of them are assertions or atomic. */
  confined: number;
  /** What can be judged only when the last group is known. */
  readonly checks: (() => void)[];
}

export function createReader(source: string, flags: Flags): Reader {
  return {
    source,
    at: 0,
    flags,
    unicode: false,
    groupCount: 0,
    names: new Map(),
    nameOf: new Map(),
    groups: new Map(),
    refersToGroups: false,
    usesVerbs: false,
    depth: 0,
    assertions: 0,
    confined: 0,
    checks: [],
  };
}

export function invalid(reader: Reader, reason: string, at = reader.at): never {
  throw new ExpressionSyntaxError('invalid', reason, at + 1);
}

export function unsupported(what: string, at: number): never {
  throw new ExpressionSyntaxError('unsupported', `${what} is not supported here`, at + 1);
}

/** Moves past the text if it stands here. */
export function eat(reader: Reader, text: string): boolean {
  if (!reader.source.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

/** The match of a sticky expression here, and moves past it. */
export function eatMatch(reader: Reader, sticky: RegExp): RegExpExecArray | null {
  sticky.lastIndex = reader.at;
  const match = sticky.exec(reader.source);
  if (match !== null) reader.at += match[0].length;
  return match;
}

export function expect(reader: Reader, text: string, reason: string): void {
  if (!eat(reader, text)) invalid(reader, reason);
}

/** The code point here, and moves past it. */
export function next(reader: Reader): number {
  const code = reader.source.codePointAt(reader.at)!;
  reader.at += code > 0xffff ? 2 : 1;
  return code;
}

const NAME = /[\p{L}\p{Nd}_]+/uy;
/** PCRE2's MAX_NAME_SIZE. */
const LONGEST_NAME = 32;

/** A group's name and the sign that closes it. */
export function readName(reader: Reader, close: string): string {
  const start = reader.at;
  const name = eatMatch(reader, NAME)?.[0];
  if (name === undefined) invalid(reader, 'a group name is expected');
  if (/^\d/.test(name)) invalid(reader, 'a group name starts with a digit', start);
  if (name.length > LONGEST_NAME) invalid(reader, `a group name is longer than ${LONGEST_NAME} characters`, start);
  expect(reader, close, `a group name ends without \`${close}\``);
  return name;
}

/** The numbers that the name has when the whole expression is read: the array is filled then. */
export function groupsNamed(reader: Reader, name: string, at: number): number[] {
  const groups: number[] = [];
  reader.refersToGroups = true;
  reader.checks.push(() => {
    const found = reader.names.get(name);
    if (found === undefined) invalid(reader, `there is no group named \`${name}\``, at);
    groups.push(...found);
  });
  return groups;
}

/** The number if the expression has so many groups in the end; `sign` makes it relative to this place. */
export function groupNumbered(reader: Reader, sign: string, digits: string, at: number): number {
  const count = Number(digits);
  if (sign !== '' && count === 0) invalid(reader, 'a relative reference to group 0', at);
  const number = sign === '' ? count : sign === '-' ? reader.groupCount + 1 - count : reader.groupCount + count;
  reader.refersToGroups = true;
  reader.checks.push(() => {
    if (number < 0 || number > reader.groupCount || (sign === '-' && number === 0)) {
      invalid(reader, `there is no group ${sign}${digits}`, at);
    }
  });
  return number;
}
