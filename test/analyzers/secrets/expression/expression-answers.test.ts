/** Every expression means what it means in RE2: Go's recorded answers, for the expression and for a rule that has it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileExpression, type Expression } from '#analyzers/secrets/expression/expression.ts';
import { createAnalyzer, find } from '#test/analyzers/secrets/support.ts';

interface Recorded {
  readonly expression: string;
  readonly keywords?: readonly string[];
  readonly refused?: true;
  readonly texts?: readonly { readonly text: string; readonly matches: number[][]; readonly secrets: number[][] }[];
}

const recorded = parse(readFileSync(new URL('expression-answers.yaml', import.meta.url), 'utf8')) as Recorded[];

test.each(recorded.filter(({ refused }) => !refused))(
  '$expression',
  async ({ expression, keywords = [], texts = [] }) => {
    const compiled = compileExpression(expression);
    if ('error' in compiled) throw new Error(compiled.error);
    const analyzer = await createAnalyzer(rule(expression, keywords));
    expect(analyzer.problems).toEqual([]);
    for (const { text, matches, secrets } of texts) {
      const inBytes = (offsets: number[]) => offsets.map((offset) => (offset < 0 ? offset : byteLength(text, offset)));
      expect(matchesOf(compiled.expression, text).map(inBytes), JSON.stringify(text)).toEqual(matches);
      const found = find(analyzer, text).filter(({ evidence }) => evidence?.decoders.length === 0);
      expect(
        found.map(({ start, end }) => inBytes([start, end])),
        JSON.stringify(text),
      ).toEqual(secrets);
    }
  },
);

test.each(recorded.filter(({ refused }) => refused))(
  '$expression is refused, and the rule and the line are named',
  async ({ expression }) => {
    const { problems, rules } = await createAnalyzer(rule('neutral', []) + rule(expression, [], 'refused'));
    expect(problems).toMatchObject([{ line: 8, ruleId: 'refused', kind: 'invalid', path: 'team.toml' }]);
    expect(problems[0]!.message).toMatch(/^"regex": ./);
    expect(rules.map(({ id }) => id)).toEqual(['asked']);
  },
);

function rule(expression: string, keywords: readonly string[], id = 'asked'): string {
  return `[[rules]]\nid = "${id}"\nkeywords = ${JSON.stringify(keywords)}\nregex = ${JSON.stringify(expression)}\n`;
}

function matchesOf({ re, groups }: Expression, text: string): number[][] {
  const found: number[][] = [];
  const matcher = re.matcher(text);
  while (matcher.find()) {
    const pairs = Array.from({ length: groups + 1 }, (_, group) => [matcher.start(group), matcher.end(group)]);
    if (matcher.end() > matcher.start()) found.push(pairs.flat());
  }
  return found;
}

function byteLength(text: string, offset: number): number {
  return Buffer.byteLength(text.slice(0, offset));
}
