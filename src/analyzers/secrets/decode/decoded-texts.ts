/** What a text says when its encodings are taken off, layer by layer: base64 in hex in a JSON string is three layers. */
import type { Budget } from '#domain/analyzer.ts';
import { findBase64AndHex } from './base64.ts';
import { findCodePoints } from './code-points.ts';
import { type DecodedText, decodedText } from './decoded-text.ts';
import { findEntities } from './entities.ts';
import { findEscapes, findPercent } from './escapes.ts';
import { findLiterals } from './literals.ts';
import type { Segment } from './segment.ts';

/** Layers that are taken off, as many as Gitleaks does when it is not told otherwise. */
export const MAX_DECODE_DEPTH = 5;

/**
 * Each one is made of the one before it, the first of `text`. None for a text without encoded parts. Calls back with where in
 * `text` something stands that is too large to be decoded.
 */
export function decodedTexts(text: string, budget: Budget, onTooLarge: (offset: number) => void): DecodedText[] {
  const layers: DecodedText[] = [];
  for (let depth = 0; depth < MAX_DECODE_DEPTH && !budget.expired(); depth++) {
    const above = layers.at(-1)?.text ?? text;
    const segments = findSegments(above);
    for (const { start, tooLarge } of segments) if (tooLarge === true) onTooLarge(inFirst(start, layers));
    const layer = decodedText(above, segments);
    if (layer === null) break;
    layers.push(layer);
  }
  return layers;
}

/** Where what begins at `offset` of the last layer stands in the text that all of them were made of. */
function inFirst(offset: number, layers: readonly DecodedText[]): number {
  return layers.reduceRight((at, layer) => layer.place(at, at + 1)?.start ?? 0, offset);
}

/** In order and without overlaps: what begins first goes before what begins within it. */
function findSegments(text: string): Segment[] {
  const segments: Segment[] = [];
  const add = (segment: Segment) => segments.push(segment);
  findBase64AndHex(text, add);
  findPercent(text, add);
  findEscapes(text, add);
  findCodePoints(text, add);
  findEntities(text, add);
  findLiterals(text, add);
  segments.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return segments.filter((segment) => {
    if (segment.start < end) return false;
    end = segment.end;
    return true;
  });
}
