/** Asks Assay: the expression as it is compiled, and the detector with its keywords and windows. */
import { Buffer, isUtf8 } from 'node:buffer';
import { compileExpression, type Expression } from '#analyzers/secrets/expression/expression.ts';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import type { Answer, Question } from './ask-go.ts';

export async function askAssay({ expression: { source, rule }, texts }: Question): Promise<Answer> {
  const compiled = compileExpression(source);
  if ('error' in compiled) return { error: compiled.error, matches: [], secrets: [] };
  const decoded = texts.map((bytes) => ({ text: decode(bytes), byteOf: createByteMap(bytes) }));
  const matches = decoded.map(({ text, byteOf }) => matchesOf(compiled.expression, text).map((one) => one.map(byteOf)));
  if (rule === null) return { matches, secrets: matches.map(() => []) };
  const detect = await createDetector(source, rule);
  const secrets = decoded.map(({ text, byteOf }) => detect(text).map((range) => range.map(byteOf)));
  return { matches, secrets };
}

function matchesOf({ re, groups }: Expression, text: string): number[][] {
  const found: number[][] = [];
  // The detectors ask this first.
  if (!re.test(text)) return found;
  const matcher = re.matcher(text);
  while (matcher.find()) {
    if (matcher.end() === matcher.start()) continue;
    found.push(Array.from({ length: groups + 1 }, (_, group) => [matcher.start(group), matcher.end(group)]).flat());
  }
  return found;
}

async function createDetector(
  source: string,
  { keywords, secretGroup }: { keywords: readonly string[]; secretGroup: number },
) {
  const toml = [
    '[[rules]]',
    'id = "asked"',
    `regex = ${tomlString(source)}`,
    `secretGroup = ${secretGroup}`,
    `keywords = [${keywords.map(tomlString).join(', ')}]`,
  ];
  const file = { path: 'oracle.toml', text: `${toml.join('\n')}\n` };
  const analyzer = await createSecretsAnalyzer([file], { fingerprintKey: 'oracle' });
  const invalid = analyzer.problems.filter(({ kind }) => kind === 'invalid');
  if (invalid.length > 0) throw new Error(`${source}: ${invalid[0]!.message}`);
  return (text: string): number[][] => {
    const part = {
      path: 'oracle.txt',
      kind: 'source',
      language: null,
      text,
      locate: () => ({ line: 1, column: 1 }),
    } as const;
    return analyzer
      .analyze(part, { expired: () => false })
      .matches.filter(({ evidence }) => (evidence?.decoders.length ?? 0) === 0)
      .map(({ start, end }) => [start, end])
      .sort(([a], [b]) => a! - b!);
  };
}

function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll('\x7f', '\\u007f');
}

/** As files are read, but for NULs: a file's become spaces, and an expression may ask for them. */
function decode(bytes: Buffer): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
}

/** A byte order mark is dropped when text is decoded, and counts in bytes. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** From offsets in UTF-16 units to offsets in bytes; text that is not UTF-8 is read byte by byte. */
function createByteMap(bytes: Buffer): (offset: number) => number {
  const text = decode(bytes);
  if (!bytes.equals(Buffer.from(bytes.toString('utf8')))) return (offset) => offset;
  const dropped = bytes.subarray(0, 3).equals(MARK) ? 3 : 0;
  if (text.length + dropped === bytes.length) return (offset) => (offset < 0 ? offset : offset + dropped);
  const byteAt = new Int32Array(text.length + 1);
  let byte = dropped;
  let at = 0;
  for (const character of text) {
    byteAt[at] = byte;
    if (character.length === 2) byteAt[at + 1] = byte;
    byte += Buffer.byteLength(character);
    at += character.length;
  }
  byteAt[at] = byte;
  return (offset) => (offset < 0 ? offset : byteAt[offset]!);
}
