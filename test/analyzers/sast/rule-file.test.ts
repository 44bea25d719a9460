/** What is wrong with a rule file is said with its place, and the other rules of the file run. */
import { describe, expect, it } from 'vitest';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { analyze, analyzerFor, linesFound, NO_LIMIT, pythonPart, ruleText } from './find.ts';

/** `line:column kind message` of every problem. */
async function problemsOf(text: string): Promise<string[]> {
  const { problems } = await createSastAnalyzer([{ path: 'rules/team.yaml', text }]);
  return problems.map(({ line, column, kind, message }) => `${line}:${column} ${kind} ${message}`);
}

const HEAD = `rules:
  - id: first
    message: m
    severity: ERROR
    languages: [python]
`;

describe('mistakes', () => {
  it.each<[string, string, string]>([
    ['no YAML', 'rules:\n  - id: "x\n', 'Missing closing "quote'],
    ['no list of rules', 'rule:\n  - id: x\n', 'expected a list under `rules`'],
    ['no YAML, by its depth', `rules: ${'['.repeat(20_000)}`, 'invalid it is nested too deep'],
    [
      'operators without end',
      `${HEAD}    match: ${'{any: ['.repeat(150)}f()${']}'.repeat(150)}\n`,
      'nested more than 100 deep',
    ],
    ['an empty file', '', 'expected a list under `rules`'],
    ['a rule that is a text', 'rules:\n  - hello\n', '2:5 invalid expected a rule'],
    ['a missing key', 'rules:\n  - id: x\n    message: m\n    languages: [python]\n    pattern: f()\n', 'severity'],
    ['a severity that does not exist', `${HEAD.replace('ERROR', 'BAD')}    pattern: f()\n`, '4:15 invalid `severity`'],
    ['an id that cannot be suppressed', `${HEAD.replace('first', 'a b')}    pattern: f()\n`, '2:9 invalid `id`'],
    [
      'no pattern',
      HEAD,
      '2:5 invalid expected one of pattern, patterns, pattern-either, pattern-regex, match; found none',
    ],
    ['two patterns', `${HEAD}    pattern: f()\n    pattern-regex: g\n`, 'found pattern, pattern-regex'],
    ['a pattern that is not Python', `${HEAD}    pattern: f(\n`, '6:14 invalid the pattern is not valid Python'],
    [
      'a line in the middle of a pattern',
      `${HEAD}    pattern: |\n      x = f()\n      ...\n      def (\n`,
      '9:1 invalid the pattern is not valid Python',
    ],
    ['an empty pattern', `${HEAD}    pattern: ""\n`, '6:14 invalid the pattern is empty'],
    ['a pattern of comments', `${HEAD}    pattern: "# x"\n`, 'the pattern holds nothing but a comment'],
    [
      'an operator that does not exist',
      `${HEAD}    patterns:\n      - pattern: f()\n      - pattern-nto: g()\n`,
      '8:9 invalid unknown operator `pattern-nto`',
    ],
    [
      'two operators in one item',
      `${HEAD}    patterns:\n      - pattern: f()\n        pattern-not: g()\n`,
      '7:9 invalid expected one operator, found pattern, pattern-not',
    ],
    ['a list that is none', `${HEAD}    patterns: f()\n`, '6:15 invalid expected a list with at least one item'],
    ['an item that is a text', `${HEAD}    patterns:\n      - f()\n`, '7:9 invalid expected one operator'],
    [
      'only what is not looked for',
      `${HEAD}    patterns:\n      - pattern-not: f()\n`,
      'nothing here says what to look for',
    ],
    ['a regular expression', `${HEAD}    pattern-regex: "a("\n`, '6:20 invalid not a regular expression'],
    ['a regular expression in a string', `${HEAD}    pattern: f("=~/a(/")\n`, '6:14 invalid not a regular expression'],
    [
      'a metavariable that is none',
      `${HEAD}    patterns:\n      - pattern: f($X)\n      - metavariable-regex:\n          metavariable: X\n          regex: a\n`,
      '9:25 invalid `metavariable` must name one, such as $X',
    ],
    [
      'a comparison that is none',
      `${HEAD}    patterns:\n      - pattern: f($X)\n      - metavariable-comparison:\n          comparison: $X >\n`,
      '9:23 invalid the comparison is not a Python expression',
    ],
  ])('%s', async (_, text, expected) => {
    expect((await problemsOf(text)).join('\n')).toContain(expected);
  });

  it('names the rule, and lets the others run', async () => {
    const good = '  - id: second\n    message: m\n    severity: ERROR\n    languages: [python]\n    pattern: g()\n';
    const text = `${HEAD}    pattern: f(\n${good}`;
    const analyzer = await createSastAnalyzer([{ path: 'rules/team.yaml', text }]);
    expect(analyzer.problems).toEqual([
      {
        path: 'rules/team.yaml',
        line: 6,
        column: 14,
        ruleId: 'first',
        kind: 'invalid',
        message: 'the pattern is not valid Python',
      },
    ]);
    expect(analyzer.rules.map(({ id }) => id)).toEqual(['second']);
    expect(analyzer.analyze(pythonPart('g()\n'), NO_LIMIT).matches).toHaveLength(1);
  });

  it('takes the first of two rules with one id', async () => {
    const text = ruleText('pattern: f()');
    const analyzer = await createSastAnalyzer([
      { path: 'a.yaml', text },
      { path: 'b.yaml', text },
    ]);
    expect(analyzer.rules).toHaveLength(1);
    expect(analyzer.problems[0]).toMatchObject({ path: 'b.yaml', line: 2, ruleId: 'probe', kind: 'invalid' });
    expect(analyzer.problems[0]!.message).toBe('the rule probe is already defined in a.yaml');
  });
});

