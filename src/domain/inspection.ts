/** What the analyzers say about one side of one file: plain data, so that it can leave a worker thread. */
import type { Finding } from './finding.ts';
import type { Side } from './part.ts';
import type { Skipped } from './skipped.ts';
import type { Suppression } from './suppression.ts';

export interface InspectionTask {
  readonly path: string;
  readonly side: Side;
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch: decides whether a suppression has expired. */
  readonly now: number;
}

export interface Inspection {
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
  readonly skipped: readonly Skipped[];
  /** True when at least one analyzer read at least one part. */
  readonly analysed: boolean;
}
