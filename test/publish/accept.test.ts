/** How to accept a finding, in words that are true of its place. */
import { expect, it } from 'vitest';
import type { Location } from '#domain/location.ts';
import { acceptLine } from '#publish/words-accept.ts';
import { richVerdict } from './verdicts.ts';

const place = { path: 'a.zip', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
const line = (location: Partial<Location>, ruleId = 'hf') =>
  acceptLine({ ...richVerdict().advisory[0]!, ruleId, location: { ...place, ...location } });

it('a comment where one counts', () => {
  expect(line({ path: 'a.py' })).toMatch(/^To accept it, write on this line or the line above: # assay: allow\[hf\]/);
  const cell = { number: 1, execution: null, line: 1 };
  expect(line({ path: 'a.ipynb', cell })).toMatch(/^To accept it, write in its cell/);
});

it("Gitleaks' list of places in an archive, and the archive's path for the name of an entry", () => {
  expect(line({ entry: { path: 'b.tar!.env', line: 7, column: 1 } })).toBe(
    'No comment counts there. To accept it, write in .gitleaksignore on the target branch: a.zip!b.tar!.env:hf:7',
  );
  expect(line({ path: 'log.gz', entry: { path: '', line: 7, column: 1 } })).toMatch(/: log\.gz:hf:7$/);
  expect(line({ entry: { path: 'b', line: 1, column: 1, name: true } })).toBe(
    'No comment counts there. To accept it, list the archive in `ignore-paths` of `.github/assay.yml` on the target branch.',
  );
});

it('the policy for an archive over a limit and for the name of a file', () => {
  expect(line({}, 'archive-over-limit')).toMatch(/^To accept it, list the archive in `ignore-paths`/);
  expect(line({ redacted: true })).toMatch(/To accept the name, list it in `ignore-paths`/);
});

it('nothing where no file of the head is meant', () => {
  expect(line({ commit: 'a'.repeat(40) })).toBeNull();
});
