/** Which suppression speaks of a finding, if one does. */
import type { Finding } from '#domain/finding.ts';
import type { RuleInfo } from '#domain/rule.ts';
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

const DESERIALIZATION = /^CWE-502\b/i;

/**
 * A suppression that counts and names the finding's rule covers it when any place from the finding's start to its end is
 * covered. Each covers one line of code, so that two cover the same line or have nothing in common.
 */
export function createCovers(
  suppressions: readonly Suppression[],
  rules: readonly RuleInfo[],
): (finding: Finding) => Suppression | undefined {
  const unpickling = rules.filter(({ cwe }) => cwe.some((name) => DESERIALIZATION.test(name))).map(({ id }) => id);
  const byRule = new Map<string, Cover[]>();
  for (const suppression of suppressions.filter(({ problem }) => problem === null)) {
    const { marker, coversFrom, coversTo, coversFromColumn = 1, coversToColumn = Infinity } = suppression;
    const from = { line: coversFrom, column: coversFromColumn };
    const cover = { suppression, from, to: { line: coversTo, column: coversToColumn } };
    for (const ruleId of marker === 'trusted-pickle' ? unpickling : suppression.ruleIds) {
      const covers = byRule.get(ruleId);
      if (covers === undefined) byRule.set(ruleId, [cover]);
      else covers.push(cover);
    }
  }
  for (const covers of byRule.values()) covers.sort((a, b) => order(a.to, b.to));
  return ({ ruleId, location }) => {
    const start = { line: location.startLine, column: location.startColumn };
    const end = { line: location.endLine, column: location.endColumn };
    const cover = firstEndingAt(byRule.get(ruleId) ?? [], start);
    if (cover === undefined) return undefined;
    const begins = order(cover.from, start) <= 0 || order(cover.from, end) < 0;
    return begins ? cover.suppression : undefined;
  };
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
