/** Every expression of a Gitleaks configuration, with what decides how it is asked. */
import { parse } from 'smol-toml';
import { canonicalTables } from '#analyzers/secrets/language/rule-schema.ts';

export interface ListedExpression {
  /** The key and the rule that it stands in. */
  readonly name: string;
  readonly source: string;
  /** Both only where it is what a rule looks for. */
  readonly rule: { readonly keywords: readonly string[]; readonly secretGroup: number } | null;
}

type Table = Readonly<Record<string, unknown>>;

export function listExpressions(toml: string): ListedExpression[] {
  const { tables } = canonicalTables(parse(toml));
  const config = tables as Table;
  return [
    ...tablesOf(config.rules).flatMap((rule) => [
      ...textsOf(rule.regex).map((source) => ({ name: `regex of ${rule.id}`, source, rule: detectorOf(rule) })),
      ...textsOf(rule.path).map((source) => ({ name: `path of ${rule.id}`, source, rule: null })),
      ...allowed(rule, String(rule.id)),
    ]),
    ...allowed(config, 'the file'),
  ];
}

function allowed(table: Table, owner: string): ListedExpression[] {
  return [...tablesOf(table.allowlist), ...tablesOf(table.allowlists)].flatMap((list) =>
    (['regexes', 'paths'] as const).flatMap((key) =>
      textsOf(list[key]).map((source) => ({ name: `allowlist ${key} of ${owner}`, source, rule: null })),
    ),
  );
}

function detectorOf({ keywords, secretGroup }: Table): ListedExpression['rule'] {
  return { keywords: textsOf(keywords), secretGroup: Number(secretGroup ?? 0) };
}

function tablesOf(value: unknown): Table[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]) as Table[];
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string' && text !== '');
}
