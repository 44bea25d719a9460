/** Rules of a team, with the parts of the Gitleaks language that decide what is no secret. */
import { describe, expect, test } from 'vitest';
import { PIECE } from '#analyzers/secrets/match-lines.ts';
import { createAnalyzer, createPart, find, NO_LIMIT } from '#test/analyzers/secrets/support.ts';

async function run(rule: string, text: string, path = 'src/train.py'): Promise<string[]> {
  const analyzer = await createAnalyzer(`[[rules]]\nid = "acme"\n${rule}`);
  expect(analyzer.problems).toEqual([]);
  return find(analyzer, text, { path }).map(({ start, end }) => text.slice(start, end));
}

const KEY = `regex = '''acme_[a-z0-9]{4}'''\nkeywords = ["acme_"]\n`;

describe('allowlists', () => {
  test('by the secret, which is the default', async () => {
    expect(await run(`${KEY}[[rules.allowlists]]\nregexes = ['''^acme_0''']`, 'acme_0aaa acme_1aaa')).toEqual([
      'acme_1aaa',
    ]);
  });
  test('by the match', async () => {
    const rule = `regex = '''(\\w+) = (acme_[a-z0-9]{4})'''\nsecretGroup = 2\n[[rules.allowlists]]\nregexTarget = "match"\nregexes = ['''^test''']`;
    expect(await run(rule, 'test_key = acme_0aaa\nkey = acme_1aaa')).toEqual(['acme_1aaa']);
  });
  test('by the line', async () => {
    const rule = `${KEY}[[rules.allowlists]]\nregexTarget = "line"\nregexes = ['''# fake$''']`;
    expect(await run(rule, 'acme_0aaa  # fake\nacme_1aaa  # real')).toEqual(['acme_1aaa']);
  });
  test('by the line, which may be all of a text', async () => {
    const rule = `${KEY}[[rules.allowlists]]\nregexTarget = "line"\nregexes = ['''# fake$''']`;
    const long = `${'acme_0aaa '.repeat(1_000)}${' '.repeat(30_000)}`;
    expect(await run(rule, `${long}# fake\n${long}`)).toHaveLength(1_000);
    const longer = `${' '.repeat(PIECE)}acme_0aaa # fake\n`;
    expect(await run(rule, `acme_1aaa${longer}`)).toEqual(['acme_1aaa']);
  });
  test('by the lines of the match, from that of its first character', async () => {
    const rule = `regex = '''(?s)first.*?(acme_[a-z0-9]{4})'''\n[[rules.allowlists]]\nregexTarget = "line"\nregexes = ['''# fake''']`;
    expect(await run(rule, 'first # fake\nacme_0aaa\nfirst\nacme_1aaa\n# fake')).toEqual(['acme_1aaa']);
  });
  test('never an empty secret by an expression', async () => {
    const rule = `regex = '''acme_(x*)[a-z0-9]{4}'''\nsecretGroup = 1\n[[rules.allowlists]]\nregexes = ['''^$''']`;
    expect(await run(rule, 'acme_0aaa')).toEqual(['acme_0aaa']);
  });
  test('by stopwords, in any case', async () => {
    expect(await run(`${KEY}[[rules.allowlists]]\nstopwords = ["AAA"]`, 'acme_0aaa acme_1bbb')).toEqual(['acme_1bbb']);
  });
  test('by the path', async () => {
    const rule = `${KEY}[rules.allowlist]\npaths = ['''^docs/''']`;
    expect(await run(rule, 'acme_0aaa', 'docs/a.md')).toEqual([]);
    expect(await run(rule, 'acme_0aaa', 'src/docs/a.md')).toEqual(['acme_0aaa']);
  });
  test('by the commit, of what stands in an earlier one', async () => {
    const commit = 'c0ffee'.padEnd(40, '0');
    const analyzer = await createAnalyzer(
      `[[rules]]\nid = "acme"\n${KEY}[[rules.allowlists]]\ncommits = ["${commit.toUpperCase()}"]`,
    );
    const found = (more: { commit?: string }) => find(analyzer, 'acme_0aaa', more).length;
    expect([found({ commit }), found({ commit: 'f'.repeat(40) }), found({})]).toEqual([0, 1, 1]);
  });
  test('AND asks for every check that the list has', async () => {
    const rule = `${KEY}[[rules.allowlists]]\ncondition = "AND"\npaths = ['''^docs/''']\nstopwords = ["aaa"]`;
    expect(await run(rule, 'acme_0aaa acme_1bbb', 'docs/a.md')).toEqual(['acme_1bbb']);
    expect(await run(rule, 'acme_0aaa acme_1bbb', 'src/a.py')).toEqual(['acme_0aaa', 'acme_1bbb']);
  });
});

