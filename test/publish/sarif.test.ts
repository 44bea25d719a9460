import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '#domain/verdict.ts';
import { renderSarif, type SarifMeta } from '#publish/sarif.ts';
import { finding, rule, skipped, suppression } from '#test/policy/judged.ts';
import { emptyVerdict, LINKS, manyFindings, richVerdict } from '#test/publish/verdicts.ts';

/** The schema is written in draft 4; all that draft 7 calls differently in it is its own name. */
const {
  id,
  $schema: _draft,
  ...schema
} = JSON.parse(readFileSync('test/publish/fixtures/sarif-schema-2.1.0.json', 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile({ $id: id, ...schema });

// biome-ignore lint/suspicious/noExplicitAny: SARIF as any consumer gets it; the schema is what types it.
type Json = any;

function sarif(verdict: Verdict, change: Partial<SarifMeta> = {}): Json {
  const log = JSON.parse(
    renderSarif(verdict, { version: '1.2.3', base: LINKS.mergeBase, head: LINKS.head, ...change }),
  );
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log;
}

const hostile = '[x](https://evil.example) {0} \u202E\u0000 \ud800 # ? % é.py';

describe('SARIF that its schema accepts', () => {
  it('for an everyday verdict', async () => {
    const log = sarif(richVerdict());
    await expect(`${JSON.stringify(log, null, 2)}\n`).toMatchFileSnapshot('fixtures/report.sarif');
  });

  it('for an empty one', () => {
    const [run] = sarif(emptyVerdict(), { base: null, head: null }).runs;
    expect(run).toMatchObject({
      tool: { driver: { name: 'Assay', semanticVersion: '1.2.3', rules: [] } },
      results: [],
    });
  });

  it('for hostile text', () => {
    const place = { path: hostile, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
    const one = finding({
      ruleId: hostile,
      message: hostile,
      excerpt: hostile,
      location: { path: hostile },
      fix: hostile,
    });
    const [run] = sarif(
      emptyVerdict({
        blocking: [one, finding({ ruleId: 'empty', message: '', location: { startLine: 1 } })],
        suppressed: [{ ...one, state: 'suppressed', suppression: suppression({ reason: hostile, location: place }) }],
        coverage: { analysed: 0, changed: 1, skipped: [skipped(hostile, 'crashed', hostile)] },
        notes: [hostile],
        rules: [
          rule(hostile, { message: '', cwe: ['nonsense', hostile], references: [hostile, 'javascript:alert(1)'] }),
        ],
      }),
    ).runs;
    const { uri } = run.results[0].locations[0].physicalLocation.artifactLocation;
    expect(uri).toBe(
      '%5Bx%5D%28https%3A//evil.example%29%20%7B0%7D%20%E2%80%AE%00%20%EF%BF%BD%20%23%20%3F%20%25%20%C3%A9.py',
    );
    expect(run.results[0].message.text).not.toContain('](');
    expect(run.tool.driver.rules[0]).not.toHaveProperty('helpUri');
  });
});

describe('results', () => {
  it('say how they compare with the base', () => {
    const added = suppression();
    const standing = suppression({ location: { ...added.location, startLine: 99 } });
    const [run] = sarif(
      emptyVerdict({
        blocking: [finding({ blocking: true })],
        advisory: [finding({ severity: 'low' })],
        suppressed: [
          finding({ state: 'suppressed', suppression: added }),
          finding({ state: 'suppressed', suppression: standing }),
        ],
        known: [finding({ state: 'known', severity: 'medium' })],
        fixed: [finding({ state: 'fixed' })],
        addedSuppressions: [added],
      }),
    ).runs;
    const rows = run.results.map(({ level, baselineState, suppressions }: Json) => [
      level,
      baselineState,
      suppressions.length,
    ]);
    expect(rows).toEqual([
      ['error', 'new', 0],
      ['note', 'new', 0],
      ['error', 'new', 1],
      ['error', 'unchanged', 1],
      ['warning', 'unchanged', 0],
      ['error', 'absent', 0],
    ]);
    expect(run.results[2].suppressions[0]).toMatchObject({
      kind: 'inSource',
      justification: 'weights come from our own bucket',
    });
  });

  it('can leave out what was fixed', () => {
    const verdict = emptyVerdict({ fixed: [finding({ state: 'fixed' })] });
    expect(sarif(verdict, { withoutFixed: true }).runs[0].results).toEqual([]);
  });

  it('carry a fingerprint that does not depend on the place', () => {
    const [first, second] = sarif(
      emptyVerdict({ advisory: [finding(), finding({ location: { startLine: 99, endLine: 99 } })] }),
    ).runs[0].results;
    expect(first.partialFingerprints).toEqual({
      primaryLocationLineHash: '5f1d0c3a9b7e4d2f8a6c:1',
      'assay/v1': '5f1d0c3a9b7e4d2f8a6c',
    });
    expect(second.partialFingerprints).toEqual(first.partialFingerprints);
  });

  it('carry a fix, except in a notebook, where it is not the text of the file', () => {
    const cell = { number: 1, execution: null, line: 1 };
    const [inFile, inCell] = sarif(
      emptyVerdict({ advisory: [finding({ fix: 'x' }), finding({ fix: 'x', location: { cell } })] }),
    ).runs[0].results;
    expect(inFile.fixes[0].artifactChanges[0].replacements[0]).toEqual({
      deletedRegion: { startLine: 14, startColumn: 9, endLine: 14, endColumn: 25 },
      insertedContent: { text: 'x' },
    });
    expect(inCell).not.toHaveProperty('fixes');
    expect(inCell.message.text).toMatch(/ \(cell 1, line 1\)$/);
  });
});

describe('rules', () => {
  it('introduce themselves to code scanning', () => {
    const [introduced, other] = sarif(
      emptyVerdict({
        advisory: [
          finding({
            ruleId: 'assay-suppression',
            severity: 'low',
            message: 'This comment allows nothing. Add a reason.',
          }),
        ],
        rules: [rule('pickle-load', { severity: 'critical', confidence: 'medium' })],
      }),
    ).runs[0].tool.driver.rules;
    expect(introduced).toEqual({
      id: 'pickle-load',
      name: 'pickle-load',
      shortDescription: { text: 'What `pickle-load` does is dangerous.' },
      fullDescription: { text: 'What `pickle-load` does is dangerous. Do something else.' },
      help: {
        text: 'What `pickle-load` does is dangerous. Do something else.\n\nhttps://docs.python.org/3/library/pickle.html',
        markdown:
          '`pickle-load`\n\nWhat `pickle-load` does is dangerous\\. Do something else\\.\n\n<https://docs.python.org/3/library/pickle.html>',
      },
      helpUri: 'https://docs.python.org/3/library/pickle.html',
      defaultConfiguration: { level: 'error' },
      properties: {
        'security-severity': '9.5',
        precision: 'medium',
        'problem.severity': 'error',
        tags: ['security', 'sast', 'external/cwe/cwe-502'],
      },
    });
    expect(other).toMatchObject({
      id: 'assay-suppression',
      shortDescription: { text: 'This comment allows nothing.' },
      defaultConfiguration: { level: 'note' },
    });
  });

  it('are found by their index from every result', () => {
    const [run] = sarif(richVerdict()).runs;
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });
});

it('what was not read is a notification, and a gap is a warning', () => {
  const [{ invocations, tool }] = sarif(richVerdict()).runs;
  const [invocation] = invocations;
  const rows = invocation.toolExecutionNotifications.map(
    ({ level, descriptor, message }: Json) => `${level} ${descriptor.id} ${message.text}`,
  );
  expect(rows[0]).toBe('warning too-large Too large: data/embeddings.json (30.1 MB, the limit is 5 MB)');
  expect(rows[1]).toBe('note binary Binary: assets/logo.png');
  expect(invocation.toolConfigurationNotifications).toHaveLength(1);
  expect(tool.driver.notifications.map((one: { id: string }) => one.id)).toContain('lfs-pointer');
});

it("keeps within GitHub's limits", () => {
  const long = { message: `${'a'.repeat(9_000)}. End.` };
  const verdict = emptyVerdict({
    blocking: manyFindings(25_010, 10, long),
    rules: [rule('rule-0', { ...long, cwe: Array.from({ length: 40 }, (_, index) => `CWE-${index + 1}`) })],
  });
  const text = renderSarif(verdict, { version: '1.2.3', base: null, head: null });
  const [run] = JSON.parse(text).runs;
  expect(run.results).toHaveLength(25_000);
  expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe('10 more results were left out.');
  expect(run.tool.driver.rules[0].properties.tags).toHaveLength(10);
  expect(run.tool.driver.rules[0].fullDescription.text.length).toBeLessThanOrEqual(1_024);
  expect(run.results[0].message.text.length).toBeLessThanOrEqual(4_000);
});
