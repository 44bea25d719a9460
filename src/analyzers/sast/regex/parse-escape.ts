/** Reads what follows a backslash, inside a character class and outside. */

import { escapeClass, property, VERTICAL_SPACE } from './char-classes.ts';
import { type CharSet, complement, MAX_CODE_POINT, singleton } from './char-set.ts';
import {
  eat,
  eatMatch,
  groupNumbered,
  groupsNamed,
  invalid,
  next,
  type Reader,
  readName,
  unsupported,
} from './reader.ts';
import { type Node, type Place, sequence } from './syntax-tree.ts';

const CONTROLS: Readonly<Record<string, number>> = { a: 0x07, e: 0x1b, f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09 };

const PLACES: Readonly<Record<string, Place>> = {
  A: 'text-start',
  z: 'text-end',
  Z: 'last-line-end',
  G: 'search-start',
  b: 'word-boundary',
  B: 'not-word-boundary',
};

/** A character, or a class of them; null where the escape (at `reader.at`, after the backslash) is neither. */
export function parseCharEscape(reader: Reader, inClass: boolean): number | CharSet | null {
  const start = reader.at;
  const letter = reader.source[reader.at];
  if (letter === undefined) invalid(reader, 'the expression ends with a backslash');
  if (/[^0-9A-Za-z]/.test(letter)) return next(reader);
  reader.at++;
  if (Object.hasOwn(CONTROLS, letter)) return CONTROLS[letter]!;
  switch (letter) {
    case 'c':
      return controlCharacter(reader);
    case 'x':
      return hexadecimal(reader);
    case 'o':
      return octalInBraces(reader);
    case '0':
      return Number.parseInt(eatMatch(reader, /[0-7]{0,2}/y)![0] || '0', 8);
    case 'p':
    case 'P':
      return propertyClass(reader, letter === 'P');
    case 'N':
      if (reader.source[reader.at] === '{' && !/\{\d+(?:,\d*)?\}/y.test(reader.source.slice(reader.at))) {
        const point = eatMatch(reader, /\{U\+([0-9A-Fa-f]+)\}/y);
        return point === null ? unsupported('a character by its name', start - 1) : codePoint(reader, point[1]!, 16);
      }
      return inClass ? invalid(reader, '`\\N` in a character class', start - 1) : escapeClass('N', reader.unicode);
    case 'b':
      if (inClass) return 0x08;
      break;
    case 'L':
    case 'l':
    case 'U':
    case 'u':
      invalid(reader, `\`\\${letter}\` is no escape of PCRE`, start - 1);
  }
  const set = escapeClass(letter, reader.unicode);
  if (set !== null) return set;
  reader.at = start;
  return inClass ? classOctal(reader, letter) : null;
}

/** An escape that only stands outside of classes. */
export function parseNodeEscape(reader: Reader): Node {
  const start = reader.at;
  const letter = reader.source[reader.at++]!;
  const place = PLACES[letter];
  if (place !== undefined) return { kind: 'assert', at: place };
  switch (letter) {
    case 'R':
      return LINE_BREAK;
    case 'X':
      return { kind: 'grapheme' };
    case 'K':
      if (reader.assertions > 0) invalid(reader, '`\\K` in an assertion', start - 1);
      return { kind: 'keep' };
    case 'C':
      return unsupported('`\\C`, a single byte,', start - 1);
    case 'k':
      return namedReference(reader);
    case 'g':
      return reference(reader);
  }
  if (/[1-9]/.test(letter)) {
    reader.at = start;
    return numberedReference(reader);
  }
  return invalid(reader, `\`\\${letter}\` is no escape of PCRE`, start - 1);
}

/** `\R`: any line break, and never half of CR LF. */
const LINE_BREAK: Node = {
  kind: 'atomic',
  body: {
    kind: 'either',
    options: [
      sequence([
        { kind: 'set', set: singleton(0x0d) },
        { kind: 'set', set: singleton(0x0a) },
      ]),
      { kind: 'set', set: VERTICAL_SPACE },
    ],
  },
};

function numberedReference(reader: Reader): Node {
  const start = reader.at;
  const digits = eatMatch(reader, /\d+/y)![0];
  const number = Number(digits);
  if (number < 10 || digits[0]! >= '8' || number <= reader.groupCount) {
    return referenceTo(reader, [groupNumbered(reader, '', digits, start - 1)]);
  }
  reader.at = start;
  return { kind: 'set', set: singleton(Number.parseInt(eatMatch(reader, /[0-7]{1,3}/y)![0], 8)) };
}

