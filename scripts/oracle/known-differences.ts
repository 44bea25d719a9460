/** The differences between the two engines that are known, each with its reason. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const FILE = new URL('known-differences.yaml', import.meta.url);

const Entry = z.strictObject({
  /** The case's name: `file: pair`, or `rule file over target`. */
  case: z.string(),
  reason: z.string(),
  /** The lines that differ, as the oracle prints them; every difference of the case where they are left out. */
  lines: z.array(z.string()).optional(),
});
export type KnownDifference = z.infer<typeof Entry>;

export function readKnownDifferences(): ReadonlyMap<string, KnownDifference> {
  const entries = z.array(Entry).parse(parse(readFileSync(FILE, 'utf8')) ?? []);
  return new Map(entries.map((entry) => [entry.case, entry]));
}

export function writeKnownDifferences(entries: readonly KnownDifference[]): void {
  writeFileSync(FILE, stringify(entries, { lineWidth: 120 }));
}

/** What of a case's differences is not listed, and what is listed and does not differ any more. */
export function judge(
  lines: readonly string[],
  known: KnownDifference | undefined,
): { readonly unlisted: readonly string[]; readonly healed: readonly string[] } {
  if (known === undefined) return { unlisted: lines, healed: [] };
  if (known.lines === undefined) return { unlisted: [], healed: lines.length === 0 ? [known.case] : [] };
  const listed = known.lines;
  return {
    unlisted: lines.filter((line) => !listed.includes(line)),
    healed: listed.filter((line) => !lines.includes(line)),
  };
}
