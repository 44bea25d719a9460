/** What may be shown of a secret: the vendor's public prefix and its length, never a character of its own. */

/** `publicPrefix` is what every secret of the kind begins with (`hf_`), or empty when nothing is public. */
export function redact(secret: string, publicPrefix: string): string {
  // A prefix that is most of the secret would show most of the secret.
  const shown = secret.startsWith(publicPrefix) && publicPrefix.length * 2 <= secret.length ? publicPrefix : '';
  return `${shown}…(${secret.length})`;
}
