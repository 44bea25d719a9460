/** Every rule for code proves itself: on its target it finds what the annotations promise, and nothing else. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_RULES, listRuleFiles } from '#analyzers/rulebook.ts';
import { checkAnnotations, readAnnotations } from '#analyzers/sast/rule-test.ts';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { unpack } from '#unpack/unpack.ts';

const TARGETS = ['.py', '.ipynb', '.test.yaml'];

const files = listRuleFiles(BUILT_IN_RULES).filter((name) => /\.ya?ml$/.test(name));

describe.each(files)('%s', (name) => {
  const path = join(BUILT_IN_RULES, name);
  const stem = path.replace(/\.ya?ml$/, '');
  const target = TARGETS.map((ending) => stem + ending).find((candidate) => existsSync(candidate));

  it('is accepted, has the name of its file, and says why and what to do', async () => {
    const analyzer = await createSastAnalyzer([{ path, text: readFileSync(path, 'utf8') }]);
    expect(analyzer.problems).toEqual([]);
    expect(analyzer.rules.map(({ id }) => `${id}`)).toEqual([stem.slice(stem.lastIndexOf('/') + 1)]);
    for (const { message, cwe, references } of analyzer.rules) {
      expect(message.length).toBeGreaterThan(100);
      expect(cwe[0]).toMatch(/^CWE-\d+: /);
      for (const reference of references) expect(reference).toMatch(/^https:\/\//);
      expect(references.length).toBeGreaterThan(0);
    }
  });

  it('finds what its target promises', async () => {
    if (target === undefined) throw new Error(`${name} has no target beside it`);
    // As it is shipped: compiled when a text holds a word of it.
    const analyzer = await createSastAnalyzer([{ path, text: readFileSync(path, 'utf8'), shipped: true }]);
    const bytes = readFileSync(target);
    const { annotations, ignored } = readAnnotations(bytes.toString('utf8'));
    const findings = unpack(target, bytes)
      .parts.filter((part) => analyzer.accepts(part))
      .flatMap((part) => {
        const { matches, syntaxError } = analyzer.analyze(part, { expired: () => false });
        expect(syntaxError).toBeUndefined();
        return matches.map(({ ruleId, start }) => ({ ruleId, line: part.locate(start).line }));
      });
    const ruleIds = analyzer.rules.map(({ id }) => id);
    for (const check of checkAnnotations({ ruleIds, annotations, findings, ignored })) {
      expect(check).toMatchObject({ missing: [], unexpected: [], passed: true });
      expect(check.positives).toBeGreaterThan(0);
      expect(check.negatives).toBeGreaterThan(0);
    }
  });
});

it('finds rules to prove', () => {
  expect(files.length).toBeGreaterThan(10);
});
