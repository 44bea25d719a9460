/** Which secrets a policy lets Assay ask their vendors about. Sending one to a third party is the organisation's decision. */
import { nearest } from './nearest.ts';
import {
  type FloorName,
  loosenedListNote,
  loosenedNote,
  type PolicyNote,
  unknownRuleNote,
  unverifiableNote,
} from './notes.ts';

export interface VerificationPolicy {
  /** Rule ids; none: nobody is asked. */
  readonly detectors: readonly string[];
  /** Whether also for pull requests from forks. */
  readonly forks: boolean;
}

export const NO_VERIFICATION: VerificationPolicy = { detectors: [], forks: false };

interface Wanted {
  readonly detectors?: readonly string[] | undefined;
  readonly forks?: boolean | undefined;
}

/** What a file says, and for what it does not say `base`. */
export function verificationOver(base: VerificationPolicy, wanted: Wanted = {}): VerificationPolicy {
  return { detectors: wanted.detectors ?? base.detectors, forks: wanted.forks ?? base.forks };
}

/** A repository may always ask for less than the floor, and for more only where that is delegated. */
export function verificationAbove(
  floor: VerificationPolicy,
  wanted: Wanted | undefined,
  { delegated, floorName, path }: { delegated: boolean; floorName: FloorName; path: string },
): { readonly verification: VerificationPolicy; readonly notes: readonly PolicyNote[] } {
  const asked = verificationOver(floor, wanted);
  if (delegated) return { verification: asked, notes: [] };
  const added = asked.detectors.filter((id) => !floor.detectors.includes(id));
  const notes = [
    ...(added.length > 0 ? [loosenedListNote(path, floorName, 'verification.detectors', added)] : []),
    ...(asked.forks && !floor.forks ? [loosenedNote(path, floorName, 'verification.forks', 'true', 'false')] : []),
  ];
  const detectors = asked.detectors.filter((id) => floor.detectors.includes(id));
  return { verification: { detectors, forks: asked.forks && floor.forks }, notes };
}

/** Detectors that the policy names in vain. `verifiable` are those with a vendor that can be asked. */
export function verificationNotes(
  { detectors }: VerificationPolicy,
  ruleIds: ReadonlySet<string>,
  verifiable: readonly string[],
): PolicyNote[] {
  return detectors
    .filter((id) => !verifiable.includes(id))
    .map((id) => {
      const guess = nearest(id, verifiable);
      return ruleIds.has(id) ? unverifiableNote(id) : unknownRuleNote('verification.detectors', id, guess);
    });
}
