/** Archives over a limit as findings of their own: new where the change brings another gap, known where it was there. */
import { expect, it } from 'vitest';
import { compare } from '#baseline/compare.ts';
import type { Inspection } from '#domain/inspection.ts';
import type { Skipped } from '#domain/skipped.ts';
import { ARCHIVE_RULE, withArchiveFindings } from '#inspection/archive-limits.ts';

const gap = (path: string, side: Skipped['side'], detail: string): Skipped => ({
  path,
  side,
  analyzer: null,
  reason: 'archive-limit',
  detail,
});
const seen = (...skipped: Skipped[]): Inspection => ({ findings: [], suppressions: [], skipped, analysed: true });
const file = (path: string, base: Inspection, head: Inspection) => ({ path, previousPath: null, base, head });

function states(files: Parameters<typeof withArchiveFindings>[0], skipped: readonly Skipped[] = []): string[] {
  const { judged } = compare(withArchiveFindings(files, skipped), { refuseNew: false, skipped });
  return judged.map(({ ruleId, state, location, excerpt }) => `${ruleId} ${state} ${location.path} ${excerpt}`);
}

it('one that was read in part is a finding for each gap', () => {
  const head = seen(gap('a.zip', 'head', 'entry "x": larger'), { ...gap('a.zip', 'head', 'no'), reason: 'encrypted' });
  expect(states([file('a.zip', seen(), head), file('b.zip', seen(), seen())])).toEqual([
    'archive-over-limit new a.zip entry "x": larger',
  ]);
});

it('one that was never opened is a finding too', () => {
  expect(states([], [gap('big.tar.gz', 'head', '40 MiB')])).toEqual(['archive-over-limit new big.tar.gz 40 MiB']);
});

it('the same gap on both sides was there before; another one is new', () => {
  const both = (detail: string) =>
    states([file('a.zip', seen(gap('a.zip', 'base', '9')), seen(gap('a.zip', 'head', detail)))]);
  expect(both('9')).toEqual(['archive-over-limit known a.zip 9']);
  expect(both('10')).toEqual(['archive-over-limit new a.zip 10']);
  expect(states([file('a.zip', seen(gap('a.zip', 'base', '9')), seen())])).toEqual([
    'archive-over-limit fixed a.zip 9',
  ]);
});

it('says what is wrong and what to do', () => {
  expect(ARCHIVE_RULE.message).toMatch(/not read in full.*Commit its files themselves/);
});
