/** Finds the suppression that covers a place, among as many as a file may have lines. */
import type { Location } from '#domain/location.ts';
import type { Suppression } from '#domain/suppression.ts';

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Cover {
  readonly suppression: Suppression;
  readonly from: Place;
  readonly to: Place;
}

/**
 * A suppression covers what has any place from its start to its end covered, in the same entry where they are in an archive.
 * Each covers one line of code, so that two cover the same line or have nothing in common; of the same line the first counts.
 */
export function createCoverLookup(
  suppressions: readonly Suppression[],
): (location: Location) => Suppression | undefined {
  const byEntry = new Map<string, Cover[]>();
  for (const suppression of suppressions) {
    const { coversFrom, coversTo, coversFromColumn = 1, coversToColumn = Infinity, location } = suppression;
    const from = { line: coversFrom, column: coversFromColumn };
    const cover = { suppression, from, to: { line: coversTo, column: coversToColumn } };
    const entry = entryOf(location);
    const covers = byEntry.get(entry);
    if (covers === undefined) byEntry.set(entry, [cover]);
    else covers.push(cover);
  }
  for (const covers of byEntry.values()) covers.sort((a, b) => order(a.to, b.to));
  return (location) => {
    const { entry } = location;
    const start = entry ?? { line: location.startLine, column: location.startColumn };
    const end = entry ?? { line: location.endLine, column: location.endColumn };
    const cover = firstEndingAt(byEntry.get(entryOf(location)) ?? [], start);
    if (cover === undefined) return undefined;
    const begins = order(cover.from, start) <= 0 || order(cover.from, end) < 0;
    return begins ? cover.suppression : undefined;
  };
}

/** An entry's name is another text than its content. */
function entryOf({ entry }: Location): string {
  return entry === undefined ? '' : JSON.stringify([entry.path, entry.name === true]);
}

/** The first of the covers that does not end before `place`. */
function firstEndingAt(covers: readonly Cover[], place: Place): Cover | undefined {
  let low = 0;
  let high = covers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order(covers[middle]!.to, place) < 0) low = middle + 1;
    else high = middle;
  }
  return covers[low];
}

function order(a: Place, b: Place): number {
  return a.line === b.line ? a.column - b.column : a.line - b.line;
}
