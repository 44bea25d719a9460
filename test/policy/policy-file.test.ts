import { describe, expect, it } from 'vitest';
import { DELEGABLE, type ParsedPolicy, PolicyFile, parsePolicy } from '#policy/policy-file.ts';

const listed = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

const parse = (text: string): ParsedPolicy => parsePolicy(text, '.github/assay.yml');

function problems(text: string): string[] {
  const { policy, problems } = parse(text);
  expect(policy).toBeNull();
  return problems.map(({ line, column, key, message }) => `${line}:${column} ${key && `[${key}] `}${message}`);
}

describe('a sound policy file', () => {
  it('may say everything', () => {
    const { policy, problems } = parse(`
version: 1
fail-on: medium
ignore-paths: ["docs/**", '*.md']   # prose
rules:
  disable: [assert-used]
  severity: { pickle-load: low }
drafts: skip
incomplete: failure
suppressions: { new: refuse }
archives: { above-limit: finding }
delegate: [ignore-paths, severity]
`);
    expect(problems).toEqual([]);
    expect(policy).toEqual({
      version: 1,
      'fail-on': 'medium',
      'ignore-paths': ['docs/**', '*.md'],
      rules: { disable: ['assert-used'], severity: { 'pickle-load': 'low' } },
      drafts: 'skip',
      incomplete: 'failure',
      suppressions: { new: 'refuse' },
      archives: { 'above-limit': 'finding' },
      delegate: ['ignore-paths', 'severity'],
    });
  });

  it.each([
    ['an empty file', ''],
    ['comments only', '# later\n'],
    ['an empty document', '---\n'],
    ['null', '~'],
  ])('may say nothing: %s', (_name, text) => {
    expect(parse(text)).toMatchObject({ policy: {}, problems: [] });
  });

  it('may start with a byte order mark and have Windows line ends', () => {
    expect(parse('\uFEFFfail-on: low\r\ndrafts: skip\r\n').policy).toEqual({ 'fail-on': 'low', drafts: 'skip' });
  });
});

