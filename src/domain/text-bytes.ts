/** Which bytes are text, and which text they are: told by the bytes alone, and alike wherever a file is read. */
import { Buffer, isUtf8 } from 'node:buffer';

/** The bytes in which git looks for a NUL: FIRST_FEW_BYTES in https://github.com/git/git/blob/master/xdiff-interface.c */
const BINARY_PROBE = 8000;
/** Bytes by which UTF-16 without a byte order mark is told, and the fewest of them. */
const UTF16_PROBE = 1024;
const UTF16_LEAST = 8;
/** The share of the characters of such a text that are ASCII's at least, and that of NULs in other texts at most. */
const MIN_ASCII = 0.7;
const MAX_ZEROS = 0.1;
const SPACE = 0x20;

/** What no text has, but for the NUL: a log has bells, backspaces and escapes of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells data from text
const DATA = /[\u0001-\u0006\u000e-\u001a\u001c-\u001f\u007f]/;
/** ASCII byte by byte: by chance UTF-16 has no such run. Where all bytes are UTF-8, the NULs alone tell what is UTF-16. */
const ASCII_RUN = /[\t\n\r -~]{24}/;

/** As in git, a NUL among the first bytes, except in what people read all the same: UTF-16, and text with some NULs in it. */
export function isBinary(bytes: Uint8Array): boolean {
  const probe = bytes.subarray(0, BINARY_PROBE);
  return probe.includes(0) && utf16Label(bytes) === null && !isTextWithZeros(probe);
}

/**
 * A byte order mark is dropped: no editor counts it as a column. What is neither UTF-16 nor UTF-8 is read as windows-1252, in
 * which each byte is a character. What PowerShell appended to a file of another encoding is read too; other NULs become spaces.
 */
export function decodeText(bytes: Uint8Array): string {
  const label = isUtf8(bytes) ? null : utf16Label(bytes);
  if (label !== null && !ASCII_RUN.test(asLatin1(bytes))) return new TextDecoder(label).decode(bytes);
  const narrow = hasUtf16Mark(bytes) ? bytes.subarray(2) : bytes;
  const text = narrow.includes(0) ? withoutZeros(narrow) : narrow;
  return new TextDecoder(isUtf8(text) ? 'utf-8' : 'windows-1252').decode(text);
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0) kept[length++] = bytes[at]!;
    else if (!isHalf(bytes, at)) kept[length++] = SPACE;
  }
  return kept.subarray(0, length);
}

/** True for the NUL of an ASCII character of UTF-16: one of the same kind is beside it, with one byte between. */
function isHalf(bytes: Uint8Array, at: number): boolean {
  return (bytes[at + 2] === 0 && bytes[at + 1] !== 0) || (bytes[at - 2] === 0 && bytes[at - 1] !== 0);
}

/** By the byte order mark, or where the zero bytes of ASCII leave no doubt. UTF-32, whose mark begins alike, is none. */
function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (hasUtf16Mark(bytes)) return bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const probe = bytes.subarray(0, UTF16_PROBE);
  if (probe.length < UTF16_LEAST || !probe.includes(0)) return null;
  if (isUnmarkedUtf16(probe, 1)) return 'utf-16le';
  return isUnmarkedUtf16(probe, 0) ? 'utf-16be' : null;
}

function hasUtf16Mark(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes[2] !== 0 || bytes[3] !== 0;
  return bytes[0] === 0xfe && bytes[1] === 0xff;
}

/** `high` is where the first character has its high byte. */
function isUnmarkedUtf16(probe: Uint8Array, high: 0 | 1): boolean {
  let ascii = 0;
  for (let at = 0; at + 1 < probe.length; at += 2) {
    if (probe[at + high] !== 0) continue;
    const low = probe[at + 1 - high]!;
    if (low === 0 || DATA.test(String.fromCharCode(low))) return false;
    ascii++;
  }
  return ascii >= (MIN_ASCII * probe.length) / 2;
}

/** `probe` may end within a character. */
function isTextWithZeros(probe: Uint8Array): boolean {
  if (DATA.test(asLatin1(probe))) return false;
  let zeros = 0;
  for (let at = 0; at < probe.length; at++) if (probe[at] === 0 && !isHalf(probe, at)) zeros++;
  return zeros <= MAX_ZEROS * probe.length && [0, 1, 2, 3].some((cut) => isUtf8(probe.subarray(0, probe.length - cut)));
}

function asLatin1({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}
