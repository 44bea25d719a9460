/** Templates and the samples made of them: the proof that stands beside a rule file. */
import { describe, expect, test } from 'vitest';
import { checkSamples, expandTemplate, parseSamples } from '#analyzers/secrets/samples/samples.ts';
import { createAnalyzer } from '#test/analyzers/secrets/support.ts';
import { SAMPLE_KINDS, sampleToken } from '#test/support/samples.ts';

describe('templates', () => {
  test('expand to text of the kind and length, the same for the same seed', () => {
    expect(expandTemplate('hf_{alnum:34}', 1)).toMatch(/^hf_[A-Za-z0-9]{34}$/);
    expect(expandTemplate('{hex:40}', 'a')).toMatch(/^[0-9a-f]{40}$/);
    expect(expandTemplate('{pem:130}', 1)).toMatch(/^[\w+/]{64}\n[\w+/]{64}\n[\w+/]{2}$/);
    expect(expandTemplate('{hex:40}', 1)).toBe(expandTemplate('{hex:40}', 1));
    expect(expandTemplate('{hex:40}', 1)).not.toBe(expandTemplate('{hex:40}', 2));
  });
  test('two placeholders of a template differ', () => {
    const [left, right] = expandTemplate('{alnum:20} {alnum:20}', 1).split(' ');
    expect(left).not.toBe(right);
  });
  test('{join} is nothing, and other braces stay', () => {
    expect(expandTemplate('AK{join}IA {"a": {b}} {C} {{ d }}', 1)).toBe('AKIA {"a": {b}} {C} {{ d }}');
  });
  test('an unknown kind is refused', () => {
    expect(() => expandTemplate('{hexx:4}', 1)).toThrow(RangeError);
  });
  test.each(SAMPLE_KINDS)('the tests have tokens of the kind %s', (kind) => {
    expect(sampleToken(kind)).toBe(sampleToken(kind));
    expect(sampleToken(kind)).not.toBe(sampleToken(kind, 2));
  });
});

const RULE = `[[rules]]\nid = "acme"\nregex = '''acme_[a-z]{8}'''\nkeywords = ["acme_"]\ntags = ["prefix:acme_"]`;

async function check(yaml: string, rule = RULE) {
  const { samples, problems } = parseSamples({ path: 'acme.samples.yaml', text: yaml });
  const results = checkSamples(await createAnalyzer(rule), samples);
  return {
    problems: problems.map(({ line, ruleId, message }) => [line, ruleId, message]),
    results: results.map(({ sample, passed, message }) => [sample.line, passed, message]),
  };
}

describe('samples', () => {
  test('pass or fail by the rule that they are for', async () => {
    const { results } = await check(`acme:
  must-match:
    - 'key = "acme_{lower:8}"'
    - 'key = "acme_{lower:7}"'
    - path: prod.env
      text: |
        KEY=acme_{lower:8}
  must-not-match:
    - 'acme_{upper:8}'
    - 'acme_{lower:9}'
`);
    expect(results).toEqual([
      [3, true, ''],
      [4, false, 'acme does not match "key = \\"acme_{lower:7}\\""'],
      [5, true, ''],
      [9, true, ''],
      [10, false, 'acme must not match "acme_{lower:9}"'],
    ]);
  });

  test('a secret that can be read from its match fails its sample', async () => {
    const { results } = await check(
      `acme:\n  must-match:\n    - 'acme_{lower:12}'\n`,
      `[[rules]]\nid = "acme"\nregex = '''acme_[a-z]{4}'''\ndescription = "acme_"\ntags = ["prefix:acme_"]`,
    );
    expect(results[0]![1]).toBe(true);
    const whole = await check(
      `acme:\n  must-match:\n    - '{lower:12} = acme_abcd'\n`,
      `[[rules]]\nid = "acme"\nregex = '''acme_[a-z]{4}'''`,
    );
    expect(whole.results[0]![2]).toMatch(/can be read from its match/);
  });

  test('a sample for a rule that is not there fails', async () => {
    const { results } = await check(`other:\n  must-match: ['acme_{lower:8}']\n`);
    expect(results).toEqual([[2, false, 'there is no rule "other"']]);
  });

  test('what is wrong in the file is named by line', async () => {
    expect((await check('acme:\n  must-match: [\n')).problems[0]!.slice(0, 2)).toEqual([3, null]);
    expect((await check('- acme\n')).problems).toHaveLength(1);
    expect((await check('')).problems).toHaveLength(1);
    const { problems } = await check(`acme:
  must-match:
    - 'acme_{lowr:8}'
    - 7
    - path: a
  should-match: []
other: 3
`);
    expect(problems).toEqual([
      [3, 'acme', expect.stringMatching(/^\{lowr:8\}: the kinds are/)],
      [4, 'acme', 'a sample is a text, or a path and a text'],
      [5, 'acme', 'a sample is a text, or a path and a text'],
      [6, 'acme', 'a rule has the lists must-match and must-not-match'],
      [7, 'other', 'a rule has the lists must-match and must-not-match'],
    ]);
  });
});
