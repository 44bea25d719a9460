/** A piece of text that analyzers read: a whole file, a notebook's virtual module, an output, a markdown cell. */
import type { Position } from './location.ts';

export type Side = 'base' | 'head';

/** `source` is what runs, `output` what a run printed or somebody packed, `prose` what people wrote about it. */
export type PartKind = 'source' | 'output' | 'prose';

/** The languages that an analyzer may ask for; null when none of them is known to apply. */
export type Language = 'python' | 'yaml' | 'json' | 'bash' | null;

export interface Part {
  /** The file's path in the repository, with `/` between folders. */
  readonly path: string;
  readonly kind: PartKind;
  readonly language: Language;
  readonly text: string;
  /** Set in one part of a file: what is said of the file's name is said there. */
  readonly named?: true;
  /** The full id of the commit that it stood in, where that is not an end of the change. */
  readonly commit?: string;
  /** Maps an offset in `text` (UTF-16 units, 0 to text.length) to its place in the stored file. */
  locate(offset: number): Position;
  /** What a person wrote there, where the text shows something else for it; null where that is no one text. */
  written?(start: number, end: number): string | null;
}
