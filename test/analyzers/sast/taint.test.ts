/** Taint mode, feature by feature: a rule, a piece of Python, and `# <-` on every line where Semgrep begins a finding, with its messages where the rule has any. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze, lineAt } from './find.ts';

const FOLDER = new URL('taint/', import.meta.url);
const MARK = /# <-(?: (.*))?$/;

/** What a case without a rule of its own is asked with. */
const USUAL = `mode: taint
pattern-sources:
  - pattern: source(...)
pattern-sinks:
  - pattern: sink(...)
pattern-sanitizers:
  - pattern: clean(...)`;

describe.each(readdirSync(FOLDER).map((name) => ({ name })))('$name', ({ name }) => {
  const cases = readFileSync(new URL(name, FOLDER), 'utf8').split(/^=== /m).slice(1);

  it.each(cases.map((text) => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n') + 1)] as const))(
    '%s',
    async (_, text) => {
      const [rule, target] = text.split(/(?:^|\n)---\n/) as [string, string];
      const lines = target.split('\n');
      const marked = lines.flatMap((line, i) => {
        const mark = MARK.exec(line);
        return mark === null ? [] : [[i + 1, mark[1] ?? 'found']];
      });
      // What is marked in the file is no code of it: a mark may stand in the range that a message shows.
      const code = lines.map((line) => line.replace(MARK, '').trimEnd()).join('\n');
      const { matches } = await analyze(rule === '' ? USUAL : rule, code);
      const found = Map.groupBy(matches, ({ start }) => lineAt(code, start));
      const told = [...found].map(([line, own]) => [
        line,
        [...new Set(own.map((one) => one.message))].sort().join(' | '),
      ]);
      expect(told.sort(([a], [b]) => Number(a) - Number(b))).toEqual(marked);
    },
  );
});
