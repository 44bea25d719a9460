/** Looks a number up in a sorted list by halving: which line an offset is on. */

/** The index of the last of the sorted numbers that is not above `limit`, or -1. */
export function lastUpTo(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
