import { describe, expect, it } from 'vitest';
import { compare } from '#baseline/compare.ts';
import type { InspectedFile } from '#domain/inspection.ts';
import { EMPTY, GOOD, inspectText } from './findings.ts';

interface Sketch {
  readonly path?: string;
  readonly from?: string;
  readonly base?: string;
  readonly head?: string;
  readonly analyzer?: string;
}

function file({ path = 'a.py', from, base, head, analyzer }: Sketch): InspectedFile {
  return {
    path,
    previousPath: from ?? null,
    base: base === undefined ? EMPTY : inspectText(from ?? path, base, analyzer),
    head: head === undefined ? EMPTY : inspectText(path, head, analyzer),
  };
}

/** What a person is told of each finding: state, file and line, what it is. */
function judge(files: readonly InspectedFile[], refuseNew = false): string[] {
  return compare(files, { refuseNew }).judged.map(
    ({ state, location, excerpt }) => `${state} ${location.path}:${location.startLine} ${excerpt}`,
  );
}

const LOAD = 'def load(p):\n    return bad(p)\n';
const C = `# assay: allow[bad] ${GOOD}`;
const LATE = '# assay: allow[bad] reason="ours" until=2020-01-01';

describe('new, known and fixed', () => {
  it.each<[string, Sketch, string[]]>([
    ['lines shift', { base: LOAD, head: `import a\n\n\n${LOAD}` }, ['known a.py:5 bad(p)']],
    ['code is reformatted', { base: 'bad(a, b)', head: 'bad(\n    a,\n    b)' }, ['known a.py:1 bad(\n    a,\n    b)']],
    ['code is edited', { base: 'bad(a)', head: 'bad(b)' }, ['new a.py:1 bad(b)', 'fixed a.py:1 bad(a)']],
    [
      'the function around it is renamed',
      { base: LOAD, head: LOAD.replace('load', 'read') },
      ['new a.py:2 bad(p)', 'fixed a.py:2 bad(p)'],
    ],
    [
      'the same call is added',
      { base: 'bad(a)', head: 'bad(a)\nbad(a)' },
      ['known a.py:1 bad(a)', 'new a.py:2 bad(a)'],
    ],
    ['one of two goes', { base: 'bad(a)\nbad(a)', head: 'bad(a)' }, ['known a.py:1 bad(a)', 'fixed a.py:2 bad(a)']],
    ['code moves within the file', { base: `${LOAD}x = 1\n`, head: `x = 1\n${LOAD}` }, ['known a.py:3 bad(p)']],
    ['a file is added', { head: 'bad(a)' }, ['new a.py:1 bad(a)']],
    ['a file is removed', { base: 'bad(a)' }, ['fixed a.py:1 bad(a)']],
    ['a file is renamed', { from: 'old.py', base: 'bad(a)', head: 'x\nbad(a)' }, ['known a.py:2 bad(a)']],
    ['nothing is found', { base: 'a', head: 'b' }, []],
  ])('%s', (_, sketch, expected) => {
    expect(judge([file(sketch)])).toEqual(expected);
  });

  it('a copy is new, and its original known', () => {
    const files = [file({ path: 'a.py', base: LOAD, head: `${LOAD}# more` }), file({ path: 'b.py', head: LOAD })];
    expect(judge(files)).toEqual(['known a.py:2 bad(p)', 'new b.py:2 bad(p)']);
  });

  it('code in a definition that moves to another file is known there, and not fixed', () => {
    const files = [file({ path: 'a.py', base: LOAD, head: '' }), file({ path: 'b.py', base: '', head: LOAD })];
    expect(judge(files)).toEqual(['known b.py:2 bad(p)']);
    expect(judge(files.toReversed())).toEqual(['known b.py:2 bad(p)']);
  });

  it('code at the top of another file is too little to be taken for the same', () => {
    const files = [file({ path: 'a.py', base: 'bad(a)', head: '' }), file({ path: 'b.py', base: '', head: 'bad(a)' })];
    expect(judge(files)).toEqual(['fixed a.py:1 bad(a)', 'new b.py:1 bad(a)']);
  });

  it('a secret is the same wherever it moves', () => {
    const analyzer = 'secrets';
    const files = [
      file({ path: 'a.py', base: 'bad(a)', head: '', analyzer }),
      file({ path: 'b.py', base: '', head: 'bad(a)', analyzer }),
      file({ path: 'c.py', base: '', head: 'bad(a)', analyzer }),
    ];
    expect(judge(files)).toEqual(['known b.py:1 bad(a)', 'new c.py:1 bad(a)']);
  });

  it('a file keeps its own before another may take it', () => {
    const files = [file({ path: 'a.py', base: '', head: LOAD }), file({ path: 'b.py', base: LOAD, head: LOAD })];
    expect(judge(files)).toEqual(['new a.py:2 bad(p)', 'known b.py:2 bad(p)']);
  });

  it('nothing is fixed where the head was not read', () => {
    const gone = file({ base: 'bad(a)' });
    const skip = { path: 'a.py', side: 'head', analyzer: null, reason: 'too-large', detail: '' } as const;
    expect(judge([{ ...gone, head: { ...EMPTY, skipped: [skip] } }])).toEqual([]);
    expect(judge([{ ...gone, head: { ...EMPTY, skipped: [{ ...skip, analyzer: 'sast' }] } }])).toEqual([]);
    expect(judge([{ ...gone, head: { ...EMPTY, skipped: [{ ...skip, analyzer: 'secrets' }] } }])).toHaveLength(1);
    expect(compare([gone], { refuseNew: false, skipped: [skip] }).judged).toEqual([]);
    expect(compare([gone], { refuseNew: false, skipped: [{ ...skip, side: 'base' }] }).judged).toHaveLength(1);
  });

  it('leaves blocking to the policy', () => {
    const { judged } = compare(
      [file({ base: 'bad(b)', head: `bad(a)\nbad(b)\nbad(c)  ${C}` }), file({ base: 'bad(d)' })],
      {
        refuseNew: false,
      },
    );
    expect(judged.map(({ state, blocking }) => [state, blocking])).toEqual([
      ['new', false],
      ['known', false],
      ['suppressed', false],
      ['fixed', false],
    ]);
  });
});

