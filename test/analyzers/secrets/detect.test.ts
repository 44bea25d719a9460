/** Windows save work and change nothing: the shipped rules find the same as if they read every text whole. */
import { expect, test } from 'vitest';
import { expandTemplate, parseSamples } from '#analyzers/secrets/samples.ts';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import { createShippedAnalyzer, FINGERPRINT_KEY, find, listRuleFiles } from './support.ts';

const files = listRuleFiles();
const inWindows = await createShippedAnalyzer();
/** Without keywords a rule reads the whole text. */
const whole = await createSecretsAnalyzer(
  files.map(({ rules }) => ({ ...rules, text: rules.text.replace(/^keywords = .*$/gm, '') })),
  { fingerprintKey: FINGERPRINT_KEY },
);
const templates = files.flatMap(({ samples }) => parseSamples(samples).samples.map((sample) => sample.template));

test.each([
  ['lines', '# a comment about nothing in particular\n'.repeat(120)],
  ['one long line', 'nothing in particular, '.repeat(260)],
  ['nothing', '\n'],
])('samples among %s', (_, filler) => {
  for (let first = 0; first < templates.length; first += 12) {
    const batch = templates.slice(first, first + 12);
    const text = batch.map((template, index) => expandTemplate(template, first + index)).join(`\n${filler}`);
    const summary = (matches: ReturnType<typeof find>) => matches.map(({ ruleId, start, end }) => [ruleId, start, end]);
    expect(summary(find(inWindows, text))).toEqual(summary(find(whole, text)));
  }
});
