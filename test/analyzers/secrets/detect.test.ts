/** Windows save work and change nothing: where every match holds a keyword, a rule finds the same as in the whole text. */
import { expect, test } from 'vitest';
import { detect } from '#analyzers/secrets/detect.ts';
import { mustHold, programOf } from '#analyzers/secrets/program.ts';
import { readRules } from '#analyzers/secrets/rule-config.ts';
import { expandTemplate, parseSamples } from '#analyzers/secrets/samples.ts';
import { createWindows, reachOf } from '#analyzers/secrets/windows.ts';
import { listRuleFiles, NO_LIMIT } from './support.ts';

const files = listRuleFiles().map(({ vendor, rules, samples }) => ({
  vendor,
  rules: readRules([rules]).rules,
  templates: parseSamples(samples).samples.map((sample) => sample.template),
}));

test.each([
  ['lines', '# a comment about nothing in particular\n'.repeat(20)],
  ['one long line', 'nothing in particular, '.repeat(40)],
  ['nothing', '\n'],
])('samples among %s', (_, filler) => {
  for (const { vendor, rules, templates } of files) {
    const text = templates.map((template, index) => expandTemplate(template, index)).join(`\n${filler}`);
    const source = { path: 'train.py', text };
    for (const rule of rules) {
      const { expression, keywords } = rule;
      if (expression === null || !mustHold(programOf(expression.re), keywords)) continue;
      const windows = createWindows(text, reachOf(expression));
      for (const { start, end } of occurrences(text, keywords)) windows.add(start, end);
      const found = detect(rule, expression, source, windows.windows, NO_LIMIT);
      const whole = detect(rule, expression, source, [{ from: 0, to: text.length }], NO_LIMIT);
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