describe('suppressed', () => {
  it.each([
    ['after the call', `bad(a)  ${C}`],
    ['above it', `${C}\nbad(a)`],
    ['above it and others', `${C}\n# assay: allow[other] ${GOOD}\nbad(a)`],
    ['above a call over several lines', `${C}\nbad(\n    a\n)`],
    ['after its first line', `bad(  ${C}\n    a\n)`],
    ['after a line in its middle', `bad(\n    a  ${C}\n)`],
    ['after its last line', `bad(\n    a\n)  ${C}`],
    ['on a line of its own inside', `bad(\n    ${C}\n    a\n)`],
    ['for several rules', `bad(a)  # assay: allow[other, bad] ${GOOD}`],
  ])('by a comment %s', (_, head) => {
    const { judged } = compare([file({ head })], { refuseNew: false });
    expect(judged).toMatchObject([{ ruleId: 'bad', state: 'suppressed', suppression: { reason: 'ours' } }]);
  });

  it.each([
    ['two lines above', `${C}\nx = 1\nbad(a)`],
    ['below', `bad(a)\n${C}`],
    ['on the line above, after code', `x = 1  ${C}\nbad(a)`],
    ['for another rule', `bad(a)  # assay: allow[ba] ${GOOD}`],
    ['for every rule', `bad(a)  # assay: allow[*] ${GOOD}`],
    ['in a docstring', `"""\n${C.replaceAll('"', "'")}\n"""\nbad(a)`],
  ])('not by a comment %s', (_, head) => {
    expect(judge([file({ head })])[0]).toMatch(/^new a\.py:\d bad/);
  });

  it('goes before known, and the base is not fixed by it', () => {
    expect(judge([file({ base: 'bad(a)', head: `bad(a)  ${C}` })])).toEqual(['suppressed a.py:1 bad(a)']);
  });

  it('is new or known where the comment does not count', () => {
    expect(judge([file({ head: `bad(a)  ${LATE}` })])).toEqual(['new a.py:1 bad(a)', 'new a.py:1 assay: allow[bad]']);
    expect(judge([file({ base: `bad(a)  ${LATE}`, head: `x\nbad(a)  ${LATE}` })])).toEqual([
      'known a.py:2 bad(a)',
      'known a.py:2 assay: allow[bad]',
    ]);
    expect(judge([file({ base: `bad(a)  ${LATE}`, head: 'good(a)' })])).toEqual([
      'fixed a.py:1 bad(a)',
      'fixed a.py:1 assay: allow[bad]',
    ]);
  });

  it.each([
    ['', 'does not allow bad, because it gives no reason. Add reason="why this is safe".'],
    ['reason="ours"', 'does not allow bad, because it has no last day. Add until=YYYY-MM-DD.'],
    ['reason="ours" until=soon', 'does not allow bad, because "soon" is not a day. Write until=YYYY-MM-DD.'],
    [
      'reason="ours" until=2020-01-01',
      'allowed bad until 2020-01-01. Fix the code and remove it, or decide again and give a new day.',
    ],
  ])('not by %j, and the comment is told why', (fields, why) => {
    const { judged } = compare([file({ head: `bad(a)  # assay: allow[bad] ${fields}` })], { refuseNew: false });
    expect(judged[1]).toMatchObject({
      ruleId: 'suppression-without-effect',
      analyzer: 'suppressions',
      state: 'new',
      severity: 'low',
      message: `This comment ${why}`,
      location: { startLine: 1, startColumn: 9 },
    });
  });
});

