/** Finds every rule's keywords in one pass over a text (Aho-Corasick), before any expression runs. */

/** Called for each occurrence, ordered by `end`; offsets are UTF-16 units, `keyword` is the index in the list. */
export type OnKeyword = (keyword: number, start: number, end: number) => void;

export interface KeywordIndex {
  scan(text: string, onKeyword: OnKeyword): void;
}

/** Cells of the automaton: characters of all keywords times the different ones among them. Half a megabyte of English fits. */
export const MAX_KEYWORD_CELLS = 2 ** 25;

/**
 * Keywords are compared without regard to case; empty ones never occur.
 * @throws RangeError for more cells than MAX_KEYWORD_CELLS.
 */
export function buildKeywordIndex(keywords: readonly string[]): KeywordIndex {
  const { next, outputs, width, classOf, lowered } = automatonOf(keywords);
  const lengths = lowered.map((keyword) => keyword.length);

  return {
    scan(text, onKeyword) {
      let row = 0;
      for (let at = 0; at < text.length; at++) {
        row = next[row + classOf[text.charCodeAt(at)]!]!;
        if (row === 0) continue;
        const found = outputs[row / width];
        if (found === undefined) continue;
        for (const keyword of found) onKeyword(keyword, at + 1 - lengths[keyword]!, at + 1);
      }
    },
  };
}

/** The automaton behind the index; a character that stands in no keyword has the class 0. */
export function automatonOf(keywords: readonly string[]) {
  const lowered = keywords.map(lowerCase);
  const { classOf, members } = classify(lowered);
  const width = members.length;
  return { ...buildAutomaton(lowered, classOf, width), classOf, members, width, lowered };
}

/** As Go has it, of one letter one letter; and as expressions in any case do, the long s is an s. */
function lowerCase(text: string): string {
  return text.replaceAll('İ', 'i').toLowerCase().replaceAll('ſ', 's');
}

/** The other cases of ASCII letters that have one beyond ASCII. */
const BEYOND_ASCII: Readonly<Record<string, string>> = { i: 'İ', k: '\u212a', s: 'ſ' };

/** The other cases of a UTF-16 unit in lower case, where they are one unit too: offsets must not move. */
function otherCases(unit: number): readonly number[] {
  if (unit >= 0x80) return casesInUnicode().get(unit) ?? [];
  const letter = String.fromCharCode(unit);
  if (!/[a-z]/.test(letter)) return [];
  return [...letter.toUpperCase(), ...(BEYOND_ASCII[letter] ?? '')].map((other) => other.charCodeAt(0));
}

let inUnicode: ReadonlyMap<number, readonly number[]> | undefined;

/** Made when a keyword asks for it: hardly any does. */
function casesInUnicode(): ReadonlyMap<number, readonly number[]> {
  if (inUnicode !== undefined) return inUnicode;
  const cases = new Map<number, number[]>();
  for (let unit = 0; unit < 0x10000; unit++) {
    const lower = lowerCase(String.fromCharCode(unit));
    if (lower.length !== 1 || lower.charCodeAt(0) === unit) continue;
    const others = cases.get(lower.charCodeAt(0));
    if (others === undefined) cases.set(lower.charCodeAt(0), [unit]);
    else others.push(unit);
  }
  inUnicode = cases;
  return cases;
}

/**
 * Gives each UTF-16 unit that stands in a keyword a column of its own, shared by its cases; all the others share column 0.
 * `members` lists the units of each column but that one.
 */
function classify(keywords: readonly string[]): { classOf: Uint16Array; members: number[][] } {
  const classOf = new Uint16Array(0x10000);
  const members: number[][] = [[]];
  for (const keyword of keywords) {
    for (let at = 0; at < keyword.length; at++) {
      const unit = keyword.charCodeAt(at);
      if (classOf[unit] !== 0) continue;
      const cases = [unit, ...otherCases(unit)];
      for (const one of cases) classOf[one] = members.length;
      members.push(cases);
    }
  }
  return { classOf, members };
}

/** `next` is the full transition table: a state is the offset of its row. `outputs` lists the keywords that end in a state. */
function buildAutomaton(keywords: readonly string[], classOf: Uint16Array, width: number) {
  const units = keywords.reduce((sum, keyword) => sum + keyword.length, 0);
  const cells = (units + 1) * width;
  if (cells > MAX_KEYWORD_CELLS)
    throw new RangeError(`keywords need ${cells} cells, over the limit of ${MAX_KEYWORD_CELLS}`);
  const next = new Int32Array(cells);
  const outputs: (number[] | undefined)[] = [undefined];
  keywords.forEach((keyword, index) => {
    if (keyword === '') return;
    let row = 0;
    for (let at = 0; at < keyword.length; at++) {
      const cell = row + classOf[keyword.charCodeAt(at)]!;
      if (next[cell] === 0) {
        next[cell] = outputs.length * width;
        outputs.push(undefined);
      }
      row = next[cell]!;
    }
    const state = row / width;
    outputs[state] = [...(outputs[state] ?? []), index];
  });

  const fallback = new Int32Array(outputs.length);
  const queue: number[] = [];
  for (let column = 0; column < width; column++) if (next[column] !== 0) queue.push(next[column]!);
  for (let head = 0; head < queue.length; head++) {
    const row = queue[head]!;
    const behind = fallback[row / width]!;
    const inherited = outputs[behind / width];
    if (inherited !== undefined) outputs[row / width] = [...(outputs[row / width] ?? []), ...inherited];
    for (let column = 0; column < width; column++) {
      const target = next[row + column]!;
      if (target === 0) next[row + column] = next[behind + column]!;
      else {
        fallback[target / width] = next[behind + column]!;
        queue.push(target);
      }
    }
  }
  return { next, outputs };
}