describe('what is valid and does not run here', () => {
  it.each<[string, string, string]>([
    [
      'another language',
      `${HEAD.replace('[python]', '[go]')}    pattern: f()\n`,
      '5:5 unsupported rules for go do not run',
    ],
    ['a step', `${HEAD}    mode: join\n    join: {}\n`, '7:5 unsupported join rules do not run here'],
    [
      'a newer Semgrep',
      `${HEAD}    min-version: 99.0.0\n    pattern: f()\n`,
      '6:18 unsupported it is for Semgrep 99.0.0',
    ],
    [
      'an older Semgrep',
      `${HEAD}    max-version: 1.0.0\n    pattern: f()\n`,
      '6:18 unsupported it is for Semgrep 1.0.0',
    ],
    [
      'an operator',
      `${HEAD}    patterns:\n      - pattern: $X()\n      - metavariable-name:\n          module: a\n          metavariable: $X\n`,
      '8:9 unsupported the operator `metavariable-name`',
    ],
    [
      'a nested language',
      `${HEAD}    patterns:\n      - pattern: f($X)\n      - metavariable-pattern:\n          metavariable: $X\n          language: go\n          pattern: x\n`,
      '10:11 unsupported patterns in the language go',
    ],
  ])('%s', async (_, text, expected) => {
    expect((await problemsOf(text)).join('\n')).toContain(expected);
  });

  it('runs a rule that has python among other languages', async () => {
    expect(await linesFound('languages: [javascript, python]\npattern: f()', 'f()\n')).toEqual([1]);
  });
});

describe('what a rule says about itself', () => {
  it.each([
    ['ERROR', 'high'],
    ['WARNING', 'medium'],
    ['INFO', 'low'],
    ['CRITICAL', 'critical'],
    ['HIGH', 'high'],
    ['MEDIUM', 'medium'],
    ['LOW', 'low'],
  ])('%s is %s', async (severity, expected) => {
    const { rules } = await analyzerFor(ruleText(`severity: ${severity}\npattern: f()`));
    expect(rules[0]!.severity).toBe(expected);
  });

  it('reads the metadata, one value or a list', async () => {
    const one = ruleText(
      'pattern: f()\nmetadata:\n  cwe: "CWE-1: x"\n  references: https://a.example\n  confidence: LOW',
    );
    const list = ruleText('pattern: f()\nmetadata:\n  cwe: [a, b]\n  confidence: HIGH\n  author: me').replace(
      'probe',
      'b',
    );
    const { rules } = await analyzerFor(one, list);
    expect(rules[0]).toMatchObject({ cwe: ['CWE-1: x'], references: ['https://a.example'], confidence: 'low' });
    expect(rules[1]).toMatchObject({ cwe: ['a', 'b'], references: [], confidence: 'high', source: 'rule-2.yaml' });
  });

  it('is of medium confidence when it says nothing', async () => {
    const { matches } = await analyze('pattern: f()', 'f()\n');
    expect(matches[0]).toMatchObject({ severity: 'high', confidence: 'medium' });
  });
});

