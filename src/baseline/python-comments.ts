/** Tells Python's comments from strings that show one, such as a docstring about suppressions. */

/** For each line that has a comment, by the offset at which the line starts: the column (from 0) of its `#`. */
export function pythonComments(text: string): Map<number, number> {
  const comments = new Map<number, number>();
  let lineStart = 0;
  let quote = '';
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\n') {
      lineStart = at + 1;
      if (quote.length === 1) quote = '';
      at++;
    } else if (char === '\\') {
      // A backslash takes the next character with it, but lines are counted all the same.
      if (text[at + 1] === '\n') lineStart = at + 2;
      at += 2;
    } else if (quote !== '') {
      const closes = text.startsWith(quote, at);
      at += closes ? quote.length : 1;
      if (closes) quote = '';
    } else if (char === '"' || char === "'") {
      quote = text.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      at += quote.length;
    } else if (char === '#') {
      comments.set(lineStart, at - lineStart);
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else at++;
  }
  return comments;
}
