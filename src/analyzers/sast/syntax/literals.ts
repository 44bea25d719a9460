/** What a Python literal's source says: the value behind quotes, escapes, prefixes, digits and underscores. */

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

const ESCAPE = /\\(?:\r\n|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g;

/** Source between the quotes, to the value; an escape that Python does not know stays as it stands. */
export function unescapeString(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(ESCAPE, (whole, octal?: string, x?: string, u?: string, wide?: string, single?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    const hex = x ?? u ?? wide;
    if (hex !== undefined) return codePoint(Number.parseInt(hex, 16)) ?? whole;
    if (single === undefined) return '';
    return ESCAPES[single] ?? whole;
  });
}

function codePoint(code: number): string | null {
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** `0x1F`, `3_1` and `31` are the same; what JavaScript cannot read (an imaginary part, a long's `L`) stays as it stands. */
export function integerValue(source: string): string {
  const digits = source.replaceAll('_', '').toLowerCase();
  if (!/^(?:\d+|0x[0-9a-f]+|0o[0-7]+|0b[01]+)$/.test(digits)) return digits;
  // BigInt takes quadratic time, and nobody compares numbers of that length.
  return digits.length > 1_000 ? digits : BigInt(digits).toString();
}

export function floatValue(source: string): string {
  const digits = source.replaceAll('_', '').toLowerCase();
  const value = Number(digits);
  return Number.isNaN(value) ? digits : String(value);
}
