/** Blanks in place of comments, so that all that is left stands where it stood. */

const COMMENTS = {
  c: /\/\*[\s\S]*?\*\//g,
  cpp: /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
  shell: /#[^\n]*/g,
} as const;

export type CommentStyle = keyof typeof COMMENTS;

export function withoutComments(text: string, style: CommentStyle): string {
  // An opening that is never closed would be looked for again and again.
  const last = text.lastIndexOf('*/') + 2;
  const blank = (part: string) => part.replace(COMMENTS[style], (comment) => comment.replace(/[^\n]/g, ' '));
  return style === 'c' ? blank(text.slice(0, last)) + text.slice(last) : blank(text);
}
