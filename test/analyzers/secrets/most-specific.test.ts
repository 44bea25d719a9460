/** Which of several detectors speaks of a secret that they all found. */
import { expect, test } from 'vitest';
import { createAnalyzer, find } from './support.ts';

const rule = (id: string, regex: string, tags: string[] = []) =>
  `[[rules]]\nid = "${id}"\nregex = '''${regex}'''\ntags = ${JSON.stringify(tags)}\n`;

async function speaker(...rules: string[]): Promise<string[]> {
  const analyzer = await createAnalyzer(rules.join(''));
  return find(analyzer, 'acme_key = abcdefgh').map(({ ruleId }) => ruleId);
}

test.each([
  [
    'any other goes before a generic one',
    [rule('generic-key', 'acme_key = (\\w+)'), rule('acme', '(abcdefgh)')],
    'acme',
  ],
  [
    'the more certain goes before the one that asked for more',
    [rule('a', 'acme_key = (\\w+)', ['confidence:low']), rule('b', '(abcdefgh)', ['confidence:high'])],
    'b',
  ],
  ['of equals the one that asked for more', [rule('a', '(abcdefgh)'), rule('b', 'acme_key = (\\w+)')], 'b'],
  ['then the one that begins first', [rule('a', 'bcdefgh'), rule('b', 'abcdefg')], 'b'],
  ['then the alphabet', [rule('b', '(abcdefgh)'), rule('a', '(\\w{8}$)')], 'a'],
])('%s', async (_, rules, id) => {
  expect(await speaker(...rules)).toEqual([id]);
});
