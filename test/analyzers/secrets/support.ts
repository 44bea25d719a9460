/** What the tests of the secrets analyzer share: the shipped rules, an analyzer over them, a part of a text. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import type { Analyzer, Budget } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';
import type { RuleFile } from '#domain/rule.ts';

const FOLDER = fileURLToPath(new URL('../../../rules/secrets/', import.meta.url));

export const FINGERPRINT_KEY = 'a key of the tests';
export const NO_LIMIT: Budget = { expired: () => false };

/** Each rule file with the samples beside it. */
export function listRuleFiles(): { vendor: string; rules: RuleFile; samples: RuleFile }[] {
  const read = (name: string): RuleFile => ({
    path: `rules/secrets/${name}`,
    text: readFileSync(FOLDER + name, 'utf8'),
  });
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.toml'))
    .map((name) => name.replace(/\.toml$/, ''))
    .map((vendor) => ({ vendor, rules: read(`${vendor}.toml`), samples: read(`${vendor}.samples.yaml`) }));
}

/** As the product makes it: an expression is compiled when a text asks for it. */
export function createShippedAnalyzer(fingerprintKey: string = FINGERPRINT_KEY): Promise<Analyzer> {
  return createSecretsAnalyzer(
    listRuleFiles().map(({ rules }) => ({ ...rules, shipped: true })),
    { fingerprintKey },
  );
}

export function createAnalyzer(toml: string): Promise<Analyzer> {
  return createSecretsAnalyzer([{ path: 'team.toml', text: toml }], { fingerprintKey: FINGERPRINT_KEY });
}

export function createPart(text: string, overrides: Partial<Part> = {}): Part {
  return {
    path: 'train.py',
    kind: 'source',
    language: 'python',
    text,
    ...(text === '' ? {} : { named: true }),
    locate(offset) {
      const before = text.slice(0, offset).split('\n');
      return { line: before.length, column: before.at(-1)!.length + 1 };
    },
    ...overrides,
  };
}

export function find(analyzer: Analyzer, text: string, overrides: Partial<Part> = {}): readonly Match[] {
  return analyzer.analyze(createPart(text, overrides), NO_LIMIT).matches;
}
