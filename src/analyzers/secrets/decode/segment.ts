/** A stretch of encoded text and what it says in clear: what the decoders find, and what decoded texts are made of. */

/**
 * In the words of Gitleaks where it has one; `escapes` are those of JSON and of program text (`\u0068`, `\x68`, `\n`, `U+0068`), `entities`
 * those of HTML, `gzip` is base64 of it, and `literals` are pieces that a program puts together.
 */
export type Encoding = 'base64' | 'hex' | 'percent' | 'escapes' | 'entities' | 'gzip' | 'literals';

/** Offsets are UTF-16 units, `end` exclusive. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly encoding: Encoding;
  /** It says too much to be read: `text` is empty. */
  readonly tooLarge?: true;
}
