/** Finds long runs of the characters of base64 and hex: a text is probed in strides, so that most of it is never looked at. */

/** As in Gitleaks: shorter ones are words. */
export const MIN_BASE64 = 16;
export const MIN_HEX = 32;

const BASE64 = 1;
const HEX = 2;

/** What each unit below 128 may be a digit of. */
const CLASSES = (() => {
  const classes = new Uint8Array(128);
  const allow = (characters: string, bits: number) => {
    for (const character of characters) classes[character.charCodeAt(0)]! |= bits;
  };
  allow('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_', BASE64);
  allow('0123456789abcdefABCDEF', HEX);
  return classes;
})();

export function isBase64Digit(unit: number): boolean {
  return unit < 128 && (CLASSES[unit]! & BASE64) !== 0;
}

export function isHexDigit(unit: number): boolean {
  return unit < 128 && (CLASSES[unit]! & HEX) !== 0;
}

/** UTF-16 offsets of every run of at least MIN_BASE64 characters, in order. `onRun` answers where to go on, at `end` or after it. */
export function eachBase64Run(text: string, onRun: (start: number, end: number) => number): void {
  let floor = 0;
  let probe = MIN_BASE64 - 1;
  while (probe < text.length) {
    if (!isBase64Digit(text.charCodeAt(probe))) {
      floor = probe + 1;
      probe += MIN_BASE64;
      continue;
    }
    let start = probe;
    while (start > floor && isBase64Digit(text.charCodeAt(start - 1))) start--;
    let end = probe + 1;
    while (end < text.length && isBase64Digit(text.charCodeAt(end))) end++;
    floor = end - start >= MIN_BASE64 ? onRun(start, end) : end;
    probe = floor + MIN_BASE64 - 1;
  }
}
