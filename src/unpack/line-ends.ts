/** Where lines end for Python and for IPython, which see more ends than git does. */

/** What ends a line for `str.splitlines`: https://docs.python.org/3/library/stdtypes.html#str.splitlines */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const IPYTHON_END = /[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]/g;

/** As long as the text, with `\n` for each lone `\r`: Python takes both for the end of a line, a parser only the first. */
export function withPythonLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/** The offset of the next character that ends a line for IPython, or the text's length; of `\r\n` it is the `\n`. */
export function ipythonLineEnd(text: string, from: number): number {
  IPYTHON_END.lastIndex = from;
  const end = IPYTHON_END.exec(text)?.index ?? text.length;
  return text.startsWith('\r\n', end) ? end + 1 : end;
}
