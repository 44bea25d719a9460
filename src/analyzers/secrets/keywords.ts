/** Finds every rule's keywords in one pass over a text (Aho-Corasick), before any expression runs. */

/** Called for each occurrence, ordered by `end`; offsets are UTF-16 units, `keyword` is the index in the list. */
export type OnKeyword = (keyword: number, start: number, end: number) => void;

export interface KeywordIndex {
  scan(text: string, onKeyword: OnKeyword): void;
}

/** Keywords are compared without regard to case; empty ones never occur. */
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
  const lowered = keywords.map((keyword) => keyword.toLowerCase());
  const { classOf, width } = classify(lowered);
  return { ...buildAutomaton(lowered, classOf, width), classOf, width, lowered };
}

/** Each UTF-16 unit in lower case, where that is one unit too: offsets must not move. */
const LOWER = Uint16Array.from({ length: 0x10000 }, (_, unit) => {
  const lower = String.fromCharCode(unit).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
});

/** Gives each UTF-16 unit that stands in a keyword a column of its own, shared by its cases; all the others share column 0. */
function classify(keywords: readonly string[]): { classOf: Uint16Array; width: number } {
  const columns = new Map<number, number>();
  for (const keyword of keywords) {
    for (let at = 0; at < keyword.length; at++) {
      const unit = keyword.charCodeAt(at);
      if (!columns.has(unit)) columns.set(unit, columns.size + 1);
    }
  }
  const classOf = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) classOf[unit] = columns.get(LOWER[unit]!) ?? 0;
  return { classOf, width: columns.size + 1 };
}

/** `next` is the full transition table: a state is the offset of its row. `outputs` lists the keywords that end in a state. */
function buildAutomaton(keywords: readonly string[], classOf: Uint16Array, width: number) {
  const units = keywords.reduce((sum, keyword) => sum + keyword.length, 0);
  const next = new Int32Array((units + 1) * width);
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
