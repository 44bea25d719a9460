/** Detectors that Assay ships are compiled when a text asks for them; what is wrong with one is then said loudly, and a team's own at once. */
import { describe, expect, it } from 'vitest';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import { createPart, NO_LIMIT } from './support.ts';

const BROKEN = `[[rules]]
id = "broken"
description = "never compiled"
regex = '''key_([0-9]+'''
keywords = ["key_"]

[[rules]]
id = "sound"
regex = '''word_([0-9]+)'''
keywords = ["word_"]
`;

const analyzerOf = (shipped: boolean) =>
  createSecretsAnalyzer([{ path: 'rules/secrets/x.toml', text: BROKEN, shipped }], { fingerprintKey: 'k' });

describe('an expression that is none', () => {
  it('in a file of ours ends the analysis of the text that asks for it, and says where it stands', async () => {
    const analyzer = await analyzerOf(true);
    expect(analyzer.problems).toEqual([]);
    expect(analyzer.analyze(createPart('word_12'), NO_LIMIT).matches).toHaveLength(1);
    const asks = () => analyzer.analyze(createPart('key_12'), NO_LIMIT);
    expect(asks).toThrow('rules/secrets/x.toml:4:1: broken: missing closing )');
    expect(asks).toThrow('rules/secrets/x.toml:4:1: broken: missing closing )');
  });

  it('in any other file is a problem of the file, and its other rules run', async () => {
    const analyzer = await analyzerOf(false);
    expect(analyzer.problems).toMatchObject([{ line: 4, ruleId: 'broken', kind: 'invalid' }]);
    expect(analyzer.rules.map(({ id }) => id)).toEqual(['sound']);
  });
});
