/** Rules that go by a file's name find key stores, of which nothing can be read. */
import { expect, test } from 'vitest';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import { inspect } from '#inspection/inspect.ts';
import { notebook } from '#test/support/ml-files.ts';
import { zip } from '#test/unpack/archives.ts';

const config = `[[rules]]\nid = "store"\npath = '''\\.(p12|md|ipynb|zip|py)$'''\n`;
const analyzer = await createSecretsAnalyzer([{ path: '.gitleaks.toml', text: config }], { fingerprintKey: 'test' });

function look(path: string, bytes: Uint8Array) {
  const { findings, skipped, analysed } = inspect({ path, side: 'head', bytes, now: 0 }, [analyzer], 1_000);
  const found = findings.map(({ ruleId, location }) => `${ruleId} ${location.path}:${location.startLine}`);
  return { found, analysed, skipped: skipped.map(({ reason }) => reason) };
}

test('a binary file is found by its name, and counts as not read', () => {
  const found = ['store keys/a.p12:1'];
  expect(look('keys/a.p12', Buffer.from([48, 130, 0, 0, 7]))).toEqual({ found, analysed: false, skipped: ['binary'] });
});

test('a file with several texts is found once', () => {
  const text = notebook([{ code: 'x = 1' }, { markdown: '# Title' }, { code: 'y = 1' }]);
  expect(look('n.ipynb', Buffer.from(text)).found).toHaveLength(1);
  expect(look('README.md', Buffer.from('# Title\n')).found).toEqual(['store README.md:1']);
});

test('an empty file is not, nor are an archive and what is in it', () => {
  expect(look('a.p12', Buffer.alloc(0)).found).toEqual([]);
  expect(look('a.zip', zip([{ name: 'a.py', content: 'x = 1\n' }])).found).toEqual([]);
});
