/** Configurations of a team that are made to be slow: to read, to compile, and to run over an ordinary file or a hostile one. */
import { type HostileCase, LARGEST_READ, lines } from './case.ts';

const rule = (id: string | number, regex: string, more = '') =>
  `[[rules]]\nid = "r${id}"\nregex = '''${regex}'''\n${more}\n`;
const list = (count: number, item: (index: number) => string) => `[${lines(count, (at) => `'${item(at)}',`)}]`;
const allow = (key: string, count: number, item: (index: number) => string) =>
  rule('a', '[a-z]+', `[[rules.allowlists]]\n${key} = ${list(count, item)}`);

const WORDS = lines(20_000, (at) => `name_${at} = "value ${at}"`);
const LETTERS = 'a'.repeat(LARGEST_READ);

export function hostileTeamRules(): HostileCase[] {
  const cases: readonly (readonly [name: string, config: string, text: string])[] = [
    [
      '5,000 rules without keywords',
      Array.from({ length: 5_000 }, (_, at) => rule(at, `x${at}[a-z0-9]{20}`)).join(''),
      WORDS,
    ],
    [
      '5,000 rules with keywords',
      Array.from({ length: 5_000 }, (_, at) => rule(at, `name_${at}.{9}`, `keywords = ["name_${at}"]`)).join(''),
      WORDS,
    ],
    ['a rule of 10,000 keywords', rule(1, '[a-z]+_[0-9]+', `keywords = ${list(10_000, (at) => `name_${at}`)}`), WORDS],
    ['10,000 allowed expressions', allow('regexes', 10_000, (at) => `^no(t|pe)${at}$`), WORDS],
    [
      '10,000 allowed expressions for lines',
      allow('regexTarget = "line"\nregexes', 10_000, (at) => `no(t|pe)${at}$`),
      WORDS,
    ],
    ['10,000 stop words', allow('stopwords', 10_000, (at) => `nope${at}`), WORDS],
    ['10,000 allowed paths', allow('paths', 10_000, (at) => `nope${at}/.*$`), WORDS],
    [
      'counted repeats',
      rule(1, '(a{1000}){1000}') + rule(2, '((a{0,30}){0,30})b') + rule(3, '(?:(?:x{0,31}){0,31})$'),
      LETTERS,
    ],
    [
      'many counted repeats',
      Array.from({ length: 300 }, (_, at) => rule(at, `[a-z]{500}[0-9]{499}${at}`)).join(''),
      LETTERS,
    ],
    ['a program of 300,000 steps', rule(1, Array.from({ length: 45_000 }, (_, at) => `name${at}`).join('|')), WORDS],
    ['nested groups', rule(1, `${'('.repeat(990)}a${')*'.repeat(990)}b`), LETTERS],
    ['groups nested beyond every bound', rule(1, `${'('.repeat(200_000)}a${')'.repeat(200_000)}`), WORDS],
    ['what matches nothing', rule(1, 'a*?'), LETTERS],
    ['what matches everything', rule(1, '(?s).*') + rule(2, '(?s).+?'), LETTERS],
    ['each match to the end', rule(1, '(?s)a.*b|a'), LETTERS],
    ['each word a match with a group', rule(1, '(a)(a)?(a)?([a-z])', 'secretGroup = 4'), LETTERS],
    ['many ways to read one text', rule(1, '(a|aa|aaa|[a-z]|.)*x'), LETTERS],
    [
      'required rules that match everywhere',
      rule(1, 'a', '[[rules.required]]\nid = "r2"\nwithinColumns = 0\n[[rules.required]]\nid = "r3"\nwithinLines = 0') +
        rule(2, 'a') +
        rule(3, 'b?a'),
      LETTERS,
    ],
    [
      'entropies that are no numbers',
      rule(1, 'a', 'entropy = nan') + rule(2, 'a', 'entropy = inf') + rule(3, 'name_1 ', 'entropy = -inf'),
      WORDS,
    ],
    ['5 MB of configuration', Array.from({ length: 60_000 }, (_, at) => rule(at, `name_${at} `)).join(''), WORDS],
    ['deep arrays', `x = ${'['.repeat(200_000)}${']'.repeat(200_000)}`, WORDS],
    ['deep tables', `${'[a'}${'.a'.repeat(200_000)}]\nx=1`, WORDS],
    ['extends itself', `[extend]\npath = ".gitleaks.toml"\n${rule(1, 'name_1 ')}`, WORDS],
    ['500 mistakes', Array.from({ length: 500 }, (_, at) => rule(at, `(${at}`)).join(''), WORDS],
  ];
  return cases.map(([name, config, text]) => ({
    name: `rules: ${name}`,
    files: { '.gitleaks.toml': () => [config], 'a.py': () => [text] },
  }));
}