describe('suppressions that a change adds', () => {
  const added = (sketch: Sketch) =>
    compare([file(sketch)], { refuseNew: false }).addedSuppressions.map(({ location }) => location.startLine);

  it.each<[string, Sketch, number[]]>([
    ['in a new file', { head: `bad(a)  ${C}` }, [1]],
    ['beside an equal one', { base: `bad(a)  ${C}`, head: `bad(a)  ${C}\nbad(b)  ${C}` }, [2]],
    ['with another reason', { base: `bad(a)  ${C}`, head: `bad(a)  ${C.replace('ours', 'mine')}` }, [1]],
    ['with a later day', { base: `bad(a)  ${C}`, head: `bad(a)  ${C.replace('2026', '2027')}` }, [1]],
    ['without effect', { head: `bad(a)  ${LATE}` }, [1]],
    ['none, where lines shift', { base: `bad(a)  ${C}`, head: `x\n${C}\nbad(a)` }, []],
    ['none, where the file is renamed', { from: 'b.py', base: `bad(a)  ${C}`, head: `bad(a)  ${C}` }, []],
    ['none, where one is removed', { base: `bad(a)  ${C}`, head: 'bad(a)' }, []],
  ])('%s', (_, sketch, lines) => {
    expect(added(sketch)).toEqual(lines);
  });

  it('do not count where they are refused; older ones do', () => {
    const sketch = { base: `bad(a)  ${C}`, head: `bad(a)  ${C}\nbad(b)  ${C}\nbad(c)` };
    expect(judge([file(sketch)], true)).toEqual(['suppressed a.py:1 bad(a)', 'new a.py:2 bad(b)', 'new a.py:3 bad(c)']);
    expect(judge([file({ base: 'bad(a)', head: `bad(a)  ${C}` })], true)).toEqual(['known a.py:1 bad(a)']);
  });
});

describe('an old suppression that comes to cover something new', () => {
  const added = (sketch: Sketch, refuseNew: boolean) =>
    compare([file(sketch)], { refuseNew }).addedSuppressions.map(({ location }) => location.startLine);

  it.each<[string, Sketch, { allowed: string[]; refused: string[]; added: number[] }]>([
    [
      'moved above new code',
      { base: `${C}\nbad(a)`, head: `bad(a)\n${C}\nbad(evil)` },
      {
        allowed: ['known a.py:1 bad(a)', 'suppressed a.py:3 bad(evil)'],
        refused: ['known a.py:1 bad(a)', 'new a.py:3 bad(evil)'],
        added: [2],
      },
    ],
    [
      'moved behind new code',
      { base: `${C}\nbad(a)`, head: `bad(evil)  ${C}\nbad(a)` },
      {
        allowed: ['suppressed a.py:1 bad(evil)', 'known a.py:2 bad(a)'],
        refused: ['new a.py:1 bad(evil)', 'known a.py:2 bad(a)'],
        added: [1],
      },
    ],
    [
      'with new code appended to its line',
      { base: `${C}\nbad(a)`, head: `${C}\nbad(a); bad(evil)` },
      {
        allowed: ['suppressed a.py:2 bad(a)', 'suppressed a.py:2 bad(evil)'],
        refused: ['suppressed a.py:2 bad(a)', 'new a.py:2 bad(evil)'],
        added: [1],
      },
    ],
    [
      'with its code changed',
      { base: `${C}\nbad(a)`, head: `${C}\nbad(evil)` },
      {
        allowed: ['suppressed a.py:2 bad(evil)', 'fixed a.py:2 bad(a)'],
        refused: ['new a.py:2 bad(evil)', 'fixed a.py:2 bad(a)'],
        added: [1],
      },
    ],
    [
      'copied above it, with the old one left in place',
      { base: `${C}\nbad(a)`, head: `${C}\nbad(evil)\n${C}\nbad(a)` },
      {
        allowed: ['suppressed a.py:2 bad(evil)', 'suppressed a.py:4 bad(a)'],
        refused: ['new a.py:2 bad(evil)', 'suppressed a.py:4 bad(a)'],
        added: [1],
      },
    ],
    [
      'beside one that the change itself brings for known code',
      { base: 'bad(a)', head: `bad(a); bad(evil)  ${C}` },
      {
        allowed: ['suppressed a.py:1 bad(a)', 'suppressed a.py:1 bad(evil)'],
        refused: ['known a.py:1 bad(a)', 'new a.py:1 bad(evil)'],
        added: [1],
      },
    ],
    [
      'not at all, when it moves together with its code',
      { base: `${C}\nbad(a)\nx = 1\n`, head: `x = 1\n\n${C}\nbad(a)\n` },
      { allowed: ['suppressed a.py:4 bad(a)'], refused: ['suppressed a.py:4 bad(a)'], added: [] },
    ],
    [
      'not at all, when its file is renamed',
      { from: 'b.py', base: `${C}\nbad(a)`, head: `x\n${C}\nbad(a)` },
      { allowed: ['suppressed a.py:3 bad(a)'], refused: ['suppressed a.py:3 bad(a)'], added: [] },
    ],
  ])('%s', (_, sketch, expected) => {
    expect(judge([file(sketch)])).toEqual(expected.allowed);
    expect(judge([file(sketch)], true)).toEqual(expected.refused);
    expect(added(sketch, false)).toEqual(expected.added);
    expect(added(sketch, true)).toEqual(expected.added);
  });
});

