/** Numbers that look random and are the same in every run with the same seed. */

export interface Random {
  /** From 0 up to, and without, the limit. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** True so often in a hundred. */
  percent(share: number): boolean;
}

/** Source: Lehmer's generator with the multiplier 48,271 ("minimal standard"). */
const FACTOR = 48_271;
const MODULUS = 0x7fffffff;

export function createRandom(seed: number): Random {
  let state = (Math.abs(Math.trunc(seed)) % (MODULUS - 1)) + 1;
  const next = () => {
    state = (state * FACTOR) % MODULUS;
    return state;
  };
  // Neighbouring seeds begin alike.
  for (let i = 0; i < 8; i++) next();
  const below = (limit: number) => next() % Math.max(limit, 1);
  return { below, pick: (list) => list[below(list.length)]!, percent: (share) => below(100) < share };
}
