/** Terminal colours and links in what a cell printed: taken out, since they may stand in the middle of a word. */
import { type MappedText, type Piece, stitch } from './mapped-text.ts';

/** Control and operating-system sequences, ECMA-48 sections 5.4 and 5.6. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\))/g;

export function stripAnsi(output: MappedText): MappedText {
  if (!output.text.includes('\x1b')) return output;
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of output.text.matchAll(SEQUENCE)) {
    pieces.push({ of: output, from, text: output.text.slice(from, match.index) });
    from = match.index + match[0].length;
  }
  return stitch([...pieces, { of: output, from, text: output.text.slice(from) }]);
}
