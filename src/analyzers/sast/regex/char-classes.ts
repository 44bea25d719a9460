/** The character classes that have a name: `\d`, `[:alpha:]`, `\p{Lu}`. */
import { type CharSet, charSet, complement, MAX_CODE_POINT, union } from './char-set.ts';

const ASCII = {
  digit: [0x30, 0x39],
  upper: [0x41, 0x5a],
  lower: [0x61, 0x7a],
  alpha: [0x41, 0x5a, 0x61, 0x7a],
  alnum: [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a],
  word: [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a],
  space: [0x09, 0x0d, 0x20, 0x20],
  blank: [0x09, 0x09, 0x20, 0x20],
  cntrl: [0x00, 0x1f, 0x7f, 0x7f],
  graph: [0x21, 0x7e],
  print: [0x20, 0x7e],
  punct: [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e],
  xdigit: [0x30, 0x39, 0x41, 0x46, 0x61, 0x66],
  ascii: [0x00, 0x7f],
} satisfies Record<string, CharSet>;

export const HORIZONTAL_SPACE: CharSet = charSet([
  0x09, 0x09, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x180e, 0x180e, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f, 0x205f,
  0x3000, 0x3000,
]);
export const VERTICAL_SPACE: CharSet = [0x0a, 0x0d, 0x85, 0x85, 0x2028, 0x2029];
export const NOT_NEWLINE: CharSet = complement([0x0a, 0x0a]);

/** The classes that `(*UCP)` takes from Unicode. */
const UNICODE_CLASSES: Readonly<Record<string, string>> = {
  digit: 'Nd',
  upper: 'Lu',
  lower: 'Ll',
  alpha: 'L',
  alnum: 'Xan',
  word: 'Xwd',
  space: 'Xps',
};

/** The class of a POSIX name, or null; case ignored, upper and lower are all letters. */
export function posixClass(name: string, ignoreCase: boolean, unicode: boolean): CharSet | null {
  const key = ignoreCase && (name === 'upper' || name === 'lower') ? 'alpha' : name;
  if (!Object.hasOwn(ASCII, key)) return null;
  if (unicode && Object.hasOwn(UNICODE_CLASSES, key)) return property(UNICODE_CLASSES[key]!);
  return unicode && key === 'blank' ? HORIZONTAL_SPACE : ASCII[key as keyof typeof ASCII];
}

/** What `\d`, `\D`, `\h` and their like match, or null for another letter. */
export function escapeClass(letter: string, unicode: boolean): CharSet | null {
  switch (letter) {
    case 'd':
      return posixClass('digit', false, unicode);
    case 'w':
      return posixClass('word', false, unicode);
    case 's':
      return posixClass('space', false, unicode);
    case 'h':
      return HORIZONTAL_SPACE;
    case 'v':
      return VERTICAL_SPACE;
    case 'N':
      return NOT_NEWLINE;
    case 'D':
    case 'W':
    case 'S':
    case 'H':
    case 'V':
      return complement(escapeClass(letter.toLowerCase(), unicode)!);
    default:
      return null;
  }
}

const properties = new Map<string, CharSet | null>();

/** The characters with a Unicode property (`Lu`, `L&`, `Greek`, `Xan`), or null where there is none of that name. */
export function property(name: string): CharSet | null {
  const key = name.replace(/[\s_-]/g, '').toLowerCase();
  let set = properties.get(key);
  if (set === undefined) {
    set = readProperty(name.trim(), key);
    properties.set(key, set);
  }
  return set;
}

function readProperty(name: string, key: string): CharSet | null {
  switch (key) {
    case 'any':
      return [0, MAX_CODE_POINT];
    case 'l&':
    case 'lc':
      return union(property('Lu')!, property('Ll')!, property('Lt')!);
    case 'xan':
      return union(property('L')!, property('N')!);
    case 'xwd':
      return union(property('L')!, property('N')!, [0x5f, 0x5f]);
    case 'xsp':
    case 'xps':
      return union(property('Z')!, ASCII.space, [0x85, 0x85], [0x180e, 0x180e]);
    case 'xuc':
      return charSet([0x24, 0x24, 0x40, 0x40, 0x60, 0x60, 0xa0, 0xd7ff, 0xe000, MAX_CODE_POINT]);
  }
  if (!/^\w+$/.test(name)) return null;
  const words = name.toLowerCase().replace(/(?:^|_)[a-z]/g, (letter) => letter.toUpperCase());
  for (const spelling of [`gc=${words}`, `scx=${words}`, words, name]) {
    const set = charactersOf(spelling);
    if (set !== null) return set;
  }
  return null;
}

/** Asks V8 about every character in turn: a class of one character cannot backtrack. */
function charactersOf(property: string): CharSet | null {
  let test: RegExp;
  try {
    test = new RegExp(`^\\p{${property}}$`, 'u');
  } catch {
    return null;
  }
  const ranges: number[] = [];
  let last = -2;
  for (let code = 0; code <= MAX_CODE_POINT; code++) {
    if (!test.test(String.fromCodePoint(code))) continue;
    if (last === code - 1) ranges[ranges.length - 1] = code;
    else ranges.push(code, code);
    last = code;
  }
  return ranges;
}
