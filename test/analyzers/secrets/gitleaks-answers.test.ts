/** The language means what it means to Gitleaks: its recorded answers, configuration by configuration. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import { createPart, FINGERPRINT_KEY, NO_LIMIT } from './support.ts';

interface Case {
  readonly name: string;
  readonly config: string;
  readonly beside?: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly found?: readonly string[];
  readonly refused?: true;
}

const { cases } = parse(readFileSync(new URL('gitleaks-answers.yaml', import.meta.url), 'utf8')) as { cases: Case[] };

test.each(cases)('$name', async ({ config, beside = {}, files, found, refused }) => {
  const analyzer = await createSecretsAnalyzer([{ path: '.gitleaks.toml', text: config }], {
    fingerprintKey: FINGERPRINT_KEY,
    readExtended: (path) => beside[path] ?? null,
  });
  const invalid = analyzer.problems.filter(({ kind }) => kind === 'invalid');
  if (refused) expect(invalid).not.toEqual([]);
  else {
    expect(invalid).toEqual([]);
    expect(Object.entries(files).flatMap(([path, text]) => scan(analyzer, path, text))).toEqual(found);
  }
});

function scan(analyzer: Awaited<ReturnType<typeof createSecretsAnalyzer>>, path: string, text: string): string[] {
  const part = createPart(text, { path });
  // Where nothing can be redacted there is no secret, and Gitleaks gives line 0.
  return analyzer.analyze(part, NO_LIMIT).matches.map(({ ruleId, start, end, secret, evidence }) => {
    const line = evidence?.matchLines?.from ?? part.locate(start).line;
    return JSON.stringify([ruleId, path, secret ? line : 0, text.slice(start, end)]);
  });
}
