import { describe, expect, test } from 'vitest';
import type { InspectionPool } from '#analyzers/run.ts';
import type { ChangedFile, WholeChange } from '#domain/change-set.ts';
import type { Finding } from '#domain/finding.ts';
import type { PastChange } from '#domain/history.ts';
import type { Inspection, InspectionTask } from '#domain/inspection.ts';
import { inspectChanges, pathsOf } from '#inspection/inspect-changes.ts';
import { inspectHistory, type PullTexts } from '#inspection/inspect-history.ts';
import { findSecretPaths } from '#inspection/secret-paths.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);

/** Takes each word in capitals for a secret, and `gitleaks:allow` for what it is. */
function inspect({ path, bytes: content }: InspectionTask): Inspection {
  const lines = new TextDecoder().decode(content).split('\n');
  const found = lines.flatMap((line, index) =>
    [...line.matchAll(/\b[A-Z]{2,}\b/g)].map((match): Finding => {
      const column = match.index + 1;
      const at = {
        path,
        startLine: index + 1,
        startColumn: column,
        endLine: index + 1,
        endColumn: column + match[0].length,
      };
      return {
        ...{ ruleId: 'token', analyzer: 'secrets', severity: 'high', confidence: 'high', message: 'm', scope: '' },
        ...{ location: at, excerpt: '…', fingerprint: match[0], evidence: { entropy: 4, decoders: [] } },
      } as Finding;
    }),
  );
  const suppressions = lines.flatMap((line, index) => {
    const location = { path, startLine: index + 1, startColumn: 1, endLine: index + 1, endColumn: 1 };
    const covers = { coversFrom: index + 1, coversTo: index + 1, problem: null };
    return line.includes('gitleaks:allow')
      ? [{ ruleIds: [], marker: 'gitleaks:allow' as const, reason: '', until: '', location, ...covers }]
      : [];
  });
  return { findings: found, suppressions, skipped: [], analysed: true };
}

interface Asked {
  readonly files?: Record<string, { base?: string; head?: string }>;
  /** What each commit did, oldest first: path to before → after; null where there is no file. */
  readonly commits?: readonly Record<string, readonly [string | null, string | null]>[];
  readonly messages?: readonly string[];
  readonly pull?: PullTexts;
  readonly refuseNew?: boolean;
}

async function judge({ files = {}, commits = [], messages = [], pull, refuseNew = false }: Asked) {
  const tasks: InspectionTask[] = [];
  const pool = {
    run: async (some: readonly InspectionTask[]) => {
      tasks.push(...some);
      return some.map(inspect);
    },
  } as unknown as InspectionPool;
  const side = (text: string | undefined) => (text === undefined ? null : { oid: text, bytes: bytes(text) });
  const changed = Object.entries(files).map(
    ([path, { base, head }]): ChangedFile => ({
      ...{ path, previousPath: null, status: 'modified', hunks: [] },
      ...{ base: side(base), head: side(head) },
    }),
  );
  const ends = new Set(Object.values(files).flatMap(({ base, head }) => [base, head]));
  const changes = commits.flatMap((commit, index) =>
    Object.entries(commit).map(
      ([path, [before, after]]): PastChange => ({
        ...{ commit: `c${index + 1}`, path, oid: after, before: before === null ? [] : [before] },
      }),
    ),
  );
  const oids = new Set(changes.flatMap(({ before, oid }) => [...before, ...(oid === null ? [] : [oid])]));
  const contents = new Map([...oids.difference(ends)].map((oid) => [oid!, bytes(oid!)]));
  const history = {
    ...{ changes, contents, skipped: [] },
    messages: messages.map((text, index) => ({ commit: `c${index + 1}`, text })),
  };
  const change: WholeChange = { mergeBase: 'm', head: 'h', files: changed, skipped: [], history };
  const inspected = await inspectChanges(change, pool, NOW, {});
  const names = await findSecretPaths(pathsOf(change), pool, NOW, {});
  tasks.length = 0;
  const options = { pool, now: NOW, refuseNew };
  const { judged } = await inspectHistory(change, pull ?? null, { inspected, names }, options);
  const place = ({ path, commit, text }: Finding['location']) =>
    [text ?? path, ...(commit === undefined ? [] : [commit])].join(' ');
  const told = judged.map(({ state, fingerprint, location, locations = [] }) =>
    [state, fingerprint, ...[location, ...locations].map(place)].join(' · '),
  );
  return { told, tasks };
}

