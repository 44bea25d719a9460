/** A team's word that a secret has been rotated: it resolves what only the history of a change still holds. */
import type { Suppression } from '#domain/suppression.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { type FloorName, loosenedListNote, type PolicyNote } from './notes.ts';
import type { Waiver } from './waiver.ts';

/** A repository adds to the floor's only where that is delegated. */
export function waiversAbove(
  floor: readonly Waiver[],
  wanted: readonly Waiver[] = [],
  { delegated, floorName, path }: { delegated: boolean; floorName: FloorName; path: string },
): { readonly waivers: readonly Waiver[]; readonly notes: readonly PolicyNote[] } {
  const added = wanted.filter(({ secret }) => !floor.some((one) => one.secret === secret));
  if (delegated || added.length === 0) return { waivers: [...floor, ...added], notes: [] };
  const secrets = added.map(({ secret }) => secret);
  return { waivers: floor, notes: [loosenedListNote(path, floorName, 'waivers', secrets)] };
}

/** Only for what no edit takes back: an earlier commit, a commit's message. What a file or a description holds can be removed. */
export function waive(finding: JudgedFinding, waivers: readonly Waiver[], path: string): JudgedFinding {
  const { state, fingerprint, evidence, location } = finding;
  if (evidence === undefined || location.commit === undefined || (state !== 'history' && state !== 'new'))
    return finding;
  const waiver = waivers.find(({ secret }) => secret === fingerprint);
  return waiver === undefined
    ? finding
    : { ...finding, state: 'suppressed', blocking: false, suppression: suppressionOf(waiver, path) };
}

function suppressionOf({ rotated, reason }: Waiver, path: string): Suppression {
  return {
    ruleIds: [],
    marker: 'waivers',
    reason: `rotated on ${rotated}: ${reason.trim()}`,
    until: '',
    location: { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    coversFrom: 1,
    coversTo: 1,
    problem: null,
  };
}
