/** Takes the secrets of a file out of everything else that is said about it: another rule's excerpt, a suppression's reason. */
import type { SealedSecret } from '#domain/sealed-secret.ts';
import { unseal } from './seal.ts';

/** A piece of a secret that is shorter than this gives nothing away (UTF-16 units). */
const MIN_PIECE = 6;

/** Text with each of the secrets, and a secret that the text's end cuts off, replaced by `…`. */
export function createHider(secrets: readonly SealedSecret[]): (text: string) => string {
  const forms = secrets.flatMap(unseal);
  const pieces = [...new Set(forms.flatMap((form) => [form, ...form.split(/[\r\n]+/)]))]
    .filter((piece) => piece.length >= MIN_PIECE)
    .toSorted((a, b) => b.length - a.length);
  if (pieces.length === 0) return (text) => text;
  return (text) => {
    const hidden = pieces.reduce((rest, piece) => rest.replaceAll(piece, '…'), text);
    const [, body = '', ellipsis = ''] = /^(.*?)(…?)$/s.exec(hidden) ?? [];
    const cut = pieces.map((piece) => cutOff(body, piece)).reduce((most, length) => Math.max(most, length), 0);
    return cut === 0 ? hidden : `${body.slice(0, -cut)}${ellipsis || '…'}`;
  };
}

/** How much of the beginning of `piece` stands at the end of `text`. */
function cutOff(text: string, piece: string): number {
  for (let length = Math.min(text.length, piece.length - 1); length >= MIN_PIECE; length--) {
    if (text.endsWith(piece.slice(0, length))) return length;
  }
  return 0;
}