describe('a comment without effect', () => {
  it.each([
    ['an id with other marks', `allow[bad, a%b] ${GOOD.replace('2026', '2020')}`, '%'],
    ['a long id', `allow[bad, ${'x'.repeat(101)}] ${GOOD.replace('2026', '2020')}`, 'xx'],
    ['a long day', `allow[bad] reason="ours" until=${'x'.repeat(40)}`, 'xx'],
  ])('is shown without %s', (_, comment, hidden) => {
    const { judged } = compare([file({ head: `x = 1  # assay: ${comment}` })], { refuseNew: false });
    expect(judged).toHaveLength(1);
    expect(judged[0]!.message).toContain('bad');
    expect(judged[0]!.message).not.toContain(hidden);
    expect(judged[0]!.excerpt).not.toContain(hidden);
  });
});

describe('notebooks', () => {
  const cells = (...sources: string[]) =>
    sources.map((source) => ({ cell_type: 'code', source: source.split(/(?<=\n)/) }));
  const SOURCES = [`${C}\nbad(a)\nbad(b)`, `bad(c)\n${C}`, `bad(d)`, `x = 1\nbad(\n  e\n)  ${C}`, `${C}\n%time bad(f)`];
  const EXPECTED = [
    'suppressed bad(a)',
    'new bad(b)',
    'new bad(c)',
    'new bad(d)',
    'suppressed bad(\n  e\n)',
    'suppressed bad(f)',
  ];

  it.each([0, 1, 4])('suppress by the lines of the cell, with an indentation of %i', (indent) => {
    const head = JSON.stringify({ cells: cells(...SOURCES) }, null, indent);
    const { judged } = compare([file({ path: 'a.ipynb', head })], { refuseNew: false });
    expect(judged.map(({ state, excerpt }) => `${state} ${excerpt}`)).toEqual(EXPECTED);
  });

  it('keep what is known when cells are run, moved, or written on one line', () => {
    const base = JSON.stringify({ cells: cells('import a', 'bad(a)', 'bad(b)') }, null, 1);
    const moved = cells('bad(b)', 'x', 'bad(a)\nbad(c)').map((cell, index) => ({ ...cell, execution_count: index }));
    const { judged } = compare([file({ path: 'a.ipynb', base, head: JSON.stringify({ cells: moved }) })], {
      refuseNew: false,
    });
    expect(judged.map(({ state, excerpt }) => `${state} ${excerpt}`)).toEqual([
      'known bad(b)',
      'known bad(a)',
      'new bad(c)',
    ]);
    expect(judged[2]?.location).toMatchObject({ startLine: 1, cell: { number: 3, execution: 2, line: 2 } });
  });

  it('are not fixed by being broken', () => {
    const base = JSON.stringify({ cells: cells('bad(a)') });
    const { judged } = compare([file({ path: 'a.ipynb', base, head: base.slice(0, -1).replace('bad', 'good') })], {
      refuseNew: false,
    });
    expect(judged).toEqual([]);
  });
});
