/** What the languages `generic`, `regex`, `yaml` and `json` read, and what they refuse; what they find is recorded in `oracle/`. */
import { describe, expect, it } from 'vitest';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { inspect } from '#inspection/inspect.ts';
import { analyzerFor, NO_LIMIT, ruleText } from './find.ts';
import { textPart } from './text-part.ts';

async function ranges(rule: string, text: string, part = textPart(text)): Promise<string[]> {
  const { matches } = (await analyzerFor(ruleText(rule))).analyze(part, NO_LIMIT);
  return matches.map(({ start, end }) => text.slice(start, end));
}

const GENERIC = 'languages: [generic]\npattern: key = $X';
const WORDS = 'languages: [regex]\npattern-regex: key = \\w+';

describe('which texts are read', () => {
  it.each<[string, string, string[]]>([
    ['a text of any kind', 'a: key = b', ['key = b']],
    ['a short line', `key = b ${'x'.repeat(400)}`, ['key = b']],
    ['a minified text', `key = b ${'x'.repeat(4_000)}`, []],
    ['one long line among short ones', `key = b ${'x'.repeat(1_000)}\n${'y\n'.repeat(20)}`, ['key = b']],
    ['a text with control characters', 'key = b\u0001', []],
    ['control characters far below', `key = b\n${'y\n'.repeat(3_000)}\u0001`, ['key = b']],
  ])('%s', async (_, text, expected) => {
    expect(await ranges(GENERIC, text)).toEqual(expected);
    expect(await ranges(WORDS, text)).toEqual(['key = b']);
  });

  it('prose is, output is not', async () => {
    const text = 'key = b';
    expect(await ranges(GENERIC, text, textPart(text, null, 'prose'))).toEqual([text]);
    const analyzer = await analyzerFor(ruleText(GENERIC));
    expect(analyzer.accepts(textPart(text, null, 'output'))).toBe(false);
  });

  it.each([
    ['conf.yaml', 'a: 1\n', ['yaml']],
    ['conf.YML', 'a: 1\n', ['yaml']],
    ['conf.json', '{"a": 1}\n', ['json']],
    ['conf.yaml.j2', 'a: 1\n', []],
    ['conf.jsonl', '{"a": 1}\n', []],
  ])('%s', async (path, text, expected) => {
    const analyzer = await analyzerFor(
      ruleText('id: yaml\nlanguages: [yaml]\npattern: "a: 1"'),
      ruleText(`id: json\nlanguages: [json]\npattern: '"a": 1'`),
    );
    const { findings } = inspect(taskOf(path, text), [analyzer], 5_000);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(expected);
  });

  it('a cell of a notebook, with its line in the cell', async () => {
    const source = ['x = 1\n', 'key = b\n'];
    const cells = [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source }];
    const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1);
    const analyzer = await analyzerFor(ruleText(GENERIC));
    const { findings } = inspect(taskOf('a.ipynb', text), [analyzer], 5_000);
    const line = text.split('\n').findIndex((one) => one.includes('key = b')) + 1;
    expect(findings.map(({ location }) => location)).toMatchObject([{ startLine: line, cell: { number: 1, line: 2 } }]);
  });
});

describe('what is broken', () => {
  it.each([
    ['yaml', 'a: 1\nb: [1\n'],
    ['yaml', 'a: 1\nb: "c\n'],
    ['json', '{"a": 1, "b": }'],
    ['json', '{"a": 1} {"a": 1}'],
  ] as const)('%s is said to be so, and nothing in it is found', async (language, text) => {
    const analyzer = await analyzerFor(
      ruleText('id: one\nlanguages: [yaml]\npattern: "a: $X"'),
      ruleText(`id: two\nlanguages: [json]\npattern: '"a": $X'`),
    );
    const { matches, syntaxError } = analyzer.analyze(textPart(text, language), NO_LIMIT);
    expect(matches).toEqual([]);
    expect(syntaxError).toMatch(/^syntax error at line \d+$/);
  });

  it.each([
    ['[generic]', 'pattern: " "', 'the pattern is empty'],
    ['[generic]', 'pattern: a $...X $...Y', 'two gaps in a row: it cannot be said where one ends'],
    ['[generic]', `pattern: ${'... a '.repeat(2_000)}`, 'the pattern has 4000 words and signs, more than 2000'],
    ['[yaml]', 'pattern: "a: [1"', 'the pattern is not valid YAML'],
    ['[yaml]', 'pattern: " "', 'the pattern is empty'],
    ['[yaml]', `pattern: "${'['.repeat(101)}${']'.repeat(101)}"`, 'the pattern is nested more than 100 levels deep'],
    ['[json]', 'pattern: "{"', 'the pattern is not valid JSON'],
    ['[json]', `pattern: '"a": 1, "b": 2'`, 'the pattern is not valid JSON'],
  ])('a pattern of %s: %s', async (languages, body, message) => {
    const text = ruleText(`languages: ${languages}\n${body}`);
    const { problems } = await createSastAnalyzer([{ path: 'rule.yaml', text }]);
    expect(problems.map((problem) => problem.message)).toEqual([message]);
  });
});

function taskOf(path: string, text: string) {
  return { path, side: 'head' as const, bytes: new TextEncoder().encode(text), now: 0 };
}
