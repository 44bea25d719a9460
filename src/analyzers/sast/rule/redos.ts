/** Whether an expression can take a backtracking engine exponential time, as Semgrep's redos analyzer judges it. */

interface Group {
  /** Something in it repeats without bound. */
  repeats: boolean;
}

const REPEAT = /^(?:[*+]|\{\d*,\})/;

/** UTF-16 units; of a longer text the beginning is looked at. */
const MAX_LENGTH = 1_000;

/** True for a repeated group that holds a repetition: `(a+)+`. */
export function mayBacktrack(whole: string): boolean {
  const text = whole.slice(0, MAX_LENGTH);
  const open: Group[] = [{ repeats: false }];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '(') {
      open.push({ repeats: false });
      continue;
    }
    let last: Group = { repeats: false };
    if (sign === '\\') at++;
    else if (sign === '[') at = endOfClass(text, at);
    else if (sign === ')' && open.length > 1) last = open.pop()!;
    const isRepeated = REPEAT.test(text.slice(at + 1, at + 12));
    if (isRepeated && last.repeats) return true;
    if (isRepeated || last.repeats) open.at(-1)!.repeats = true;
  }
  return false;
}

function endOfClass(text: string, start: number): number {
  let at = start + (text[start + 1] === '^' ? 2 : 1);
  if (text[at] === ']') at++;
  while (at < text.length && text[at] !== ']') at += text[at] === '\\' ? 2 : 1;
  return at;
}
