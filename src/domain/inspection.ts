/** What the analyzers say about one side of one file: plain data, so that it can leave a worker thread. */
import type { Finding } from './finding.ts';
import type { Side } from './part.ts';
import type { Skipped } from './skipped.ts';
import type { Suppression } from './suppression.ts';
import type { AskedSecret, VendorAnswer } from './verification.ts';

export interface InspectionTask {
  readonly path: string;
  readonly side: Side;
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch: decides whether a suppression has expired. */
  readonly now: number;
  /** The names of those that are to read it; left out for all. */
  readonly analyzers?: readonly string[];
  /** The full id of the commit whose content it is, where that is not an end of the change. */
  readonly commit?: string;
  /** For the verifying thread: the file's secrets that their vendors are asked about. */
  readonly ask?: readonly AskedSecret[];
}

export interface Inspection {
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
  readonly skipped: readonly Skipped[];
  /** True when at least one analyzer read at least one part. */
  readonly analysed: boolean;
  /** From the verifying thread: by fingerprint, what vendors say of the secrets that they were asked about. */
  readonly verified?: Readonly<Record<string, VendorAnswer>>;
}

/** Of a side that has no such file. */
export const NO_INSPECTION: Inspection = { findings: [], suppressions: [], skipped: [], analysed: false };

/** Both sides of a file. `base` is the one at `previousPath` where the file was moved. */
export interface InspectedFile {
  readonly path: string;
  readonly previousPath: string | null;
  readonly base: Inspection;
  readonly head: Inspection;
}
