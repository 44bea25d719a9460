/** What both engines are asked, and what they answer: one rule file over one target. */

/** What of a finding is compared, besides its place. */
export interface Shown {
  readonly ruleIds: boolean;
  readonly messages: boolean;
  readonly fixes: boolean;
}

export interface Case {
  /** For people; unique among the cases of one run. */
  readonly name: string;
  readonly rules: { readonly path: string; readonly text: string };
  /** `path` decides the language, as a file's path in its repository does. */
  readonly target: { readonly path: string; readonly bytes: Uint8Array };
  readonly shown: Shown;
}

/** Lines and columns count from 1; the end is the first place after the match. */
export interface Found {
  readonly ruleId: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly fix: string | null;
}

/** A rule, or with `ruleId: null` a whole file, that an engine does not take. */
export interface Refusal {
  readonly ruleId: string | null;
  readonly reason: string;
}

export interface Answer {
  readonly found: readonly Found[];
  readonly refused: readonly Refusal[];
}
