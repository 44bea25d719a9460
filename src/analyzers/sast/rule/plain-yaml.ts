/** Reads the plain YAML that shipped rules are written in, some ten times as fast as a parser of all YAML: every start reads them all. */

/** What this reader does not know for sure: a parser of all YAML has to say. */
const UNKNOWN = Symbol('unknown YAML');

const KEY = /^([A-Za-z][\w-]*):(?: +(?=\S)| *$)/;
const BLOCK_SCALAR = /^([|>])(-?)$/;
/** Begins no number, no mark of YAML's own and no string in quotes. */
const PLAIN = /^(?:[A-Za-z$_(/^\\]|<(?!<)|\.(?=[^\din]))/i;
/** What a plain scalar may not hold to be plain beyond doubt. */
const NOT_PLAIN = /: |:$| #|^(?:true|false|null|yes|no|on|off)$/i;

const FLOW_TOKENS = /(?:[[\]{},]|:(?= )|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,:"'#[\]{}][^,:"'#[\]{}]*) */g;

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** The value, or undefined where the text has anything but block maps and lists, lists and maps in brackets, strings and whole numbers. */
export function readPlainYaml(source: string): { readonly value: unknown } | undefined {
  if (/[\t\r\ufeff]/.test(source)) return undefined;
  const raw = source.split('\n');
  let at = 0;
  try {
    const value = readBlock(0);
    return peek() === null ? { value } : undefined;
  } catch (error) {
    if (error === UNKNOWN) return undefined;
    throw error;
  }

  function unknown(): never {
    throw UNKNOWN;
  }

  /** The next line that says something. */
  function peek(): Line | null {
    for (; at < raw.length; at++) {
      const text = raw[at]!.trimStart();
      if (text !== '' && !text.startsWith('#')) return { indent: raw[at]!.length - text.length, text: text.trimEnd() };
    }
    return null;
  }

  /** A map or a list whose lines stand at the indentation of its first one, which is `least` or more. */
  function readBlock(least: number): unknown {
    const first = peek();
    if (first === null || first.indent < least) return unknown();
    return first.text.startsWith('- ') ? readList(first.indent) : readMap(first.indent, first.text);
  }

  function readList(indent: number): unknown[] {
    const items: unknown[] = [];
    for (let line = peek(); line?.indent === indent && line.text.startsWith('- '); line = peek()) {
      const text = line.text.slice(2).trimStart();
      const inner = indent + line.text.length - text.length;
      items.push(KEY.test(text) ? readMap(inner, text) : readValue(text, indent));
    }
    return isEndOf(indent) ? items : unknown();
  }

  /** `text` is its first line, which may stand behind the dash of a list. */
  function readMap(indent: number, text: string): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let next: string | null = text; next !== null; ) {
      const found: RegExpExecArray | null = KEY.exec(next);
      if (found === null || Object.hasOwn(map, found[1]!)) return unknown();
      map[found[1]!] = readValue(next.slice(found[0].length), indent);
      const line = peek();
      next = line?.indent === indent ? line.text : null;
    }
    return isEndOf(indent) ? map : unknown();
  }

  function isEndOf(indent: number): boolean {
    const line = peek();
    return line === null || line.indent < indent || (line.indent === indent && !line.text.startsWith('- '));
  }

  /** What stands behind a key or a dash at that indentation, and below it. */
  function readValue(text: string, indent: number): unknown {
    const [, style, chomp] = BLOCK_SCALAR.exec(text) ?? [];
    at++;
    if (style !== undefined) return readBlockScalar(style === '>', chomp === '', indent);
    if (text === '') {
      const line = peek();
      return readBlock(line?.text.startsWith('- ') ? indent : indent + 1);
    }
    const line = peek();
    // It would go on in the next line.
    if (line !== null && line.indent > indent) return unknown();
    return /^[[{]/.test(text) ? readFlow(text) : readScalar(text);
  }

  function readBlockScalar(isFolded: boolean, hasEnd: boolean, indent: number): string {
    const lines: string[] = [];
    const own = /^ */.exec(raw[at] ?? '')![0].length;
    if (own <= indent || raw[at]!.trim() === '') return unknown();
    for (; at < raw.length && (raw[at]!.startsWith(' '.repeat(own)) || raw[at]!.trim() === ''); at++) {
      lines.push(raw[at]!.slice(own));
    }
    while (lines.at(-1) === '') lines.pop();
    const end = hasEnd ? '\n' : '';
    if (!isFolded) return lines.join('\n') + end;
    if (lines.some((line) => /^ | $/.test(line))) return unknown();
    return lines.join('\n').replace(/\n+/g, (breaks) => (breaks === '\n' ? ' ' : breaks.slice(1))) + end;
  }

  /** A list or a map in brackets, in one line. */
  function readFlow(text: string): unknown {
    const tokens = text.match(FLOW_TOKENS) ?? [];
    let next = 0;
    const value = readItem();
    return next === tokens.length && tokens.join('') === text ? value : unknown();

    function take(): string {
      return (tokens[next++] ?? unknown()).trim();
    }

    function readItem(): unknown {
      const token = take();
      if (token === '[') return readUntil(']', readItem);
      if (token !== '{') return readScalar(token);
      const entries = readUntil('}', () => {
        const key = KEY.exec(take() + take());
        return [key === null ? unknown() : key[1]!, readItem()] as const;
      });
      return new Set(entries.map(([key]) => key)).size === entries.length ? Object.fromEntries(entries) : unknown();
    }

    function readUntil<T>(end: string, read: () => T): T[] {
      const items: T[] = [];
      if (tokens[next]?.trim() === end) {
        next++;
        return items;
      }
      for (;;) {
        items.push(read());
        const sign = take();
        if (sign === end) return items;
        if (sign !== ',') return unknown();
      }
    }
  }

  function readScalar(text: string): unknown {
    if (/^"(?:[^"\\]|\\["\\/bfnrt])*"$/.test(text)) return JSON.parse(text);
    if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
    if (text === 'true' || text === 'false') return text === 'true';
    if (/^(?:0|[1-9]\d*)$/.test(text) && text.length < 10) return Number(text);
    return PLAIN.test(text) && !NOT_PLAIN.test(text) ? text : unknown();
  }
}
