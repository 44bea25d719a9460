/** A token that means something only beside its vendor's name is found in every way in which people write the two down. */
import { describe, expect, test } from 'vitest';
import { expand } from '#analyzers/secrets/samples/template.ts';
import { CONTEXTS, VENDORS } from './contexts-table.ts';
import { createShippedAnalyzer, find } from './support.ts';

const pack = await createShippedAnalyzer();
const names = Object.keys(CONTEXTS);
/** No detector's context reaches over this, so that the contexts of a vendor can be read as one text. */
const APART = `\n\n}>)]"'\n${'# ----\n'.repeat(60)}\n\n`;

describe.each(VENDORS)('$rule', ({ rule, variable, token, calls = [] }) => {
  function leftOut(write: Readonly<Record<string, string>>): string[] {
    const snippets = Object.entries(write).map(([name, template], seed) => {
      const clear = expand(token, `${name} ${seed}`).text;
      const text = template
        .replaceAll('«NAME»', variable)
        .replaceAll('«name»', variable.toLowerCase())
        .replaceAll('«TOKEN»', clear);
      return { name, clear, text };
    });
    const text = snippets.map((snippet) => snippet.text).join(APART);
    const found = find(pack, text).filter((match) => match.ruleId === rule);
    return snippets
      .filter(({ clear }) => {
        const start = text.indexOf(clear);
        return !found.some((match) => match.start <= start && match.end >= start + clear.length);
      })
      .map(({ name }) => name);
  }

  test(`is found in ${names.length} contexts`, () => {
    const missed = leftOut(CONTEXTS);
    expect(missed, missed.join('; ')).toEqual([]);
  });

  if (calls.length > 0) {
    test('is found in calls and commands of its own', () => {
      const missed = leftOut(Object.fromEntries(calls.map((call) => [call, call])));
      expect(missed, missed.join('; ')).toEqual([]);
    });
  }
});
