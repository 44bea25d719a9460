/** What the searches of one thread may hold together: who needs more than is left makes the others forget. */

/** Numbers of 4 bytes: 64 MiB. */
export const MAX_THREAD_CELLS = 1 << 24;

export interface Space {
  /** `forget` gives up all that is held under the lease, which may grow again afterwards. */
  lease(forget: () => void): Lease;
  /** Numbers that are held now. */
  held(): number;
}

export interface Lease {
  grow(numbers: number): void;
}

export function createSpace(maxCells = MAX_THREAD_CELLS): Space {
  const holders = new Set<{ held: number; readonly forget: () => void }>();
  let held = 0;
  return {
    held: () => held,
    lease(forget) {
      const own = { held: 0, forget };
      return {
        grow(numbers) {
          holders.add(own);
          own.held += numbers;
          held += numbers;
          if (held <= maxCells) return;
          // One search runs at a time: none of the others is in the middle of what it forgets.
          for (const other of holders) {
            if (other === own) continue;
            holders.delete(other);
            other.held = 0;
            other.forget();
          }
          held = own.held;
        },
      };
    },
  };
}