describe('a secret in the history alone', () => {
  test.each<[string, Asked, string[]]>([
    [
      'came with one commit and went with the next',
      { commits: [{ 'a.py': [null, 'x = KEY'] }, { 'a.py': ['x = KEY', null] }] },
      ['history · KEY · a.py c1'],
    ],
    [
      'stayed for a while, and is told where it came',
      {
        commits: [{ 'a.py': ['x', 'KEY'] }, { 'a.py': ['KEY', 'KEY more'] }],
        files: { 'a.py': { base: 'x', head: 'y' } },
      },
      ['history · KEY · a.py c1'],
    ],
    [
      'came at two places, the oldest first',
      { commits: [{ 'z.py': [null, 'KEY'] }, { 'a.py': [null, 'too KEY'] }] },
      ['history · KEY · z.py c1 · a.py c2'],
    ],
    [
      'was moved before it went',
      { commits: [{ 'z.py': [null, 'KEY'] }, { 'z.py': ['KEY', null], 'a.py': [null, 'too KEY'] }] },
      ['history · KEY · z.py c1'],
    ],
    ['stands in the name of a file', { commits: [{ 'KEY/a.py': [null, 'x'] }] }, ['history · KEY · KEY/a.py c1']],
  ])('%s', async (_, asked, expected) => {
    expect((await judge(asked)).told).toEqual(expected);
  });

  test.each<[string, Asked]>([
    ['is at the head', { commits: [{ 'a.py': [null, 'KEY'] }], files: { 'b.py': { head: 'the KEY' } } }],
    [
      'is accepted at the head',
      { commits: [{ 'a.py': [null, 'KEY'] }], files: { 'b.py': { head: 'KEY # gitleaks:allow' } } },
    ],
    [
      'stood at the base',
      { commits: [{ 'a.py': ['KEY', 'more KEY'] }], files: { 'a.py': { base: 'KEY', head: 'x' } } },
    ],
    ['went and came back', { commits: [{ 'a.py': ['KEY', 'x'] }, { 'a.py': ['x', 'KEY'] }] }],
    [
      'stood in a file that is as it was before',
      { commits: [{ 'a.py': ['KEY', 'other KEY'] }, { 'a.py': ['other KEY', 'KEY'] }] },
    ],
    ['is in a name that was there before', { commits: [{ 'KEY.py': ['x', 'y'] }] }],
  ])('is none when it %s', async (_, asked) => {
    expect((await judge(asked)).told).toEqual([]);
  });

  test('is accepted by a comment on its line as at the head', async () => {
    const commits = [{ 'a.py': [null, 'KEY # gitleaks:allow'] }] as const;
    expect((await judge({ commits })).told).toEqual(['suppressed · KEY · a.py c1']);
    expect((await judge({ commits, refuseNew: true })).told).toEqual(['history · KEY · a.py c1']);
  });

  test('has each content read once, by the detectors of secrets alone', async () => {
    const { tasks } = await judge({
      commits: [{ 'a.py': [null, 'KEY'], 'b.py': [null, 'KEY'] }, { 'a.py': ['KEY', 'x'] }, { 'a.py': ['x', 'KEY'] }],
    });
    expect(tasks.map(({ path, commit, analyzers }) => [path, commit, analyzers])).toEqual([
      ['a.py', 'c1', ['secrets']],
      ['a.py', 'c2', ['secrets']],
    ]);
  });
});

describe('a secret in a text of the change', () => {
  test('is new wherever it stands, and the message says of which commit', async () => {
    const pull = { title: 'KEY', description: 'and OTHER' };
    expect((await judge({ pull, messages: ['', 'x', 'with KEY'] })).told).toEqual([
      'new · KEY · title',
      'new · OTHER · description',
      'new · KEY · message c3',
    ]);
  });

  test('is known where it stood at the base', async () => {
    const files = { 'a.py': { base: 'KEY', head: 'x' } };
    expect((await judge({ files, messages: ['remove KEY'] })).told).toEqual(['known · KEY · message c1']);
  });
});
