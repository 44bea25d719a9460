/** Secrets of a text as it stands and of what it says when decoded; where both show one, who knows more about it has the word. */
import type { Candidate } from '#analyzers/secrets/detect.ts';
import { knowsMore, mostSpecific, overlapping } from '#analyzers/secrets/most-specific.ts';
import type { Budget } from '#domain/analyzer.ts';
import type { DecodedText } from './decoded-text.ts';
import { decodedTexts } from './decoded-texts.ts';
import type { Encoding } from './segment.ts';

/** `start` and `end` are offsets in the text as it stands: those of the encoded text, where the secret is in one. */
export interface FoundSecret {
  readonly rule: Candidate['rule'];
  readonly start: number;
  readonly end: number;
  readonly clear: string;
  /** From the outermost to the innermost; empty for a secret that stands there in clear. */
  readonly encodings: readonly Encoding[];
}

/** `candidates` are those of the text as it stands; `search` finds those of another; see `decodedTexts` for `onTooLarge`. */
export function findSecrets(
  text: string,
  candidates: readonly Candidate[],
  search: (text: string) => readonly Candidate[],
  budget: Budget,
  onTooLarge: (offset: number) => void,
): FoundSecret[] {
  const layers = decodedTexts(text, budget, onTooLarge);
  const found = [mostSpecific(candidates), ...layers.map((layer) => mostSpecific(search(layer.text)))];
  const lost = new Set<Candidate>();
  const trails = new Map<Candidate, Trail>();
  layers.forEach((_, depth) => {
    for (const candidate of found[depth + 1]!) {
      const trail = follow(candidate, layers.slice(0, depth + 1));
      const rivals = trail?.ranges.flatMap((range, layer) => overlapping(found[layer]!, range)) ?? [];
      const standing = rivals.filter((rival) => !lost.has(rival));
      if (trail === null || standing.some((rival) => !knowsMore(candidate, rival))) lost.add(candidate);
      else {
        for (const rival of standing) lost.add(rival);
        trails.set(candidate, trail);
      }
    }
  });
  return found.flatMap((list, layer) =>
    list
      .filter((candidate) => !lost.has(candidate))
      .map((candidate): FoundSecret => {
        const { rule, start, end } = candidate;
        const trail = trails.get(candidate);
        const clear = (layer === 0 ? text : layers[layer - 1]!.text).slice(start, end);
        return { rule, clear, ...(trail?.ranges[0] ?? { start, end }), encodings: trail?.encodings ?? [] };
      }),
  );
}

/** Where a candidate stands in each layer above its own, the text itself first. */
interface Trail {
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
  readonly encodings: readonly Encoding[];
}

/** Null where nothing of the match, nor what stands next to it, was decoded last: the layer above shows the same. */
function follow(candidate: Candidate, layers: readonly DecodedText[]): Trail | null {
  const ranges: { start: number; end: number }[] = [];
  const encodings: Encoding[] = [];
  let { start, end } = candidate;
  let [from, to] = [candidate.matchStart, candidate.matchStart + candidate.context];
  for (const layer of layers.toReversed()) {
    const secret = layer.place(start, end);
    const match = layer.place(from, to);
    const around = layer.place(Math.max(0, from - 1), Math.min(layer.text.length, to + 1)) ?? match;
    if (secret === null || match === null || around === null) return null;
    const told = [secret, match, around].find((place) => place.encodings.length > 0)?.encodings ?? [];
    if (told.length === 0 && ranges.length === 0) return null;
    ranges.unshift({ start: secret.start, end: secret.end });
    encodings.unshift(...told);
    ({ start, end } = secret);
    [from, to] = [match.start, match.end];
  }
  return { ranges, encodings };
}
