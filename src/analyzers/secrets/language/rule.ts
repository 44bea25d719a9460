/** A secret detector, ready to run: what a Gitleaks rule becomes when it is read. */

import type { Expression } from '#analyzers/secrets/expression/expression.ts';
import type { RuleInfo } from '#domain/rule.ts';
import type { Allowlist } from './allowlist.ts';

export interface SecretRule {
  readonly info: RuleInfo;
  /** Null for a rule that judges by the path alone. */
  readonly expression: Expression | null;
  /** The capturing group that is the secret; 0: the first group that holds something, else the whole match. */
  readonly secretGroup: number;
  /** Bits per character that a secret must exceed; 0 asks for nothing. */
  readonly entropy: number;
  readonly path: Expression | null;
  /** Any one of them must stand in the text; none: the expression reads every text. */
  readonly keywords: readonly string[];
  readonly allowlists: readonly Allowlist[];
  /** Rules that must match too, each of them, for a match of this one to count. */
  readonly required: readonly RequiredRule[];
  /** It only serves rules that require it. */
  readonly skipReport: boolean;
  /** What the vendor's secrets begin with, and may be shown. */
  readonly publicPrefixes: readonly string[];
}

/** Null: at any distance. */
export interface RequiredRule {
  readonly id: string;
  readonly withinLines: number | null;
  readonly withinColumns: number | null;
}