describe('a problem names the key, the line and the column', () => {
  it('for a value that is not allowed', () => {
    expect(problems('version: 1\nfail-on: hgih\n')).toEqual([
      '2:10 [fail-on] cannot be `hgih` (did you mean `high`? allowed: `critical`, `high`, `medium`, `low`, `info`, `never`)',
    ]);
  });

  it('for unknown keys, on every level', () => {
    expect(problems('fail_on: high\nrules:\n  disabel: [x]\nsuppressions:\n  old: allow\n')).toEqual([
      `1:1 [fail_on] is not a known key (did you mean \`fail-on\`? known: ${listed(Object.keys(PolicyFile.shape))})`,
      '3:3 [rules.disabel] is not a known key (did you mean `disable`? known: `disable`, `severity`)',
      '5:3 [suppressions.old] is not a known key (known: `new`)',
    ]);
  });

  it('for items of lists and keys of mappings', () => {
    expect(
      problems(`ignore-paths:
  - docs/**
  - "!src/**"
  - 3
  - "{a,b"
  - "[z-a]"
rules:
  severity:
    torch-load: hihg
    "two words": low
delegate: [everything]
`),
    ).toEqual([
      '3:5 [ignore-paths.1] is `!src/**`, which must not start with `!`: a pattern can only leave paths out',
      '4:5 [ignore-paths.2] must be a text, not `3`',
      '5:5 [ignore-paths.3] is `{a,b`, which opens a `{` that it does not close',
      '6:5 [ignore-paths.4] is `[z-a]`, which has the range `[z-a]` the wrong way round',
      '9:17 [rules.severity.torch-load] cannot be `hihg` (did you mean `high`? allowed: `critical`, `high`, `medium`, `low`, `info`)',
      '10:18 [rules.severity.two words] is not a rule id',
      `11:12 [delegate.0] cannot be \`everything\` (allowed: ${listed(DELEGABLE)})`,
    ]);
  });

  it.each([
    ['a key without a value', 'drafts: skip\nfail-on:\n', '2:1 [fail-on] has no value: give it one, or remove the key'],
    ['a list where a word belongs', 'drafts: [skip]', '1:9 [drafts] cannot be a list (allowed: `review`, `skip`)'],
    ['a word where a list belongs', 'ignore-paths: docs', '1:15 [ignore-paths] must be a list, not `docs`'],
    ['a word where a mapping belongs', 'rules: none', '1:8 [rules] must be a mapping of keys to values, not `none`'],
    ['a version of the future', 'version: 2', '1:10 [version] cannot be `2` (allowed: `1`)'],
    ['a list at the top', '- fail-on\n', '1:1 must be a mapping of keys to values, not a list'],
    ['a text at the top', 'hello', '1:1 must be a mapping of keys to values, not `hello`'],
    ['a key that is there twice', 'drafts: skip\ndrafts: review', '2:1 the key `drafts` is there twice'],
    ['a quote that stays open', 'fail-on: "hi', '1:13 not valid YAML: Missing closing "quote'],
    ['a tab', '\tfail-on: high', '1:1 not valid YAML: Tabs are not allowed as indentation'],
    [
      'a second document',
      'drafts: skip\n---\ndrafts: review',
      '2:1 a policy file is one YAML document, and a second one starts here',
    ],
    ['a tag', 'drafts: !shell skip', '1:9 not valid YAML: Unresolved tag: !shell'],
    ["a tag of YAML's own", 'ignore-paths: !!set {docs}', '1:15 not valid YAML: Unresolved tag: tag:yaml.org,2002:set'],
  ])('for %s', (_name, text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it('without repeating a long value', () => {
    expect(problems(`drafts: ${'é'.repeat(500)}`)[0]).toBe(
      `1:9 [drafts] cannot be \`${'é'.repeat(60)}…\` (allowed: \`review\`, \`skip\`)`,
    );
  });
});

describe('a hostile file', () => {
  it('cannot multiply itself through aliases', () => {
    const bomb = [
      'a: &a [x, x, x]',
      ...[...'bcdefgh'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]`),
    ];
    expect(problems(bomb.join('\n'))[0]).toBe('2:8 aliases such as `*a` are not allowed: write the value out');
  });

  it.each([
    ['flow lists', '['.repeat(10_000)],
    ['block lists', '- '.repeat(5_000)],
    ['keys of keys', '? '.repeat(5_000)],
    ['flow mappings', `${'{a: '.repeat(20)}b${'}'.repeat(20)}`],
  ])('cannot nest too deeply: %s', (_name, text) => {
    expect(problems(text)).toEqual([expect.stringContaining('lists or mappings are nested too deeply')]);
  });

  it.each([100, 500, 900, 1_300, 1_700])('may nest %i deep and only be wrong', (depth) => {
    expect(parse(`rules: ${'['.repeat(depth)}${']'.repeat(depth)}`).policy).toBeNull();
    expect(parse(`rules:\n  ${'- '.repeat(depth)}x`).policy).toBeNull();
  });

  it.each([
    ['a flow list', 'rules: [[[[[[[[[[x]]]]]]]]]]', '1:17 lists or mappings are nested too deeply'],
    ['a block list', `drafts: skip\n${'- '.repeat(11)}x`.slice(13), '1:21 lists or mappings are nested too deeply'],
    ['keys of keys', `${'? '.repeat(400)}a`, '1:3 a list or a mapping cannot be a key'],
    ['lists of keys of lists', 'drafts: [? [? a]]', '1:12 a list or a mapping cannot be a key'],
    ['a list as a key', 'rules:\n  ? [a]\n  : b', '2:5 a list or a mapping cannot be a key'],
    ['an alias as a key', 'drafts: &a skip\n*a : b', '2:1 aliases such as `*a` are not allowed: write the value out'],
  ])('is told where it is nested: %s', (_name, text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it.each([
    ['keys of keys', '? '.repeat(1_000)],
    ['flow keys of keys', '[? '.repeat(300)],
    ['more keys of keys', '? '.repeat(32_000)],
    ['closed flow lists', `${'['.repeat(32_000)}${']'.repeat(32_000)}`],
    ['flow lists and mappings', '[{'.repeat(32_000)],
    ['keys', Array.from({ length: 10_000 }, (_, index) => `k${index}:`).join('\n')],
    ['flow keys', `{${Array.from({ length: 10_000 }, (_, index) => `k${index}`).join()}}`],
    ['severities', `rules: { severity: {${Array.from({ length: 3_500 }, (_, index) => `k${index}`).join()}} }`],
    ['brackets that close nothing', ']'.repeat(65_000)],
    ['quotes', '"'.repeat(65_000)],
    ['wrong escapes', `"${'\\x'.repeat(32_000)}"`],
    ['documents', '---\n'.repeat(16_000)],
    ['anchors', '&a '.repeat(21_000)],
  ])('takes no time and no stack: %s', { timeout: 1_000 }, (_name, text) => {
    expect(problems(text).length).toBeGreaterThan(0);
  });

  it('is told where it becomes too long', () => {
    expect(problems(`drafts: skip\n${'a\n'.repeat(9_000)}`)).toEqual([
      '3999:1 the file is too long: this is more than a policy can say',
    ]);
  });

  it('is refused before it is parsed when it is long', () => {
    expect(problems(`# ${'x'.repeat(70_000)}`)).toEqual(['1:1 the file is longer than 64 KiB']);
  });

  it('cannot ask for more than a review can do', () => {
    const patterns = Array.from({ length: 101 }, (_, index) => `a${index}`);
    expect(problems(`ignore-paths: [${patterns.join(', ')}]`)).toEqual(['1:15 [ignore-paths] has more than 100 items']);
    expect(problems(`ignore-paths: ["${'x'.repeat(201)}"]`)[0]).toMatch(/which is longer than 200 characters$/);
  });

  it('gets at most 20 problems', () => {
    const keys = Array.from({ length: 300 }, (_, index) => `key${index}: 1`);
    expect(problems(keys.join('\n'))).toHaveLength(20);
  });

  it.each([
    ['merge keys of YAML 1.1', '%YAML 1.1\n---\n<<: 5'],
    ['a prototype', '__proto__: { fail-on: never }'],
    ['a key that is a list', '? [a]\n: b'],
    ['a null byte', '\u0000'],
    ['half a surrogate pair', '\ud800: 1'],
    ['a rule called __proto__ beside a wrong one', 'rules: { severity: { __proto__: low, x: y } }'],
  ])('is refused with a reason: %s', (_name, text) => {
    expect(problems(text).length).toBeGreaterThan(0);
  });
});
