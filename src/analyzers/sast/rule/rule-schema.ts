/** The keys of a Semgrep rule, without its patterns: what they may hold, and what they mean here. */
import { z } from 'zod';
import { VersionCondition } from '#domain/rule.ts';
import type { Confidence, Severity } from '#domain/severity.ts';

/** Both of Semgrep's vocabularies. Source: https://semgrep.dev/docs/writing-rules/rule-syntax, "severity". */
const SEVERITIES: Readonly<Record<string, Severity>> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
  ERROR: 'high',
  WARNING: 'medium',
  INFO: 'low',
  INVENTORY: 'info',
  EXPERIMENT: 'info',
};

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const Globs = z.strictObject({ include: oneOrMany.default([]), exclude: oneOrMany.default([]) });

/** What Assay reads in a rule's metadata; Semgrep takes no notice of it. */
const AssayMetadata = z.strictObject({
  requires: VersionCondition.extend({ unknown: VersionCondition.shape.unknown.default('report') })
    .strict()
    .optional(),
  'instead-of': oneOrMany.optional(),
});

const Metadata = z
  .looseObject({
    cwe: oneOrMany.catch([]).default([]),
    references: oneOrMany.catch([]).default([]),
    confidence: z
      .string()
      .catch('')
      .default('')
      .transform((value): Confidence => {
        const name = value.toLowerCase();
        return name === 'high' || name === 'low' ? name : 'medium';
      }),
    assay: AssayMetadata.optional(),
  })
  .or(z.unknown().transform(() => ({ cwe: [], references: [], confidence: 'medium' as const, assay: undefined })));

const FixRegex = z.looseObject({ regex: z.string(), replacement: z.string(), count: z.int().optional() });
export type FixRegex = z.infer<typeof FixRegex>;

/** Valid in Semgrep, and a rule that has one does not run here. */
export const UNSUPPORTED_KEYS: Readonly<Record<string, string>> = {
  join: 'join rules',
  extract: 'extract rules',
  steps: 'step rules',
};

/** A key that is not named here changes nothing, as in Semgrep. */
export const RuleHead = z.looseObject({
  id: z.string().regex(/^[A-Za-z0-9._-]+$/, 'a rule id is made of letters, digits, `-`, `_` and `.`'),
  message: z.string(),
  severity: z
    .enum(Object.keys(SEVERITIES), `expected one of ${Object.keys(SEVERITIES).join(', ')}`)
    .transform((name) => SEVERITIES[name]!),
  languages: oneOrMany.refine((names) => names.length > 0, 'expected at least one language'),
  metadata: Metadata.default({ cwe: [], references: [], confidence: 'medium', assay: undefined }),
  paths: Globs.optional(),
  fix: z.string().optional(),
  'fix-regex': FixRegex.optional(),
});
export type RuleHead = z.infer<typeof RuleHead>;
