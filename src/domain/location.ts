/** A place that a person can open: a file's line, in a notebook the cell and its line, or a text that goes with the change. */
import { z } from 'zod';

/** A notebook cell: `number` counts all cells from 1, `execution` is Jupyter's In [n] (null: never run), `line` from 1 within the cell. */
export const CellPosition = z.object({
  number: z.number().int().positive(),
  execution: z.number().int().nullable(),
  line: z.number().int().positive(),
  /** Set when the line counts in one of the cell's outputs, not in its source. */
  output: z.literal(true).optional(),
});
export type CellPosition = z.infer<typeof CellPosition>;

/** A file in an archive: `path` joins the names of nested entries by `!`, and is empty for what is compressed and no archive. */
export const EntryPosition = z.object({
  path: z.string(),
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  /** Set when the place is the entry's name, and not its content. */
  name: z.literal(true).optional(),
});
export type EntryPosition = z.infer<typeof EntryPosition>;

/** Lines and columns count from 1; columns are UTF-16 units, `endColumn` is the first one after the range. */
export const Position = z.object({
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  cell: CellPosition.optional(),
  /** Set within an archive, whose own lines mean nothing: then `line` and `column` are 1. */
  entry: EntryPosition.optional(),
});
export type Position = z.infer<typeof Position>;

/** Texts of a change that are no files: a pull request's title and description, a commit's message. */
export const CHANGE_TEXTS = ['title', 'description', 'message'] as const;
export const ChangeText = z.enum(CHANGE_TEXTS);
export type ChangeText = z.infer<typeof ChangeText>;

/** Lines are those of the file as it is stored in git (for a notebook the .ipynb's JSON). */
export const Location = z.object({
  path: z.string(),
  startLine: z.number().int().positive(),
  startColumn: z.number().int().positive(),
  endLine: z.number().int().positive(),
  endColumn: z.number().int().positive(),
  cell: CellPosition.optional(),
  entry: EntryPosition.optional(),
  /** Set when a secret was taken out of `path`: there is no such file to go to. */
  redacted: z.literal(true).optional(),
  /** Where it stands in an earlier commit and not in the head: that commit's full id, and path and lines as they are there. */
  commit: z.string().optional(),
  /** Set when it is no file: `path` is then a name in brackets, and lines count in the text. A message has its commit. */
  text: ChangeText.optional(),
});
export type Location = z.infer<typeof Location>;
