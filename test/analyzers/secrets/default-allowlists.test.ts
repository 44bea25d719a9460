/** What a team's own rules leave out where they extend the default, as they do under Gitleaks. */
import { beforeAll, expect, it } from 'vitest';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import type { Analyzer } from '#domain/analyzer.ts';
import { FINGERPRINT_KEY, find, listRuleFiles } from './support.ts';

const RULE = `[[rules]]\nid = "acme"\nregex = '''acme = (.+)'''\n`;
const [extending, alone] = [`[extend]\nuseDefault = true\n${RULE}`, RULE];

const analyzers = new Map<string, Analyzer>();
beforeAll(async () => {
  const ours = listRuleFiles().map(({ rules }) => ({ ...rules, shipped: true }));
  for (const text of [extending, alone]) {
    const team = { path: '.gitleaks.toml', text };
    analyzers.set(text, await createSecretsAnalyzer([...ours, team], { fingerprintKey: FINGERPRINT_KEY }));
  }
});

const ids = (team: string, path: string, value: string) =>
  find(analyzers.get(team)!, `acme = ${value}\n`, { path }).map(({ ruleId }) => ruleId);

it.each([
  'yarn.lock',
  'web/package-lock.json',
  'go.sum',
  'node_modules/a/b.js',
  'vendor/github.com/a/b.go',
  'static/jquery-3.7.1.min.js',
  'venv/lib/python3.12/site.py',
  'a/torch-2.1.0.dist-info/RECORD',
  'logo.svg',
])("files that hold nobody's secrets: %s", (path) => {
  expect(ids(extending, path, 'Zq3-value')).toEqual([]);
  expect(ids(alone, path, 'Zq3-value')).toEqual(['acme']);
});

it.each([
  '${TOKEN}',
  '$token',
  '{{ .Values.token }}',
  '${{ secrets.TOKEN }}',
  '%TOKEN%',
  'xxxxxxxx',
  '/etc/acme/key',
  'true',
])('what stands for a value: %s', (value) => {
  expect(ids(extending, 'train.py', value)).toEqual([]);
  expect(ids(alone, 'train.py', value)).toEqual(['acme']);
});

it('nothing else', () => {
  for (const path of ['train.py', 'poetry.toml', 'vendor/acme/a.go', 'lib/python/a.py'])
    expect(ids(extending, path, 'Zq3-value'), path).toEqual(['acme']);
});
