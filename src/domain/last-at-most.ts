/** Looks a number up in a sorted list by halving: which line an offset is on. */

/** The index of the last of the ascending numbers that is at most `value`; -1 when there is none. */
export function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
