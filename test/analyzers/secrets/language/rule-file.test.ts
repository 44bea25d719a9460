/** Gitleaks configurations, right and wrong: what is wrong is named by rule, key and line, and costs one rule. */
import { describe, expect, test } from 'vitest';
import { readRules } from '#analyzers/secrets/language/rule-config.ts';

function parse(text: string) {
  const { rules, problems } = readRules([{ path: 'team.toml', text }]);
  return {
    ids: rules.map((rule) => rule.info.id),
    rules,
    problems: problems.map(({ line, ruleId, kind, message }) => [line, ruleId, kind, message]),
  };
}

const GOOD = '[[rules]]\nid = "good"\nregex = "a"\n';

test('reads a rule with everything that it may say', () => {
  const { rules, problems } = parse(`
title = "Team"
minVersion = "v8.25.0"

[[rules]]
id = "acme-key"
description = "An Acme key. Revoke it."
regex = '''acme_([a-z]{8})'''
secretGroup = 1
entropy = 3.5
path = '''\\.py$'''
keywords = ["acme_"]
tags = ["severity:critical", "confidence:low", "cwe:CWE-321", "reference:https://acme.example", "prefix:acme_", "team-a"]

[[rules.allowlists]]
description = "examples"
condition = "AND"
regexTarget = "line"
regexes = ['''example''']
paths = ['''^docs/''']
stopwords = ["Sample"]
`);
  expect(problems).toEqual([]);
  expect(rules[0]!.info).toEqual({
    id: 'acme-key',
    analyzer: 'secrets',
    severity: 'critical',
    confidence: 'low',
    message: 'An Acme key. Revoke it.',
    cwe: ['CWE-321'],
    references: ['https://acme.example'],
    source: 'team.toml',
  });
  expect(rules[0]).toMatchObject({ secretGroup: 1, entropy: 3.5, keywords: ['acme_'], publicPrefixes: ['acme_'] });
  expect(rules[0]!.allowlists).toMatchObject([
    { condition: 'AND', regexTarget: 'line', stopwords: ['sample'], targetRules: [] },
  ]);
});

test('without tags a rule is high, of medium confidence, and says at least what a secret is', () => {
  expect(parse(GOOD).rules[0]!.info).toMatchObject({ severity: 'high', confidence: 'medium', cwe: ['CWE-798'] });
  expect(parse(GOOD).rules[0]!.info.message).toMatch(/credential.*revoke/i);
});

test('invalid TOML is one problem, at its line', () => {
  const { ids, problems } = parse('title = "x"\n[[rules]]\nid = \n');
  expect(ids).toEqual([]);
  expect(problems).toEqual([[3, null, 'invalid', expect.stringMatching(/^not valid TOML: /)]]);
});

test('each mistake names its rule and the line of its key; the other rules run', () => {
  const { ids, problems } = parse(`${GOOD}
[[rules]]
id = "typo"
regexp = "a"
keyword = ["a"]

[[rules]]
id = "mistyped"
regex = "a"
entropy = "3"

[[rules]]
description = "no id"
regex = "a"

[[rules]]
id = "broken"
# A comment with [[rules]] in it
description = '''
[[rules]]
regex = "not here"
'''
regex = '''(?<!a)b'''

[[rules]]
id = "groups"
regex = "(a)"
secretGroup = 2

[[rules]]
id = "nothing"
keywords = ["a"]

[[rules]]
id = "tags"
regex = "a"
tags = ["severity:terrible"]

[[rules]]
id = "good"
regex = "b"

[[rules]]
id = "last"
regex = "c"
`);
  expect(ids).toEqual(['good', 'mistyped', 'tags', 'last']);
  expect(problems.toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
    [6, 'typo', 'invalid', 'a rule needs "regex", "path" or both'],
    [7, 'typo', 'doubtful', 'unknown key "regexp"'],
    [8, 'typo', 'doubtful', 'unknown key "keyword"'],
    [15, null, 'invalid', '"id" is missing'],
    [26, 'broken', 'invalid', '"regex": invalid named capture: `(?<!a)b`'],
    [31, 'groups', 'invalid', '"secretGroup": the expression has 1 groups, not 2'],
    [34, 'nothing', 'invalid', 'a rule needs "regex", "path" or both'],
    [40, 'tags', 'doubtful', '"tags": "severity:terrible": the severity is one of critical, high, medium, low, info'],
    [43, 'good', 'doubtful', 'this rule replaces another of the same id above'],
  ]);
});

test('thousands of mistakes take a moment', () => {
  const rule = (id: number) => `[[rules]]\nid = "r${id}"\nregex = "r${id}"\nunknown = 1\n`;
  const text = Array.from({ length: 6_000 }, (_, id) => rule(id)).join('');
  const start = performance.now();
  const { problems } = parse(text);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(problems.at(-1)).toEqual([24_000, 'r5999', 'doubtful', 'unknown key "unknown"']);
});

