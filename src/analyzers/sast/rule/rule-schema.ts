/** The keys of a Semgrep rule, without its patterns: what they may hold, and what they mean here. */
import { z } from 'zod';
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

const Metadata = z.looseObject({
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
});

/** Keys that say what is looked for; exactly one of them stands at the top of a rule. */
export const FORMULA_KEYS = ['pattern', 'patterns', 'pattern-either', 'pattern-regex'] as const;

/** Valid keys of the language, or of Semgrep's registry, that change nothing in what is found here. */
const IGNORED_KEYS = ['min-version', 'max-version', 'product', 'fix-regex', 'version', 'tests'];

/** Valid in Semgrep, and a rule that has one does not run here. */
export const UNSUPPORTED_KEYS: Readonly<Record<string, string>> = {
  match: 'rules in the `match` syntax',
  taint: 'taint rules',
  'pattern-sources': 'taint rules',
  'pattern-sinks': 'taint rules',
  'pattern-sanitizers': 'taint rules',
  'pattern-propagators': 'taint rules',
  join: 'join rules',
  extract: 'extract rules',
  transform: 'extract rules',
  steps: 'step rules',
  'r2c-internal-project-depends-on': 'dependency conditions',
  'project-depends-on': 'dependency conditions',
};

export const RuleHead = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9._-]+$/, 'a rule id is made of letters, digits, `-`, `_` and `.`'),
  message: z.string(),
  severity: z
    .enum(Object.keys(SEVERITIES), `expected one of ${Object.keys(SEVERITIES).join(', ')}`)
    .transform((name) => SEVERITIES[name]!),
  languages: oneOrMany,
  mode: z.string().default('search'),
  metadata: Metadata.default({ cwe: [], references: [], confidence: 'medium' }),
  paths: Globs.optional(),
  options: z.record(z.string(), z.unknown()).default({}),
  fix: z.string().optional(),
  ...Object.fromEntries([...FORMULA_KEYS, ...IGNORED_KEYS].map((key) => [key, z.unknown().optional()])),
});
export type RuleHead = z.infer<typeof RuleHead>;

/** Options that would change what a search rule finds, with the one value that holds here. */
export const FIXED_OPTIONS: Readonly<Record<string, unknown>> = {
  symbolic_propagation: false,
  implicit_deep_exprstmt: true,
  commutative_boolop: false,
  vardef_assign: true,
  generic_ellipsis_max_span: 10,
};
