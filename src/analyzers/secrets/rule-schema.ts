/** The shape of a Gitleaks configuration: which keys there are, and what stands in them. */
import { z } from 'zod';

// Gitleaks takes one text for a list of one, and a number in quotation marks for a number.
const texts = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()).default([]));
const numeric = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value),
    schema,
  );
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).default([]));
const upperCase = (value: unknown) => (typeof value === 'string' ? value.toUpperCase() : value);

const Allowlist = z.object({
  description: z.string().optional(),
  condition: z.preprocess(upperCase, z.enum(['OR', 'AND', '||', '&&', '']).default('OR')),
  commits: texts,
  paths: texts,
  regexTarget: z.enum(['secret', 'match', 'line', '']).default('secret'),
  regexes: texts,
  stopwords: texts,
});
const GlobalAllowlist = Allowlist.extend({ targetRules: texts });
export type AllowlistTable = z.infer<typeof Allowlist> & { readonly targetRules?: readonly string[] };

const Required = z.object({
  id: z.string().min(1),
  withinLines: numeric(z.number().transform(Math.trunc).optional()),
  withinColumns: numeric(z.number().transform(Math.trunc).optional()),
});

export const RuleTable = z.object({
  id: z.string().min(1),
  description: z.string().optional(),
  regex: z.string().optional(),
  secretGroup: numeric(z.number().int().default(0)),
  entropy: numeric(z.number().default(0)),
  path: z.string().optional(),
  keywords: texts,
  tags: texts,
  allowlist: oneOrMore(Allowlist),
  allowlists: oneOrMore(Allowlist),
  required: oneOrMore(Required),
  skipReport: z.boolean().default(false),
});
export type RuleTable = z.infer<typeof RuleTable>;

const Extend = z.object({
  path: z.string().optional(),
  url: z.string().optional(),
  useDefault: z.boolean().default(false),
  disabledRules: texts,
});
export type ExtendTable = z.infer<typeof Extend>;

/** The file around the rules; the rules are checked one by one, so that one mistake costs one rule. */
export const ConfigTable = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  minVersion: z.string().optional(),
  extend: Extend.optional(),
  allowlist: oneOrMore(GlobalAllowlist),
  allowlists: oneOrMore(GlobalAllowlist),
  rules: z.array(z.unknown()).default([]),
});

/** By the key that holds them: the keys of each kind of table. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(ConfigTable.shape),
  rules: Object.keys(RuleTable.shape),
  extend: Object.keys(Extend.shape),
  required: Object.keys(Required.shape),
  allowlist: Object.keys(GlobalAllowlist.shape),
  allowlists: Object.keys(GlobalAllowlist.shape),
};
const CANONICAL = new Map(Object.values(KEYS).flatMap((keys) => keys.map((key) => [key.toLowerCase(), key] as const)));

/** Gitleaks reads its keys in any case. */
export function canonicalKey(key: string): string {
  return CANONICAL.get(key.toLowerCase()) ?? key;
}

/** The same content under the keys' usual spelling, and the paths of the keys that no configuration has: Gitleaks passes over them. */
export function canonicalTables(content: unknown): { tables: unknown; unknown: (readonly PropertyKey[])[] } {
  const unknown: (readonly PropertyKey[])[] = [];
  const walk = (value: unknown, kind: string, at: readonly PropertyKey[]): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, kind, [...at, index]));
    const keys = KEYS[kind];
    if (keys === undefined || typeof value !== 'object' || value === null || value instanceof Date) return value;
    return Object.fromEntries(
      Object.entries(value).map(([written, item]) => {
        const key = canonicalKey(written);
        if (!keys.includes(key)) unknown.push([...at, key]);
        return [key, walk(item, key, [...at, key])];
      }),
    );
  };
  return { tables: walk(content, '', []), unknown };
}

/** A mistake in words, and the path of the key that it is about. */
export interface SchemaProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export function explain(error: z.ZodError): SchemaProblem[] {
  return error.issues.map((issue): SchemaProblem => {
    const key = issue.path.findLast((step) => typeof step === 'string') ?? 'the file';
    const message = issue.message.endsWith('received undefined')
      ? `"${String(key)}" is missing`
      : `"${String(key)}": ${issue.message.replace(/^Invalid (?:input|option): /, '')}`;
    return { path: issue.path, message };
  });
}