describe('what Semgrep takes', () => {
  it.each([
    ['keys that it does not know', 'pattern: f()\nproduct: sast\nr2c-internal: 1\nmine: [a]'],
    ['options that it does not know', 'pattern: f()\noptions:\n  mine: true\n  interfile: true'],
    ['metadata of any form', 'pattern: f()\nmetadata: [a]'],
    ['its own versions', 'pattern: f()\nmin-version: 1.0.0\nmax-version: 2.0.0'],
    ['the languages in any case', 'languages: [Python]\npattern: f()'],
  ])('%s', async (_, body) => {
    expect(await linesFound(body, 'f()\n')).toEqual([1]);
  });

  it.each<[string, string, string]>([
    ['a language that is none', 'languages: [python, klingon]\npattern: f()', 'invalid `klingon` is no language'],
    ['a text language among others', 'languages: [python, generic]\npattern: f()', 'stand alone under `languages`'],
    [
      'an option of another type',
      'options:\n  symmetric_eq: 5\npattern: f()',
      '`symmetric_eq`: expected true or false',
    ],
    ['a version that is none', 'min-version: new\npattern: f()', '`min-version`: expected a version'],
    ['a fix-regex without a replacement', 'pattern: f()\nfix-regex:\n  regex: a', '`fix-regex.replacement` is missing'],
    ['a negation alone in `match`', 'match:\n  not: f()', '`not` stands in a list under `all`'],
    ['an operator that `match` does not have', 'match:\n  some: [f()]', 'unknown operator `some`'],
    [
      'a condition that `where` does not have',
      'match:\n  pattern: f($X)\n  where:\n    - of: 1',
      'expected focus, comparison',
    ],
    [
      'an analyzer that is none',
      'match:\n  pattern: f($X)\n  where:\n    - metavariable: $X\n      analyzer: x',
      'unknown analyzer',
    ],
  ])('and not %s', async (_, body, expected) => {
    expect((await problemsOf(ruleText(body))).join('\n')).toContain(expected);
  });

  it('carries the versions that the findings count under', async () => {
    const requires = 'metadata:\n  assay:\n    requires: {package: torch, version: "<2.6"}';
    const { rules } = await analyzerFor(ruleText(`pattern: f()\n${requires}`));
    expect(rules[0]!.requires).toEqual({ package: 'torch', version: '<2.6', unknown: 'report' });
  });

  it('puts a replacement of the fix-regex into the matched code', async () => {
    const fix = 'pattern: f(...)\nfix-regex:\n  regex: (\\w+), (\\w+)\n  replacement: \\2, \\g<1>\n  count: 1';
    const { matches } = await analyze(fix, 'f(a, b, c, d)\n');
    expect(matches[0]!.fix).toBe('f(b, a, c, d)');
  });
});

describe('paths', () => {
  const body = (paths: string) => `pattern: f()\npaths:\n${paths}`;

  it.each([
    ['  include: [src]', 'src/a.py', true],
    ['  include: [src]', 'lib/src/b/a.py', true],
    ['  include: [src]', 'other/a.py', false],
    ['  include: ["/src/*.py"]', 'src/a.py', true],
    ['  include: ["/src/*.py"]', 'lib/src/a.py', false],
    ['  include: ["*_test.py"]', 'deep/down/a_test.py', true],
    ['  include: ["./a.py"]', 'src/a.py', false],
    ['  include: ["{a,b}.py"]', 'a.py', false],
    ['  include: ["[ab].py"]', 'src/b.py', true],
    ['  include: ["[!a].py"]', 'a.py', false],
    ['  include: ["!a.py"]', 'b.py', false],
    ['  include: ["a.py/"]', 'a.py', false],
    ['  include: ["src/*"]', 'src/a/b.py', true],
    ['  include: ["*/b.py"]', 'b.py', false],
    ['  exclude: ["tests/"]', 'tests/a.py', false],
    ['  exclude: ["**/vendor/**"]', 'a/vendor/b.py', false],
    ['  exclude: ["**/vendor/**"]', 'a/b.py', true],
  ])('%s: %s', async (paths, path, runs) => {
    const { matches } = await analyze(body(paths), 'f()\n', path);
    expect(matches.length > 0).toBe(runs);
  });
});
