/** What the rules were not asked to their end, in one text: how much one of them may find and take, and how that is told. */
import type { Analysis, Budget } from '#domain/analyzer.ts';
import { threadTime } from '#domain/thread-time.ts';

/** A rule that finds more in one text has been heard. */
export const MAX_FOUND = 5_000;
/** What one rule may take for one text (milliseconds): the others shall have their turn. */
export const RULE_LIMIT_MS = 2_000;
/** Rules that are named; of others only the number is told. */
const MAX_NAMED = 3;

/** Remembers the rules that used up what is theirs of a text's budget. */
export interface Shortened {
  /** The budget of a rule that has found as much as `found` says. */
  forRule(id: string, found: () => number): Budget;
  words(): Pick<Analysis, 'cut' | 'stopped'>;
}

export function createShortened(budget: Budget, now = threadTime): Shortened {
  const many = new Set<string>();
  const slow = new Set<string>();
  return {
    forRule(id, found) {
      const until = now() + RULE_LIMIT_MS;
      return {
        expired() {
          if (budget.expired()) return true;
          const spent = found() >= MAX_FOUND ? many : now() > until ? slow : null;
          spent?.add(id);
          return spent !== null;
        },
      };
    },
    words() {
      const cut = many.size === 0 ? {} : { cut: `only the first ${MAX_FOUND} findings of ${listed([...many])}` };
      return slow.size === 0 ? cut : { ...cut, stopped: `stopped in rule ${listed([...slow])}` };
    },
  };
}

function listed(ids: readonly string[]): string {
  const rest = ids.length - MAX_NAMED;
  return `${ids.slice(0, MAX_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
