/** Reads JSON in one pass and knows where each value stands; what nobody asks for is checked and passed over, never built. */

/** Offsets in the text; `end` is the first one after. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

/**
 * A cursor that stands before a value. `object`, `array`, `string` and `number` read it when it is of that kind, else
 * leave it there and say null; whatever a callback leaves unread is skipped. After a fault nothing more is read.
 */
export interface JsonReader {
  /** The first fault, or null. */
  fault(): JsonFault | null;
  object(onMember: (key: string) => void): Span | null;
  array(onElement: () => void): Span | null;
  /** What stands between the quotes, escapes and all. */
  string(): Span | null;
  number(): number | null;
  skip(): Span;
  /** Checks that nothing follows. */
  finish(): void;
}

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Python writes the last three and reads them back. */
const WORDS = ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'];

export function createJsonReader(text: string): JsonReader {
  let at = 0;
  let fault: JsonFault | null = null;

  function fail(): void {
    fault ??= { offset: at, message: at >= text.length ? 'ends' : `has ${JSON.stringify(text[at])} out of place` };
  }

  /** The code of the next character that is not space, NaN at the end. */
  function peek(): number {
    let code = text.charCodeAt(at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++at);
    return code;
  }

  function take(code: number): boolean {
    if (peek() === code) at++;
    else fail();
    return fault === null;
  }

  function readString(): Span {
    take(QUOTE);
    const start = at;
    while (fault === null) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return { start, end: at++ };
      if (code === BACKSLASH) readEscape();
      else if (code >= 0x20) at++;
      else fail();
    }
    return { start, end: start };
  }

  function readEscape(): void {
    const code = text[at + 1] ?? '';
    if (code === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) at += 6;
    else if (code !== '' && '"\\/bfnrt'.includes(code)) at += 2;
    else {
      at = Math.min(at + 1, text.length);
      fail();
    }
  }

  /** A number is any run of its characters: none is used for more than a label. */
  function readScalar(): void {
    const code = peek();
    if (code === QUOTE) {
      readString();
      return;
    }
    const word = WORDS.find((word) => text.startsWith(word, at));
    if (word !== undefined) at += word.length;
    else if (code === 0x2d || isDigit(code)) {
      do at++;
      while (isNumeric(text.charCodeAt(at)));
    } else fail();
  }

  function readKey(): Span {
    const key = readString();
    take(COLON);
    return key;
  }

  /** One value of any kind. A stack of its own instead of calls: brackets may be nested a million deep. */
  function skip(): Span {
    peek();
    const start = at;
    const open: number[] = [];
    do {
      const code = peek();
      if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        at++;
        open.push(code + 2);
        if (peek() !== code + 2) {
          if (code === OPEN_OBJECT) readKey();
          continue;
        }
      } else readScalar();
      while (fault === null && open.length > 0 && peek() === open.at(-1)) {
        open.pop();
        at++;
      }
      if (open.length > 0 && take(COMMA) && open.at(-1) === CLOSE_OBJECT) readKey();
    } while (open.length > 0 && fault === null);
    return { start, end: at };
  }

  function each(opening: number, closing: number, onItem: () => void): Span | null {
    if (fault !== null || peek() !== opening) return null;
    const start = at++;
    if (peek() !== closing) {
      do onItem();
      while (fault === null && peek() !== closing && take(COMMA));
    }
    if (fault === null) take(closing);
    return { start, end: at };
  }

  function readOrSkip(read: () => void): void {
    peek();
    const before = at;
    read();
    if (at === before && fault === null) skip();
  }

  return {
    fault: () => fault,
    object: (onMember) =>
      each(OPEN_OBJECT, CLOSE_OBJECT, () => {
        const key = readKey();
        if (fault === null) readOrSkip(() => onMember(decodeString(text, key)));
      }),
    array: (onElement) => each(OPEN_ARRAY, CLOSE_ARRAY, () => readOrSkip(onElement)),
    string: () => (fault === null && peek() === QUOTE ? readString() : null),
    number() {
      const code = peek();
      if (fault !== null || !(code === 0x2d || isDigit(code))) return null;
      const { start, end } = skip();
      return Number(text.slice(start, end));
    },
    skip,
    finish() {
      if (!Number.isNaN(peek())) fail();
    },
  };
}

/** The string itself; the span must come from a reader, which has checked it. */
export function decodeString(text: string, span: Span): string {
  const raw = text.slice(span.start, span.end);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isNumeric(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x2b || code === 0x2d || code === 0x65 || code === 0x45;
}
