/** Just enough of Python's grammar to say where a logical line ends: strings, f-strings, brackets, comments, continuations. */

export interface LogicalLine {
  /** The offset of the newline that ends it, or the text's length. */
  readonly end: number;
  /** The offset of its last character that is neither space nor comment; -1 when there is none. */
  readonly last: number;
  /** The offset of a `!` or `%` right after a `=`: not Python, but a command to IPython. Reading stops there. */
  readonly command: number | null;
  /** True when the text ends inside a bracket, a triple-quoted string or a continuation, which would swallow what follows. */
  readonly open: boolean;
}

/** An f-string is a `text`; in it, braces hold a `field`, and a field's colon begins a `spec`. Both texts end at the quote. */
type Frame =
  | { readonly kind: 'bracket' | 'field' }
  | { readonly kind: 'text' | 'spec'; readonly quote: string; readonly raw: boolean };

const STRING_PREFIX = /^(?:[rbuft]|[bft]r|r[bft])$/i;
/** Longer than the name of any character, in `\N{…}`. */
const NAME_LIMIT = 100;

/** Reads from `start`, where a logical line begins. Strings with nested quotes are those of Python 3.12. */
export function readLogicalLine(text: string, start: number): LogicalLine {
  const frames: Frame[] = [];
  let at = start;
  let last = -1;
  let open = false;

  function readCode(): void {
    const char = text[at]!;
    if (isWord(text.charCodeAt(at))) readWord();
    else if (char === '"' || char === "'") readString('');
    else if (char === '#') at = lineEnd(text, at);
    else if (char === '\\') readContinuation();
    else {
      if (!/\s/.test(char)) last = at;
      at++;
      track(char);
    }
  }

  function readWord(): void {
    const from = at;
    while (isWord(text.charCodeAt(at))) at++;
    last = at - 1;
    const isQuote = text[at] === '"' || text[at] === "'";
    if (isQuote && at - from <= 2 && STRING_PREFIX.test(text.slice(from, at))) readString(text.slice(from, at));
  }

  function readString(prefix: string): void {
    const char = text[at]!;
    const quote = text.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
    at += quote.length;
    if (/[ft]/i.test(prefix)) {
      frames.push({ kind: 'text', quote, raw: /r/i.test(prefix) });
    } else {
      while (at < text.length && !text.startsWith(quote, at)) {
        if (text[at] === '\n' && quote.length === 1) return;
        at += text[at] !== '\\' ? 1 : text.startsWith('\r\n', at + 1) ? 3 : 2;
      }
      open ||= at >= text.length && quote.length === 3;
      at = Math.min(at + quote.length, text.length);
    }
    last = at - 1;
  }

  function readContinuation(): void {
    last = at;
    at = /^\\\r?\n/.test(text.slice(at, at + 3)) ? lineEnd(text, at) + 1 : at + 1;
    open ||= at === text.length && text.endsWith('\\');
  }

  function track(char: string): void {
    const inField = frames.at(-1)?.kind === 'field';
    if (char === '(' || char === '[' || char === '{') frames.push({ kind: 'bracket' });
    else if (inField && char === ':')
      frames.push({ ...(frames.at(-2) as Extract<Frame, { quote: string }>), kind: 'spec' });
    else if (char === '}' || (!inField && (char === ')' || char === ']'))) frames.pop();
  }

  function readText({ kind, quote, raw }: Extract<Frame, { quote: string }>): void {
    const char = text[at]!;
    if (char === '{') {
      const literal = kind === 'text' && text[at + 1] === '{';
      if (!literal) frames.push({ kind: 'field' });
      at += literal ? 2 : 1;
    } else if (char === '}' && kind === 'spec') {
      frames.splice(-2);
      at++;
    } else if (char === '\n' && quote.length === 1) {
      leaveString();
    } else if (text.startsWith(quote, at)) {
      leaveString();
      at += quote.length;
    } else {
      at += char === '\\' ? escapeLength(raw) : 1;
    }
    last = Math.min(at, text.length) - 1;
  }

  function leaveString(): void {
    frames.length = frames.findLastIndex(({ kind }) => kind === 'text');
  }

  function escapeLength(raw: boolean): number {
    const next = text[at + 1];
    if (next === '{' || next === '}') return 1;
    const name = raw || next !== 'N' ? null : /^\\N\{[^}]*\}/.exec(text.slice(at, at + NAME_LIMIT));
    return name?.[0].length ?? 2;
  }

  while (at < text.length) {
    const frame = frames.at(-1);
    if (frame !== undefined && 'quote' in frame) readText(frame);
    else if (frame !== undefined) readCode();
    else if (text[at] === '\n') return { end: at, last, command: null, open: false };
    else {
      readCode();
      const command = text[at - 1] === '=' ? commandAt(text, at) : null;
      if (command !== null) return { end: command, last, command, open: false };
    }
  }
  const top = frames.at(-1);
  const unclosed = frames.length - (top?.kind === 'text' && top.quote.length === 1 ? 1 : 0);
  return { end: text.length, last, command: null, open: open || unclosed > 0 };
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function commandAt(text: string, from: number): number | null {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return text[at] === '!' || text[at] === '%' ? at : null;
}

/** Letters, digits, underscore, and everything beyond ASCII. */
function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code > 0x7f
  );
}
