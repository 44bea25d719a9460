/** Annotations: what a rule's target promises, and how a broken promise is told. */
import { describe, expect, it } from 'vitest';
import { checkAnnotations, readAnnotations } from '#analyzers/sast/rule-test.ts';

const check = (text: string, found: Record<string, number[]>, ruleIds = ['a']) =>
  checkAnnotations({
    ruleIds,
    ...readAnnotations(text),
    findings: Object.entries(found).flatMap(([ruleId, lines]) => lines.map((line) => ({ ruleId, line }))),
  });

describe('annotations', () => {
  it.each([
    ['# ruleid: a', 2],
    ['    # ruleid:a', 2],
    ['// ruleid: a', 2],
    ['<!-- ruleid: a -->', 2],
    ['(* ruleid: a *)', 2],
    ['x = 1  # ruleid: a', 2],
    ['# ok: b\nx = 1  # ruleid: a', 3],
    ['# ruleid: b, a', 2],
    ['# ruleid: a\n# ok: b', 3],
    ['    "# ruleid: a\\n",', 2],
    ['    "  # ruleid: a"', 2],
  ])('%s', (comment, line) => {
    const { annotations } = readAnnotations(`${comment}\nload(f)\n`);
    expect(annotations).toContainEqual({ kind: 'ruleid', ruleId: 'a', line });
  });

  it.each(['# this is ok: a reason', '-- ruleid: a', '/* ruleid: a */', '# RULEID: a', '# ruleid', 'ruleid: a'])(
    '%s is none',
    (line) => {
      expect(readAnnotations(`${line}\nload(f)\n`).annotations).toEqual([]);
    },
  );
});

describe('checks', () => {
  const text = '# ruleid: a\nbad()\n# ok: a\ngood()\nother()\n';

  it('passes when every promise is kept', () => {
    expect(check(text, { a: [2] })).toEqual([
      { ruleId: 'a', passed: true, positives: 1, negatives: 1, missing: [], unexpected: [] },
    ]);
  });

  it('names a line that was promised and not found', () => {
    expect(check(text, {})[0]).toMatchObject({ passed: false, missing: [2], unexpected: [] });
  });

  it('names a line that was found and not promised, annotated or not', () => {
    expect(check(text, { a: [2, 4, 5] })[0]).toMatchObject({ passed: false, missing: [], unexpected: [4, 5] });
  });

  it('counts a line once, and other rules not at all', () => {
    expect(check(text, { a: [2, 2], b: [4] })[0]).toMatchObject({ passed: true });
  });

  it('asks nothing of a line that is still to be done', () => {
    const later = '# todoruleid: a\nbad()\n# todook: a\ngood()\n';
    expect(check(later, { a: [4] })[0]).toMatchObject({ passed: true, positives: 0 });
    expect(check(later, {})[0]).toMatchObject({ passed: true });
  });

  it('holds each rule of a file to its own', () => {
    const both = '# ruleid: a\n# ok: b\nbad()\n';
    expect(check(both, { a: [3], b: [3] }, ['a', 'b']).map(({ passed }) => passed)).toEqual([true, false]);
  });
});
