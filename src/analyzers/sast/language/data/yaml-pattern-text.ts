/** Semgrep's gap as a YAML name, so that the reader of texts reads patterns too: `...` as an item, an entry, a key or a value. */
import { ELLIPSIS } from '#analyzers/sast/pattern/pattern-text.ts';

interface Line {
  /** Where what the line says begins, after the marks of sequence items. */
  readonly column: number;
  readonly isItem: boolean;
  /** Where the first mark stands, or what the line says. */
  readonly indent: number;
  readonly text: string;
}

/** Lines and columns before a gap stay where they are. */
export function encodeYamlPattern(text: string): string {
  const lines = text.split('\n').map(readLine);
  return lines.map((line, i) => (line.text === '...' ? writeGap(lines, i) : writeLine(line))).join('\n');
}

function readLine(line: string): Line & { readonly source: string } {
  const [before = ''] = /^\s*(?:- +)*/.exec(line)!;
  return {
    source: line,
    column: before.length,
    isItem: before.includes('-'),
    indent: /^ */.exec(line)![0].length,
    text: line.slice(before.length).trim(),
  };
}

function writeLine({ source }: { readonly source: string }): string {
  return source.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|(?<!\.)\.\.\.(?!\.)/g, (part) => (part === '...' ? ELLIPSIS : part));
}

/** What stands around a gap on its column says whether it is an item, an entry or a whole value. */
function writeGap(lines: readonly (Line & { readonly source: string })[], at: number): string {
  const { source, column, isItem } = lines[at]!;
  const before = source.slice(0, column);
  const around = [...neighbours(lines, at, 1), ...(isItem ? [] : neighbours(lines, at, -1))];
  if (around.some((line) => line.isItem && line.indent === column)) return `${before}- ${ELLIPSIS}`;
  if (around.length > 0) return `${before}${ELLIPSIS}: ${ELLIPSIS}`;
  return before + ELLIPSIS;
}

/** Lines of the same block that say something else. */
function neighbours(lines: readonly Line[], at: number, step: number): Line[] {
  const { column } = lines[at]!;
  const found: Line[] = [];
  for (let i = at + step; i >= 0 && i < lines.length; i += step) {
    const line = lines[i]!;
    if (line.text === '') continue;
    const isEnd = line.indent < column;
    if (isEnd && !(step === -1 && line.column === column)) break;
    if (line.text !== '...' && (line.indent === column || line.column === column)) found.push(line);
    if (isEnd) break;
  }
  return found;
}
