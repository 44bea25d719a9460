/** Shannon entropy in bits per character: how a rule tells a random secret from a written word. */

/** Of characters beyond ASCII Gitleaks takes each for as many as it has bytes, and rules' thresholds are made with that. */
export function shannonEntropy(text: string): number {
  const counts = new Map<string, number>();
  const length = Buffer.byteLength(text);
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}
