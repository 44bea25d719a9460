/** What teams have told Gitleaks to pass over: its comment on a line, and the places of `.gitleaksignore`. */
import { expect, test } from 'vitest';
import { compare } from '#baseline/compare.ts';
import { createAllowances } from '#baseline/gitleaks-allow.ts';
import { createIgnores, parseGitleaksIgnore } from '#baseline/gitleaks-ignore.ts';
import type { Finding } from '#domain/finding.ts';
import { EMPTY, inspectText } from './findings.ts';

const MARK = 'gitleaks:allow';

function review(base: string, head: string, options: { refuseNew?: boolean; ignore?: string; analyzer?: string } = {}) {
  const { refuseNew = false, ignore = '', analyzer = 'secrets' } = options;
  const inspect = (text: string) => (text === '' ? EMPTY : inspectText('a.py', text, analyzer));
  const file = { path: 'a.py', previousPath: null, base: inspect(base), head: inspect(head) };
  const ignoredBy = createIgnores(parseGitleaksIgnore(ignore).places, '.gitleaksignore', new Set(['bad', 'bad2']));
  const { judged, addedSuppressions } = compare([file], { refuseNew, ignoredBy });
  return {
    states: judged.map(({ excerpt, state }) => `${excerpt} ${state}`),
    markers: judged.flatMap(({ suppression }) => suppression?.marker ?? []),
    added: addedSuppressions.map(({ marker }) => marker),
  };
}

test('the comment accepts the secrets of its line, without a reason or a day, and is named where the change brings it', () => {
  expect(review('', `bad(1)  # ${MARK}\nbad(2)\n`)).toEqual({
    states: ['bad(1) suppressed', 'bad(2) new'],
    markers: [MARK],
    added: [MARK],
  });
});

test('a policy that refuses new suppressions refuses it for what is new only', () => {
  expect(review('', `bad(1)  # ${MARK}\n`, { refuseNew: true }).states).toEqual(['bad(1) new']);
  const text = `bad(1)  # ${MARK}\n`;
  expect(review(text, text, { refuseNew: true })).toEqual({
    states: ['bad(1) suppressed'],
    markers: [MARK],
    added: [],
  });
});

test('it is read as Gitleaks reads it: in its own case, and on the line itself', () => {
  for (const head of [`bad(1)  # ${MARK.toUpperCase()}\n`, `# ${MARK}\nbad(1)\n`, `bad(1)\n# ${MARK}\n`])
    expect(review('', head).states).toEqual(['bad(1) new']);
  expect(review('', `x${MARK}ed = bad(1)\n`).states).toEqual(['bad(1) suppressed']);
});

test('a day that it gives is its last one', () => {
  expect(review('', `bad(1)  # ${MARK} reason="ours" until=2026-01-01\n`).states).toEqual(['bad(1) new']);
  expect(review('', `bad(1)  # ${MARK} reason="ours" until=2026-12-01\n`).states).toEqual(['bad(1) suppressed']);
});

test('it says nothing of code', () => {
  expect(review('', `bad(1)  # ${MARK}\n`, { analyzer: 'sast' }).states).toEqual(['bad(1) new']);
});

test('it says nothing of a file that is found by its name', () => {
  const { findings, suppressions } = inspectText('id_rsa', `bad(1)  # ${MARK}\n`, 'secrets');
  const allowanceFor = createAllowances(suppressions);
  const [{ evidence: _, ...named }] = findings as [Finding];
  expect(allowanceFor(findings[0]!)?.marker).toBe(MARK);
  expect(allowanceFor(named)).toBeUndefined();
});

test('an entry of .gitleaksignore accepts its place', () => {
  const ignore = '# what we know\n\n  ./a.py:bad:2  \nb.py:bad:1\na.py:bad2:1\n';
  expect(review('', 'bad(1)\nbad(2)\n', { ignore })).toEqual({
    states: ['bad(1) new', 'bad(2) suppressed'],
    markers: ['.gitleaksignore'],
    added: [],
  });
});

test('an entry that names a commit accepts what was there before, and nothing new', () => {
  const ignore = '0123456789abcdef0123456789abcdef01234567:a.py:bad:1\n';
  expect(review('', 'bad(1)\n', { ignore }).states).toEqual(['bad(1) new']);
  expect(review('bad(1)\n', 'bad(1)\n', { ignore }).states).toEqual(['bad(1) suppressed']);
});

test('an entry that names a commit accepts what that commit brought, wherever the head is', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const { places } = parseGitleaksIgnore(`${commit}:a.py:bad:1\nb.py:bad:1\n`);
  const ignoredBy = createIgnores(places, '.gitleaksignore', new Set(['bad']));
  const [found] = inspectText('a.py', 'bad(1)\n', 'secrets').findings;
  const at = (path: string, id: string) => ({ ...found!, location: { ...found!.location, path, commit: id } });
  expect(ignoredBy(at('a.py', commit), false)?.marker).toBe('.gitleaksignore');
  expect(ignoredBy(at('a.py', 'f'.repeat(40)), false)).toBeUndefined();
  // Without a commit it speaks of the place in each of them.
  expect(ignoredBy(at('b.py', 'f'.repeat(40)), false)?.marker).toBe('.gitleaksignore');
});

test("an entry with a rule of Gitleaks' own default accepts any secret of its line", () => {
  expect(review('', 'bad(1)\n', { ignore: 'a.py:generic-api-key:1\n' }).states).toEqual(['bad(1) suppressed']);
});

test('an entry accepts a secret by the id of any rule that found it, and in an archive by the lines of its entry', () => {
  const { places } = parseGitleaksIgnore('a.py:bad2:1\na.zip!x/.env:bad:3\n');
  const ignoredBy = createIgnores(places, '.gitleaksignore', new Set(['bad', 'bad2']));
  const [found] = inspectText('a.py', 'bad(1)\n', 'secrets').findings;
  const evidence = { entropy: 4, decoders: [] };
  expect(ignoredBy({ ...found!, evidence }, false)).toBeUndefined();
  expect(ignoredBy({ ...found!, evidence: { ...evidence, alsoFoundBy: ['bad2'] } }, false)?.ruleIds).toEqual(['bad2']);
  const packed = (line: number) => ({
    ...found!,
    location: { ...found!.location, path: 'a.zip', entry: { path: 'x/.env', line, column: 1 } },
  });
  expect(ignoredBy(packed(3), false)?.ruleIds).toEqual(['bad']);
  expect(ignoredBy(packed(1), false)).toBeUndefined();
});

test('lines that name no place are told', () => {
  expect(parseGitleaksIgnore('nonsense\na.py:rule:x\na.py:rule:3 # why\n# fine\n').broken).toEqual([1, 2, 3]);
});
