/** Gitleaks configurations, right and wrong: what is wrong is named by rule, key and line, and costs one rule. */
import { expect, test } from 'vitest';
import { parseRuleFile } from '#analyzers/secrets/rule-file.ts';

function parse(text: string) {
  const { rules, problems } = parseRuleFile({ path: 'team.toml', text });
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
  expect(ids).toEqual(['good', 'last']);
  expect(problems).toEqual([
    [7, 'typo', 'invalid', 'unknown key "regexp"'],
    [8, 'typo', 'invalid', 'unknown key "keyword"'],
    [13, 'mistyped', 'invalid', '"entropy": expected number, received string'],
    [15, null, 'invalid', '"id" is missing'],
    [26, 'broken', 'invalid', '"regex": invalid named capture: `(?<!a)b`'],
    [31, 'groups', 'invalid', '"secretGroup": the expression has 1 groups, not 2'],
    [34, 'nothing', 'invalid', 'a rule needs "regex", "path" or both'],
    [40, 'tags', 'invalid', '"tags": "severity:terrible": the severity is one of critical, high, medium, low, info'],
    [43, 'good', 'invalid', 'this file has another rule with the id "good"'],
  ]);
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

test('what Gitleaks knows and this engine does not is called unsupported', () => {
  const { ids, problems } = parse(`${GOOD}
[extend]
useDefault = true

[[rules]]
id = "composite"
regex = "a"
[[rules.required]]
id = "good"

[[rules]]
id = "commits"
regex = "a"
[[rules.allowlists]]
commits = ["abc"]
regexes = ["b"]
`);
  expect(ids).toEqual(['good', 'commits']);
  expect(problems).toEqual([
    [5, null, 'unsupported', '"extend": a configuration cannot extend another one'],
    [11, 'composite', 'unsupported', '"required": rules that need another rule\'s match are not supported'],
    [18, 'commits', 'unsupported', '"commits": an allowlist by commit is not supported'],
  ]);
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
