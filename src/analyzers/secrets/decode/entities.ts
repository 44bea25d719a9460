/** Character references of HTML and XML (`&quot;`, `&#104;`, `&#x68;`), each run of them one segment. */
import type { Segment } from './segment.ts';

/** Those that stand for what is written in a token, an assignment or an address. */
const NAMED = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', ' '],
  ['equals', '='],
  ['colon', ':'],
  ['commat', '@'],
  ['sol', '/'],
  ['lowbar', '_'],
  ['period', '.'],
  ['plus', '+'],
  ['hyphen', '-'],
  ['dash', '-'],
]);

/** UTF-16 units of the longest reference that is read, both its ends counted: `&#x10ffff;` and some leading zeros. */
const LONGEST = 12;

export function findEntities(text: string, found: (segment: Segment) => void): void {
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at)) {
    let clear = '';
    let end = at;
    for (let next = readReference(text, end); next !== null; next = readReference(text, end)) {
      clear += next.text;
      end = next.end;
    }
    if (clear !== '') found({ start: at, end, text: clear, encoding: 'entities' });
    at = Math.max(end, at + 1);
  }
}

function readReference(text: string, start: number): { text: string; end: number } | null {
  if (text[start] !== '&') return null;
  const reference = text.slice(start + 1, start + LONGEST);
  const close = reference.indexOf(';');
  if (close < 2) return null;
  const body = reference.slice(0, close);
  const clear = body[0] === '#' ? readNumber(body.slice(1)) : NAMED.get(body);
  return clear === undefined || clear === null ? null : { text: clear, end: start + close + 2 };
}

function readNumber(digits: string): string | null {
  const hex = /^[xX]([0-9a-fA-F]+)$/.exec(digits)?.[1];
  const code = hex === undefined ? (/^[0-9]+$/.test(digits) ? Number(digits) : -1) : Number.parseInt(hex, 16);
  const readable = code === 9 || code === 10 || code === 13 || (code >= 32 && code !== 127 && code <= 0x10ffff);
  return readable ? String.fromCodePoint(code) : null;
}
