import { describe, expect, it } from 'vitest';
import { compare } from '#baseline/compare.ts';
import type { RuleInfo } from '#domain/rule.ts';
import { EMPTY, inspectText } from './findings.ts';

function rule(id: string, cwe: string): RuleInfo {
  return {
    id,
    analyzer: 'sast',
    severity: 'high',
    confidence: 'high',
    message: 'm',
    cwe: [cwe],
    references: [],
    source: 'r.yaml',
  };
}

const RULES = [
  rule('bad_load', 'CWE-502: Deserialization of Untrusted Data'),
  rule('bad_read', 'CWE-502'),
  rule('bad_eval', 'CWE-95: Eval Injection'),
];

/** Each finding as `excerpt state`; where a comment does not count, its message. */
function judge(text: string): string[] {
  const file = { path: 'a.py', previousPath: null, base: EMPTY, head: inspectText('a.py', text) };
  const { judged } = compare([file], { refuseNew: false, rules: RULES });
  return judged.map(({ excerpt, state, analyzer, message }) =>
    analyzer === 'suppressions' ? message : `${excerpt} ${state}`,
  );
}

describe('# trusted-pickle', () => {
  it.each([
    '# trusted-pickle reason="written by our own job" until=2026-12-31',
    '# trusted-pickle: reason="written by our own job" until=2026-12-31',
    "# trusted-pickle(until=2026-12-31, reason='written by our own job')",
    '# trusted-pickle: written by our own job, until 2026-12-31',
    '# trusted-pickle (written by our own job; expires 2026-12-31)',
    '# trusted-pickle: 2026-12-31 written by our own job',
    '# trusted-pickle: written by our own job until=2026-12-31',
    '# noqa: S301  # Trusted-Pickle: written by our own job - 2026-12-31',
  ])('accepts what is read on its line: %s', (comment) => {
    const text = `bad_load(a)  ${comment}`;
    expect(judge(text)).toEqual(['bad_load(a) suppressed']);
    expect(inspectText('a.py', text).suppressions).toMatchObject([
      { marker: 'trusted-pickle', reason: 'written by our own job', until: '2026-12-31', problem: null },
    ]);
  });

  it('accepts every rule for deserialization, and no other', () => {
    const comment = '# trusted-pickle: our own cache, until 2026-12-31';
    expect(judge(`${comment}\nx = bad_load(a), bad_read(b), bad_eval(c)\nbad_load(d)`)).toEqual([
      'bad_load(a) suppressed',
      'bad_read(b) suppressed',
      'bad_eval(c) new',
      'bad_load(d) new',
    ]);
  });

  it.each([
    ['# trusted-pickle', 'it gives no reason. Add reason="why this is safe".'],
    ['# trusted-pickle (2026-12-31)', 'it gives no reason. Add reason="why this is safe".'],
    ['# trusted-pickle: until 2026-12-31', 'it gives no reason. Add reason="why this is safe".'],
    ['# trusted-pickle: our own cache', 'it has no last day. Add until=YYYY-MM-DD.'],
    ['# trusted-pickle: our own cache until=soon', '"soon" is not a day. Write until=YYYY-MM-DD.'],
    ['# trusted-pickle: our own cache, 2026-02-30', '"2026-02-30" is not a day. Write until=YYYY-MM-DD.'],
  ])('is reported and does not count: %s', (comment, why) => {
    expect(judge(`bad_load(a)  ${comment}`)).toEqual([
      'bad_load(a) new',
      `This comment does not allow unpickling, because ${why}`,
    ]);
  });

  it('does not count after its day', () => {
    expect(judge('bad_load(a)  # trusted-pickle: our own cache, until 2025-12-31').join('\n')).toContain(
      'This comment allowed unpickling until 2025-12-31.',
    );
  });

  it.each(['x = "# trusted-pickle"', '# trusted-pickles are none', '# about trusted-pickle', 'trusted_pickle = 1'])(
    'is no marker: %s',
    (text) => {
      expect(inspectText('a.py', text).suppressions).toEqual([]);
    },
  );
});
