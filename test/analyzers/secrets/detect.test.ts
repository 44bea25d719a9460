/** Keywords save work and change nothing: where every match holds one, a rule finds the same as when it may begin anywhere. */
import { expect, test } from 'vitest';
import { detect } from '#analyzers/secrets/detect.ts';
import { programOf } from '#analyzers/secrets/expression/program.ts';
import { keywordReach } from '#analyzers/secrets/keywords/keyword-reach.ts';
import { anywhere, startsBefore } from '#analyzers/secrets/keywords/starts.ts';
import { readRules } from '#analyzers/secrets/language/rule-config.ts';
import { expandTemplate, parseSamples } from '#analyzers/secrets/samples/samples.ts';
import { listRuleFiles, NO_LIMIT } from './support.ts';

const files = listRuleFiles().map(({ vendor, rules, samples }) => ({
  vendor,
  rules: readRules([rules]).rules,
  // Some of them: each rule's states are made for each text anew.
  templates: parseSamples(samples)
    .samples.filter((_, index) => index % 6 === 0)
    .map((sample) => sample.template),
}));

test.each([
  ['lines', '# a comment about nothing in particular\n'.repeat(3)],
  ['one long line', 'nothing in particular, '.repeat(6)],
])('samples among %s', (_, filler) => {
  for (const { vendor, rules, templates } of files) {
    const text = templates.map((template, index) => expandTemplate(template, index)).join(`\n${filler}`);
    const source = { path: 'train.py', text };
    for (const rule of rules) {
      const { expression, keywords } = rule;
      const reach = expression === null ? null : keywordReach(programOf(expression.re), keywords);
      if (expression === null || reach === null) continue;
      const near = startsBefore(text, reach);
      for (const { start, end } of occurrences(text, keywords)) near.add(start, end);
      const found = detect(rule, expression, source, near.starts, NO_LIMIT);
      const whole = detect(rule, expression, source, anywhere(text).starts, NO_LIMIT);
      expect(found, `${vendor}: ${rule.info.id}`).toEqual(whole);
    }
  }
});

function occurrences(text: string, keywords: readonly string[]): { start: number; end: number }[] {
  const lowered = text.toLowerCase();
  const found: { start: number; end: number }[] = [];
  for (const keyword of keywords.map((one) => one.toLowerCase()))
    for (let at = lowered.indexOf(keyword); at >= 0; at = lowered.indexOf(keyword, at + 1))
      found.push({ start: at, end: at + keyword.length });
  return found.toSorted((a, b) => a.end - b.end);
}
