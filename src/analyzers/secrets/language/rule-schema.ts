/** The shape of a Gitleaks configuration: which keys there are, and what stands in them. */
import { z } from 'zod';
import { looseFlag, looseInteger, looseNumber, looseText, looseTexts, oneOrMore } from './loose-types.ts';

const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
const upperCase = (value: unknown) => (typeof value === 'string' ? value.toUpperCase() : value);

const Allowlist = z.object({
  description: looseText.optional(),
  condition: z.preprocess(upperCase, z.enum(['OR', 'AND', '||', '&&', '']).default('OR')),
  commits: looseTexts,
  paths: looseTexts,
  regexTarget: z.enum(['secret', 'match', 'line', '']).default('secret'),
  regexes: looseTexts,
  stopwords: looseTexts,
});
const GlobalAllowlist = Allowlist.extend({ targetRules: looseTexts });
export type AllowlistTable = z.infer<typeof Allowlist> & { readonly targetRules?: readonly string[] };

const Required = z.object({
  id: looseText.pipe(z.string().min(1)),
  withinLines: looseInteger.optional(),
  withinColumns: looseInteger.optional(),
});

export const RuleTable = z.object({
  id: looseText.pipe(z.string().min(1)),
  description: looseText.optional(),
  regex: looseText.optional(),
  secretGroup: looseInteger.default(0),
  entropy: looseNumber.default(0),
  path: looseText.optional(),
  keywords: looseTexts,
  tags: looseTexts,
  allowlist: oneOrMore(Allowlist),
  allowlists: oneOrMore(Allowlist),
  required: oneOrMore(Required),
  skipReport: looseFlag.default(false),
});
export type RuleTable = z.infer<typeof RuleTable>;

const Extend = z.object({
  path: looseText.optional(),
  url: looseText.optional(),
  useDefault: looseFlag.default(false),
  disabledRules: looseTexts,
});
export type ExtendTable = z.infer<typeof Extend>;

/** The file around the rules; the rules are checked one by one, so that one mistake costs one rule. */
export const ConfigTable = z.object({
  title: looseText.optional(),
  description: looseText.optional(),
  minVersion: looseText.optional(),
  extend: Extend.optional(),
  // A table without a key is none here.
  allowlist: z.preprocess((value) => (isEmpty(value) ? undefined : value), oneOrMore(GlobalAllowlist)),
  allowlists: oneOrMore(GlobalAllowlist),
  rules: oneOrMore(z.unknown()),
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