describe('what a rule asks for', () => {
  test('a secret has more entropy than the threshold, not as much', async () => {
    // Two of each of four characters: exactly 2 bits.
    expect(await run(`regex = '''key=([a-d]{8})'''\nentropy = 2.0`, 'key=aabbccdd')).toEqual([]);
    expect(await run(`regex = '''key=([a-d]{8})'''\nentropy = 1.99`, 'key=aabbccdd')).toEqual(['aabbccdd']);
  });
  test('its path', async () => {
    expect(await run(`${KEY}path = '''\\.env$'''`, 'acme_0aaa', 'prod.env')).toEqual(['acme_0aaa']);
    expect(await run(`${KEY}path = '''\\.env$'''`, 'acme_0aaa', 'prod.py')).toEqual([]);
  });
  test('a keyword nearby, in any case; without keywords the whole text is read', async () => {
    expect(await run(`regex = '''[0-9]{6}'''\nkeywords = ["Pin"]`, 'PIN 123456')).toEqual(['123456']);
    expect(await run(`regex = '''[0-9]{6}'''\nkeywords = ["pin"]`, 'number 123456')).toEqual([]);
    expect(await run(`regex = '''[0-9]{6}'''`, 'number 123456')).toEqual(['123456']);
  });
  test('the group that it names, else the first that holds something, else the match', async () => {
    expect(await run(`regex = '''(a)(b)?(c)'''\nsecretGroup = 3`, 'xabc')).toEqual(['c']);
    expect(await run(`regex = '''(?:(a)|(b))c'''`, 'bc')).toEqual(['b']);
    expect(await run(`regex = '''bc'''`, 'abcd')).toEqual(['bc']);
    expect(await run(`regex = '''a(b)?'''\nsecretGroup = 1`, 'a')).toEqual(['a']);
    expect(await run(`regex = '''a(b)?'''\nsecretGroup = 1\nentropy = 0.1`, 'a')).toEqual([]);
  });
});

test('a rule by path alone finds the file, once and without text', async () => {
  const analyzer = await createAnalyzer(`[[rules]]\nid = "key-file"\npath = '''\\.p12$'''`);
  expect(find(analyzer, 'text', { path: 'certs/a.p12' })).toMatchObject([
    { ruleId: 'key-file', start: 0, end: 0, excerpt: '' },
  ]);
  const { named: _, ...another } = createPart('text', { path: 'certs/a.p12' });
  expect(analyzer.analyze(another, NO_LIMIT).matches).toEqual([]);
  expect(find(analyzer, 'text', { path: 'certs/a.txt' })).toEqual([]);
});

test('a later file replaces a rule of the same id', async () => {
  const { createSecretsAnalyzer } = await import('#analyzers/secrets/secrets.ts');
  const file = (path: string, regex: string) => ({ path, text: `[[rules]]\nid = "a"\nregex = "${regex}"` });
  const analyzer = await createSecretsAnalyzer([file('ours.toml', 'one'), file('team.toml', 'two')], {
    fingerprintKey: 'k',
  });
  expect(analyzer.rules.map((rule) => rule.source)).toEqual(['team.toml']);
  expect(find(analyzer, 'one two')).toHaveLength(1);
});

test('an anchor is the end of the text, not of a window', async () => {
  const far = 'x\n'.repeat(30_000);
  expect(await run(`regex = '''\\Akey'''\nkeywords = ["key"]`, `${far}key`)).toEqual([]);
  expect(await run(`regex = '''key\\s*\\z'''\nkeywords = ["key"]`, `key\n${far}`)).toEqual([]);
  expect(await run(`regex = '''key\\s*\\z'''\nkeywords = ["key"]`, `${far}key\n\n`)).toEqual(['key']);
  expect(await run(`regex = '''^key[a]+$'''\nkeywords = ["key"]`, `key${'a'.repeat(100_000)}`)).toHaveLength(1);
  expect(await run(`regex = '''\\bkey'''\nkeywords = ["key"]`, `${'k'.repeat(5_000)}key`)).toEqual([]);
});