test('mistakes in allowlists have their lines too, in both spellings', () => {
  const { ids, problems } = parse(`[[rules]]
id = "one"
regex = "a"
[[rules.allowlists]]
paths = ["a"]
[[rules.allowlists]]
regexes = [
  "ok",
  "(",
]

[[rules]]
id = "two"
regex = "a"
[rules.allowlist]
regexTarget = "file"
regexes = ["a"]

[[rules]]
id = "three"
regex = "a"
[[rules.allowlists]]
description = "says nothing"
`);
  expect(ids).toEqual([]);
  expect(problems).toEqual([
    [7, 'one', 'invalid', '"regexes": missing closing ): `(`'],
    [15, 'two', 'invalid', expect.stringMatching(/^"regexTarget": expected one of/)],
    [22, 'three', 'invalid', expect.stringMatching(/^an allowlist needs at least one of/)],
  ]);
});

test('what is not read is called unsupported, and the rest of the file counts', () => {
  const { ids, problems } = parse(`minVersion = "v8.99.0"
${GOOD}
[extend]
url = "https://acme.example/rules.toml"
`);
  expect(ids).toEqual(['good']);
  expect(problems).toEqual([
    [1, null, 'unsupported', '"minVersion": the file asks for Gitleaks v8.99.0, and its language is read as of v8.30'],
    [7, null, 'unsupported', '"url": a configuration from the network is not read'],
  ]);
});

describe('useDefault', () => {
  const ours = {
    path: 'rules/ours.toml',
    text: `[[rules]]\nid = "ours"\nregex = "a+"\ntags = ["alias:foreign", "severity:critical"]\n${GOOD}`,
  };
  const combine = (text: string) => {
    const { rules, problems } = readRules([ours, { path: '.gitleaks.toml', text }]);
    return { rules, problems: problems.map(({ line, ruleId, kind, message }) => [line, ruleId, kind, message]) };
  };

  test('without it, the global allowlists of a file are for its own rules', () => {
    const { rules } = combine(`[[allowlists]]\nstopwords = ["x"]\n[[rules]]\nid = "own"\nregex = "o"`);
    expect(rules.map(({ info, allowlists }) => [info.id, allowlists.length])).toEqual([
      ['ours', 0],
      ['good', 0],
      ['own', 1],
    ]);
  });

  test('with it, they and disabledRules are for the rules before it too, by their ids or their aliases', () => {
    const { rules, problems } = combine(
      `[extend]\nuseDefault = true\ndisabledRules = ["good", "nowhere"]\n[[allowlists]]\nstopwords = ["x"]\n[[allowlists]]\ntargetRules = ["foreign"]\nstopwords = ["y"]`,
    );
    expect(rules.map(({ info, allowlists }) => [info.id, allowlists.length])).toEqual([['ours', 2]]);
    expect(problems).toEqual([
      [3, null, 'doubtful', '"disabledRules": there is no rule "nowhere" in what this file extends'],
    ]);
  });

  test('a rule of the same id or alias changes ours', () => {
    const { rules } = combine(
      `[extend]\nuseDefault = true\n[[rules]]\nid = "foreign"\ntags = ["severity:low"]\n[[rules.allowlists]]\nstopwords = ["x"]`,
    );
    expect(rules[0]!.info).toMatchObject({ id: 'ours', severity: 'low', source: '.gitleaks.toml' });
    expect(rules[0]!.allowlists).toHaveLength(1);
  });

  test('where a repository may not loosen, its file only adds to ours', () => {
    const text = `[extend]\nuseDefault = true\ndisabledRules = ["ours"]\n[[rules]]\nid = "good"\nregex = "never"\n[[rules]]\nid = "own"\nregex = "o"`;
    const { rules, problems } = readRules([ours, { path: '.gitleaks.toml', text }], { mayLoosen: false });
    expect(rules.map(({ info }) => `${info.id} ${info.source}`).toSorted()).toEqual([
      'good rules/ours.toml',
      'ours rules/ours.toml',
      'own .gitleaks.toml',
    ]);
    expect(problems.map(({ message }) => message)).toContainEqual(expect.stringContaining('only adds to them'));
  });

  test('a change to a rule that only another default has is doubtful, and changes nothing', () => {
    const { rules, problems } = combine(
      `[extend]\nuseDefault = true\n[[rules]]\nid = "elsewhere"\n[[rules.allowlists]]\nstopwords = ["x"]`,
    );
    expect(rules).toHaveLength(2);
    expect(problems).toEqual([[4, 'elsewhere', 'doubtful', 'there is no rule "elsewhere" to change']]);
  });
});

test('a file whose rules are no list is a problem, not a crash', () => {
  for (const text of ['rules = 3', '[rules]\nid = "a"', 'rules = ["a"]', '']) {
    const { ids, problems } = parse(text);
    expect(ids).toEqual([]);
    expect(problems.length).toBe(text === '' ? 0 : 1);
  }
});

test('global allowlists are for the rules that they name, or for all', () => {
  const { rules } = parse(`${GOOD}
[[rules]]
id = "other"
regex = "b"

[[allowlists]]
targetRules = ["other"]
stopwords = ["x"]

[[allowlists]]
stopwords = ["y"]
`);
  expect(rules.map((rule) => rule.allowlists.map((list) => list.stopwords))).toEqual([[['y']], [['x'], ['y']]]);
});
