/** The encoding that a Python file declares (PEP 263): in some, what looks like a comment is code. */

/** The second line counts only below a comment or an empty line. */
const DECLARATION = /^(?:[ \t\f]*(?:#[^\n]*)?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)/;

/** Names of codecs in which ASCII reads as ASCII, lower case and with `-` for `_`. */
const ASCII_BASED = [
  /^(?:us-)?ascii$/,
  /^(?:utf-?8|u8|cp65001)(?:-.*)?$/,
  /^(?:latin-?\d+|l\d+|iso-?latin-1|iso-?8859(?:-?\d+)?)(?:-(?:unix|dos|mac))?$/,
  /^(?:windows|cp)-?(?:125\d|437|7[237]\d|85\d|86\d|874|932|936|949|950)$/,
  /^koi8-?[a-z]$|^mac-?[a-z0-9-]+$/,
  /^(?:gbk|gb-?2312|gb-?18030|big5(?:-?hkscs)?|s(?:hift)?-?jis|euc-?(?:jp|kr|cn|tw)|tis-?620)$/,
];

/** The encoding by its own name, when a reader of bytes cannot tell what Python will see; else null. */
export function opaqueEncoding(text: string): string | null {
  const declared = firstTwoLines(text).match(DECLARATION)?.[1];
  if (declared === undefined) return null;
  const name = declared.toLowerCase().replaceAll('_', '-');
  return ASCII_BASED.some((family) => family.test(name)) ? null : declared;
}

function firstTwoLines(text: string): string {
  const first = text.indexOf('\n');
  const second = first === -1 ? -1 : text.indexOf('\n', first + 1);
  return (second === -1 ? text : text.slice(0, second)).replaceAll('\r', '');
}
