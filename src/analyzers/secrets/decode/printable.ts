/** Bytes to text, where they are text: a hash, an image or a random key is none, and is never searched. */
import { type Buffer, isUtf8 } from 'node:buffer';

/** Everything below the space but tab and the line's ends, and DEL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells data from text
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
export function hasControl(text: string): boolean {
  return CONTROL.test(text);
}

/** Bytes that are looked at before the whole is decoded: random ones are told by these. */
const PROBE = 12;

/** Null where a byte is no part of a printable text. UTF-16 is text too: PowerShell encodes its commands so. */
export function printable(bytes: Buffer): string | null {
  if (bytes.length === 0) return null;
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8');
    if (!CONTROL.test(text)) return text;
  }
  if (bytes.length % 2 !== 0 || bytes[1] !== 0) return null;
  const wide = bytes.toString('utf16le');
  return CONTROL.test(wide) || !wide.isWellFormed() ? null : wide;
}

/** True where the beginning of `bytes` rules out a printable text. */
export function isData(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, PROBE);
  for (let at = 0; at < length; at++) {
    const byte = bytes[at]!;
    const wide = byte === 0 && at % 2 === 1;
    if (!wide && (byte < 9 || byte === 11 || byte === 12 || (byte > 13 && byte < 32) || byte === 127)) return true;
  }
  return length > 0 && !startsLikeUtf8(bytes, length);
}

/** A first byte that continues a character, or a leading one that nothing continues, is none of UTF-8. */
function startsLikeUtf8(bytes: Uint8Array, length: number): boolean {
  for (let at = 0; at < length; at++) {
    const byte = bytes[at]!;
    if (byte < 0x80) continue;
    const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    if (more === 0 || byte > 0xf4) return false;
    for (let next = at + 1; next <= at + more && next < length; next++)
      if ((bytes[next]! & 0xc0) !== 0x80) return false;
    at += more;
  }
  return true;
}
