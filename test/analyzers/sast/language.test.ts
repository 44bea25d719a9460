/** The rule language, operator by operator: a rule, a piece of Python, and `# <-` on every line where a match begins. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linesFound } from './find.ts';

const FOLDER = new URL('language/', import.meta.url);
const MARK = '# <-';

describe.each(readdirSync(FOLDER).map((name) => ({ name })))('$name', ({ name }) => {
  const cases = readFileSync(new URL(name, FOLDER), 'utf8').split(/^=== /m).slice(1);

  it.each(cases.map((text) => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n') + 1)] as const))(
    '%s',
    async (_, text) => {
      const [rule, target] = text.split('\n---\n') as [string, string];
      const marked = target.split('\n').flatMap((line, i) => (line.endsWith(MARK) ? [i + 1] : []));
      expect(await linesFound(rule, target)).toEqual(marked);
    },
  );
});
