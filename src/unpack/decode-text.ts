/** Bytes to text. Every file has one: what is not UTF-8 is read as windows-1252, in which each byte is a character. */
import { isUtf8 } from 'node:buffer';
import { utf16Label } from './sniff.ts';

/** A byte order mark is dropped: no editor counts it as a column. */
export function decodeText(bytes: Uint8Array): string {
  const label = utf16Label(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
  return new TextDecoder(label).decode(bytes);
}
