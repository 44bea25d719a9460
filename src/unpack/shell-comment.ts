/** Tells a command from the comment after it, as a shell does. */

/** Where a ` #` outside quotes begins a comment, with the blanks before it; the text's length when there is none. */
export function commandLength(text: string): number {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\' && quote !== "'") at++;
    else if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && /[ \t]/.test(text[at - 1] ?? '')) return text.slice(0, at).trimEnd().length;
  }
  return text.length;
}
