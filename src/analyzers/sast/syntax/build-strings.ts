/** String literals, alone, in a row, and with expressions in them. */
import { type Frame, inner } from './frame.ts';
import { unescapeString } from './literals.ts';
import { createNode, type Draft } from './node.ts';

export function stringNode(f: Frame, text: string): Draft {
  const opening = f.kids[0]?.kind === 'string_start' ? f.kids[0].text : '';
  const written = opening.replace(/["']+$/, '');
  const prefix = written.toLowerCase();
  const parts = f.kids.filter((kid) => kid.kind !== 'string_start');
  const value = (source: string) => (prefix.includes('r') ? source : unescapeString(source));
  if (prefix.includes('f') || prefix.includes('t')) {
    const kids = parts.map((part) =>
      part.kind === 'string_content'
        ? createNode(
            'chunk',
            part.start,
            part.end,
            [],
            value(part.text).replace(/\{\{|\}\}/g, (two) => two[0]!),
          )
        : part,
    );
    return inner(f, 'fstring', kids);
  }
  const content = text.slice(parts[0]?.start ?? f.end, parts.at(-1)?.end ?? f.end);
  const kids = prefix === '' ? [] : [createNode('prefix', f.start, f.start, [], written)];
  return inner(f, prefix.includes('b') ? 'bytes' : 'string', kids, value(content));
}

/** The text of an f-string that is put together from several literals. */
export const JOINED = 'joined';

/** Neighbouring literals are one literal; it is an f-string when one of them is. */
export function joinedString(f: Frame, pieces: readonly Draft[]): Draft {
  if (pieces.every((piece) => piece.kind !== 'fstring')) {
    const text = pieces.map((piece) => piece.text).join('');
    return inner(f, pieces[0]?.kind ?? 'string', pieces, text);
  }
  const kids = pieces.flatMap((piece) =>
    piece.kind === 'fstring' ? piece.kids : [createNode('chunk', piece.start, piece.end, [], piece.text)],
  );
  return inner(f, 'fstring', kids, JOINED);
}
