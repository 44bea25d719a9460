/** An expression of a rule, in RE2 syntax, compiled by the one engine that runs it in linear time. */
import { RE2JS, RE2JSException } from 're2js';

export interface Expression {
  readonly re: RE2JS;
  /** Capturing groups, the whole match not counted. */
  readonly groups: number;
  /** False when no match can hold a line break. */
  readonly crossesLines: boolean;
}

export type Compiled = { readonly expression: Expression } | { readonly error: string };

export function compileExpression(source: string): Compiled {
  try {
    const re = RE2JS.compile(source);
    return { expression: { re, groups: re.groupCount(), crossesLines: !staysInLine(source) } };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { error: error.message.replace(/^error parsing regexp: /, '') };
  }
}

/**
 * True only when it is certain from the source: every token is known, and none of them can match a line feed.
 * An unknown token costs speed (a wider window), never a finding.
 */
export function staysInLine(source: string): boolean {
  return SINGLE_LINE.test(source);
}

/** One member of a character class: an escape, a named class, or a printable character. */
const MEMBER = String.raw`\\[dwSr]|\\t(?!-)|\\[^A-Za-z0-9\s]|\[:(?:alnum|alpha|digit|xdigit|lower|upper|word|punct|graph|blank):\]|[^\\\][\x00-\x1f]|\[(?!:)`;
const SINGLE_LINE = new RegExp(
  [
    '^(?:',
    String.raw`\\[dwbBAzSrt]|\\[^A-Za-z0-9\s]`,
    String.raw`|\[(?!\^)(?:${MEMBER})+\]`,
    // A negated class keeps to the line when it names the line break.
    String.raw`|\[\^(?=(?:[^\]\\]|\\.)*\\[ns])(?:${MEMBER}|\\[ns])+\]`,
    String.raw`|\((?!\?)|\(\?[imU-]*[:)]|\(\?P?<\w+>`,
    String.raw`|[^\\[(\x00-\x1f]`,
    ')*$',
  ].join(''),
);
