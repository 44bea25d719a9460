/** Makes text from a pull request harmless where it is shown. Only the files of words use this. */

const ZERO_WIDTH_SPACE = '\u200B';

/** Characters that show nothing, or change how what is around them is shown: controls, formats, fillers, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]|[\u{E0100}-\u{E01EF}]/gu;

/** The same without the line ends that JSON is laid out with. */
const INVISIBLE_IN_JSON = new RegExp(`(?!\\n)(?:${INVISIBLE.source})`, 'gu');

/** What Markdown, or GitHub's reading of it, gives a meaning to. A backslash before each takes it away. */
const PUNCTUATION = /[\\`*_{}[\]<>()#+\-.!~&$=:'"^]/g;

/**
 * On one line, with every invisible character as its code point in braces (`\u{202E}`), so that two different texts
 * never look alike and nothing moves a terminal's cursor. Spaces and line ends become one space each.
 */
export function visible(text: string): string {
  return text.replace(/\r\n|[\r\n\t\u2028\u2029]/g, ' ').replace(INVISIBLE, mark);
}

/** The same for text of more lines: line ends and tabs stay. */
export function visibleLines(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .split('\n')
    .map((line) =>
      line
        .split('\t')
        .map((piece) => piece.replace(INVISIBLE, mark))
        .join('\t'),
    )
    .join('\n');
}

/** Keeps GitHub from notifying a person or a team. In code too: mail clients show code as plain text. */
export function unmentioned(text: string): string {
  return text.replace(/@(?=[\w/-])/g, `@${ZERO_WIDTH_SPACE}`);
}

/** Keeps what GitHub links after it has rendered the Markdown from being recognised: people, issues, addresses, emoji. */
export function unlinked(text: string): string {
  return unmentioned(text)
    .replace(/#(?=\d)/g, `#${ZERO_WIDTH_SPACE}`)
    .replace(/GH(?=-\d)/gi, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/:(?=\/\/)/g, `:${ZERO_WIDTH_SPACE}`)
    .replace(/www(?=\.)/gi, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/:(?=[\w+-]+:)/g, `:${ZERO_WIDTH_SPACE}`);
}

/** Markdown that shows the text as it is, in a paragraph, a list item or a table cell. */
export function markdownText(text: string): string {
  // Readers of tables do not agree on which backslash belongs to a bar.
  return unlinked(visible(text)).replace(PUNCTUATION, '\\$&').replaceAll('|', '&#124;');
}

/** A code span; an empty text has none, and is shown as `""`. */
export function codeSpan(text: string): string {
  const shown = unmentioned(visible(text)) || '""';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const space = /^`|`$|^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Code for a cell of a table, where a bar would end the cell even in a code span. */
export function codeCell(text: string): string {
  return text.includes('|') ? `<code>${markdownText(text)}</code>` : codeSpan(text);
}

/** A fenced block that the text cannot close, every line of it indented by `indent`. */
export function codeBlock(text: string, indent = ''): string {
  const lines = unmentioned(visibleLines(text)).split('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [fence, ...lines, fence].map((line) => `${indent}${line}`).join('\n');
}

/** Prose with `code` in backticks, such as a rule's message: the code stays code, all else is plain. */
export function markdownProse(text: string): string {
  const pieces = text.trim().split(/(?<!`)`(?!`)([^`]+)`(?!`)/);
  return pieces
    .map((piece, index) => (index % 2 === 1 ? codeSpan(piece) : markdownText(piece.replace(/\s+/g, ' '))))
    .join('');
}

/** Stands for an address while the text around it is escaped; a character that no text has a use for. */
const ADDRESS = '\uE000';

/** Prose that comes from a rule alone, with nothing of the pull request in it: its addresses can be followed. */
export function trustedProse(text: string): string {
  const addresses: string[] = [];
  const emptied = text.replaceAll(ADDRESS, '').replace(/https:\/\/[\w./?=&%#-]*[\w/]/g, (address) => {
    addresses.push(address);
    return ADDRESS;
  });
  return markdownProse(emptied).replaceAll(ADDRESS, () => `<${addresses.shift()}>`);
}

/** A path as a part of a URL, its slashes kept; safe inside Markdown's `(…)`. */
export function percentEncodedPath(path: string): string {
  const segments = path.toWellFormed().split('/').map(encodeURIComponent);
  return segments
    .join('/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** At most `max` UTF-16 units, cut between code points, with an ellipsis where something is missing. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** At most `max` bytes of UTF-8, cut and marked in the same way. */
export function shortenBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  const bytes = Buffer.from(text).subarray(0, max - Buffer.byteLength('…'));
  return `${new TextDecoder().decode(bytes, { stream: true })}…`;
}

/**
 * Keeps the log of a pipeline from being obeyed: GitHub takes a line that begins with `::` for a command, and `##[` anywhere;
 * Azure Pipelines `##vso[`.
 */
export function uncommanded(text: string): string {
  return text
    .replace(/^([ \t]*):(?=:)/gm, (_, space: string) => space + mark(':'))
    .replace(LOG_COMMAND, `#${mark('#')}`);
}

const LOG_COMMAND = /##(?=(?:vso)?\[)/g;

/** JSON in which no character of a string is invisible or a log's command: those are escaped, which changes nothing for a parser. */
export function printableJson(value: unknown): string {
  const escaped = JSON.stringify(value, null, 2).replace(INVISIBLE_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, index) => unitEscape(character.charCodeAt(index))).join(''),
  );
  return `${escaped.replace(LOG_COMMAND, `#${unitEscape('#'.charCodeAt(0))}`)}\n`;
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

function mark(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16).toUpperCase()}}`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
