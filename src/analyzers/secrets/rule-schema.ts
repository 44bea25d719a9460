/** The shape of a Gitleaks configuration: which keys there are, and what stands in them. */
import { z } from 'zod';

const texts = z.array(z.string()).default([]);

const Allowlist = z.strictObject({
  description: z.string().optional(),
  condition: z.enum(['OR', 'AND', '||', '&&']).default('OR'),
  commits: texts,
  paths: texts,
  regexTarget: z.enum(['secret', 'match', 'line']).default('secret'),
  regexes: texts,
  stopwords: texts,
});
const GlobalAllowlist = Allowlist.extend({ targetRules: texts });
export type AllowlistTable = z.infer<typeof Allowlist> & { readonly targetRules?: readonly string[] };

/** The older spelling `allowlist` is one table, or several. */
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).default([]));

export const RuleTable = z.strictObject({
  id: z.string().min(1),
  description: z.string().optional(),
  regex: z.string().min(1).optional(),
  secretGroup: z.number().int().nonnegative().default(0),
  entropy: z.number().nonnegative().default(0),
  path: z.string().min(1).optional(),
  keywords: texts,
  tags: texts,
  allowlist: oneOrMore(Allowlist),
  allowlists: z.array(Allowlist).default([]),
  required: z.unknown().optional(),
  skipReport: z.boolean().default(false),
});
export type RuleTable = z.infer<typeof RuleTable>;

/** The file around the rules; the rules are checked one by one, so that one mistake costs one rule. */
export const ConfigTable = z.strictObject({
  title: z.string().optional(),
  description: z.string().optional(),
  minVersion: z.string().optional(),
  extend: z.unknown().optional(),
  allowlist: oneOrMore(GlobalAllowlist),
  allowlists: z.array(GlobalAllowlist).default([]),
  rules: z.array(z.unknown()).default([]),
});

/** A mistake in words, and the path of the key that it is about. */
export interface SchemaProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export function explain(error: z.ZodError): SchemaProblem[] {
  return error.issues.flatMap((issue): SchemaProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...issue.path, key], message: `unknown key "${key}"` }));
    }
    const key = issue.path.findLast((step) => typeof step === 'string') ?? 'the file';
    const message = issue.message.endsWith('received undefined')
      ? `"${String(key)}" is missing`
      : `"${String(key)}": ${issue.message.replace(/^Invalid (?:input|option): /, '')}`;
    return [{ path: issue.path, message }];
  });
}