function namedReference(reader: Reader): Node {
  const start = reader.at - 2;
  for (const [open, close] of ['{}', '<>', "''"] as const) {
    if (eat(reader, open!)) return referenceTo(reader, groupsNamed(reader, readName(reader, close!), start));
  }
  return invalid(reader, '`\\k` is not followed by a group name');
}

function reference(reader: Reader): Node {
  const start = reader.at - 2;
  for (const [open, close] of ['<>', "''"] as const) {
    if (eat(reader, open!)) return callOf(reader, close!, start);
  }
  const number = eatMatch(reader, /\{([+-]?)(\d+)\}|([+-]?)(\d+)/y);
  if (number !== null) {
    const group = groupNumbered(reader, number[1] ?? number[3]!, number[2] ?? number[4]!, start);
    if (group === 0) invalid(reader, 'a reference to group 0', start);
    return referenceTo(reader, [group]);
  }
  if (eat(reader, '{')) return referenceTo(reader, groupsNamed(reader, readName(reader, '}'), start));
  return invalid(reader, '`\\g` is not followed by a group');
}

/** A call of a group by number or name, up to the closing sign. */
export function callOf(reader: Reader, close: string, start: number): Node {
  const number = eatMatch(reader, /([+-]?)(\d+)/y);
  if (number !== null) {
    const group = groupNumbered(reader, number[1]!, number[2]!, start);
    if (!eat(reader, close)) invalid(reader, `a group number ends without \`${close}\``);
    return { kind: 'call', group };
  }
  const groups = groupsNamed(reader, readName(reader, close), start);
  return {
    kind: 'call',
    get group() {
      return groups[0]!;
    },
  };
}

export function referenceTo(reader: Reader, groups: readonly number[]): Node {
  return { kind: 'reference', groups, ignoreCase: reader.flags.i };
}

function controlCharacter(reader: Reader): number {
  const code = reader.source.charCodeAt(reader.at);
  if (!(code >= 0x20 && code < 0x7f)) invalid(reader, '`\\c` is not followed by a printable character');
  reader.at++;
  return String.fromCharCode(code).toUpperCase().charCodeAt(0) ^ 0x40;
}

function hexadecimal(reader: Reader): number {
  const braces = eatMatch(reader, /\{([0-9A-Fa-f]*)\}/y);
  if (braces === null) {
    if (reader.source[reader.at] === '{') invalid(reader, 'a character that is no hexadecimal digit in `\\x{}`');
    return Number.parseInt(eatMatch(reader, /[0-9A-Fa-f]{0,2}/y)![0] || '0', 16);
  }
  return codePoint(reader, braces[1]!, 16);
}

function octalInBraces(reader: Reader): number {
  const digits = eatMatch(reader, /\{([0-7]+)\}/y);
  if (digits === null) invalid(reader, 'octal digits in braces are expected after `\\o`');
  return codePoint(reader, digits[1]!, 8);
}

function codePoint(reader: Reader, digits: string, base: number): number {
  const code = Number.parseInt(digits, base);
  if (digits === '') invalid(reader, 'a character number is expected in the braces');
  if (code > MAX_CODE_POINT) invalid(reader, 'a character number beyond Unicode');
  if (code >= 0xd800 && code <= 0xdfff) invalid(reader, 'half of a surrogate pair is no character');
  return code;
}

function propertyClass(reader: Reader, negative: boolean): CharSet {
  const start = reader.at - 2;
  const match = eatMatch(reader, /\{(\^?)([^}]*)\}|([A-Za-z])/y);
  if (match === null) invalid(reader, 'the name of a Unicode property is expected');
  const set = property((match[3] ?? match[2]!).replace(/^(?:sc|script)[:=]/i, '').replace(/^(?:scx)[:=]/i, ''));
  if (set === null) invalid(reader, `there is no Unicode property \`${match[3] ?? match[2]}\``, start);
  return negative !== (match[1] === '^') ? complement(set) : set;
}

function classOctal(reader: Reader, letter: string): number {
  if (/[1-7]/.test(letter)) return Number.parseInt(eatMatch(reader, /[0-7]{1,3}/y)![0], 8);
  return invalid(reader, `\`\\${letter}\` in a character class`, reader.at - 1);
}
