/** Which characters are the same when case is ignored, as PCRE sees it: one to one, in all of Unicode, without Turkish. */
import { Buffer } from 'node:buffer';
import { type CharSet, charSet, has, onlyMember } from './char-set.ts';

/** The dotted and the dotless i have no other case outside Turkish. */
const TURKISH = new Set([0x130, 0x131]);
const [LONG_S, KELVIN] = [0x17f, 0x212a];
/** Above the end of the second plane no letter has a case (Adlam, U+1E943, is the last that has). */
const [SECOND_PLANE, LAST_CASED] = [0x10000, 0x1ffff];

const CASED = /\p{Changes_When_Casemapped}/gu;

let orbits: ReadonlyMap<number, readonly number[]> | null = null;

/** The set and all other cases of what it holds. */
export function foldCase(set: CharSet): CharSet {
  const added: number[] = [...set];
  const isAscii = set.length === 0 || set.at(-1)! < 0x80;
  if (isAscii) {
    for (let letter = 0x41; letter <= 0x5a; letter++) {
      if (!has(set, letter) && !has(set, letter + 0x20)) continue;
      added.push(letter, letter, letter + 0x20, letter + 0x20);
      if (letter === 0x4b) added.push(KELVIN, KELVIN);
      if (letter === 0x53) added.push(LONG_S, LONG_S);
    }
    return charSet(added);
  }
  const only = onlyMember(set);
  if (only !== null && !String.fromCodePoint(only).match(CASED)) return set;
  orbits ??= buildOrbits();
  const cased = only === null ? orbits : [[only, orbits.get(only) ?? []] as const];
  for (const [letter, others] of cased) {
    if (has(set, letter)) for (const other of others) added.push(other, other);
  }
  return charSet(added);
}

/** True where the two characters differ at most in case. */
export function sameLetter(a: number, b: number): boolean {
  if (a === b) return true;
  orbits ??= buildOrbits();
  return orbits.get(a)?.includes(b) ?? false;
}

/** Every cased character with all that are the same letter. */
function buildOrbits(): Map<number, number[]> {
  const result = new Map<number, number[]>();
  const join = (a: number, b: number): void => {
    const [left, right] = [result.get(a) ?? [a], result.get(b) ?? [b]];
    if (left === right) return;
    const joined = [...left, ...right];
    for (const letter of joined) result.set(letter, joined);
  };
  for (const text of casedLetters()) {
    const letter = text.codePointAt(0)!;
    if (TURKISH.has(letter)) continue;
    for (const other of [text.toLowerCase(), text.toUpperCase()]) {
      const code = other.codePointAt(0)!;
      if (other !== text && other.length === (code > 0xffff ? 2 : 1)) join(letter, code);
    }
  }
  return result;
}

/** Asked of all letters in one go: one after the other would take tens of milliseconds at each start. */
function casedLetters(): readonly string[] {
  const units = new Uint16Array(SECOND_PLANE + 2 * (LAST_CASED + 1 - SECOND_PLANE));
  for (let unit = 0; unit < SECOND_PLANE; unit++) units[unit] = unit;
  for (let at = SECOND_PLANE, letter = 0; at < units.length; letter++) {
    units[at++] = 0xd800 + (letter >> 10);
    units[at++] = 0xdc00 + (letter & 0x3ff);
  }
  return Buffer.from(units.buffer).toString('utf16le').match(CASED) ?? [];
}
