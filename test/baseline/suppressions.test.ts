import { describe, expect, it } from 'vitest';
import { findSuppressions } from '#baseline/suppressions.ts';
import { unpack } from '#unpack/unpack.ts';
import { GOOD, NOW } from './findings.ts';

function suppressionsIn(path: string, text: string, now = NOW) {
  return findSuppressions(unpack(path, new TextEncoder().encode(text)).parts, path, now);
}

function only(path: string, text: string, now = NOW) {
  const found = suppressionsIn(path, text, now);
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('what a suppression says', () => {
  it.each([
    `# assay: allow[a-b] ${GOOD}`,
    `#assay:allow[a-b] ${GOOD}`,
    `#   ASSAY:  Allow [ a-b ]   until = 2026-12-31   reason = 'ours'`,
    `# assay: allow[a-b] until=2026-12-31 reason="ours"`,
    `# assay: allow[a-b] reason=" ours " until="2026-12-31"`,
    `# noqa: S301  # assay: allow[a-b] ${GOOD} see the wiki`,
  ])('%s', (comment) => {
    for (const line of [comment, `f()  ${comment}`])
      expect(only('a.py', line)).toMatchObject({
        ruleIds: ['a-b'],
        reason: 'ours',
        until: '2026-12-31',
        problem: null,
      });
  });

  it.each([
    ['a.ts', `// assay: allow[a] ${GOOD}`],
    ['a.c', `/* assay: allow[a] ${GOOD} */`],
    ['a.c', '/* assay: allow[a] reason="ours" until=2026-12-31*/'],
    ['a.html', `<!-- assay: allow[a] ${GOOD} -->`],
    ['a.html', '<!-- assay: allow[a] reason="ours" until=2026-12-31-->'],
    ['a.sql', `-- assay: allow[a] ${GOOD}`],
    ['a.ini', `; assay: allow[a] ${GOOD}`],
    ['a.tex', `% assay: allow[a] ${GOOD}`],
    ['a.yml', `key: v # assay: allow[a] ${GOOD}`],
  ])('in the comments of %s: %s', (path, text) => {
    expect(only(path, text)).toMatchObject({ ruleIds: ['a'], reason: 'ours', until: '2026-12-31', problem: null });
  });

  it('may name several rules, and keeps a reason as it is written', () => {
    const text = `# assay: allow[a, b-c,d] reason="it's [fine], until=1999-01-01 #1" until=2026-12-31`;
    expect(only('a.py', text)).toMatchObject({
      ruleIds: ['a', 'b-c', 'd'],
      reason: "it's [fine], until=1999-01-01 #1",
      until: '2026-12-31',
      problem: null,
    });
  });

  it.each([
    ['', 'no-reason'],
    ['until=2026-12-31', 'no-reason'],
    ['reason="" until=2026-12-31', 'no-reason'],
    ["reason='  ' until=2026-12-31", 'no-reason'],
    ['reason="ours"', 'no-date'],
    ['reason="ours" until=""', 'no-date'],
    ['reason="ours" until=soon', 'bad-date'],
    ['reason="ours" until=2026-02-29', 'bad-date'],
    ['reason="ours" until=2026-13-01', 'bad-date'],
    ['reason="ours" until=31.12.2026', 'bad-date'],
    ['reason="ours" until=2026-02-28', 'expired'],
    ['reason="ours" until=2026-03-01', null],
    ['reason="ours" until=2028-02-29', null],
  ])('%j has the problem %j', (fields, problem) => {
    expect(only('a.py', `f()  # assay: allow[a] ${fields}`).problem).toBe(problem);
  });

  it('counts through its last day in UTC', () => {
    const text = '# assay: allow[a] reason="ours" until=2026-03-01';
    expect(only('a.py', text, new Date('2026-03-01T23:59:59.999Z')).problem).toBe(null);
    expect(only('a.py', text, new Date('2026-03-02T00:00:00Z')).problem).toBe('expired');
  });

  it('stands at its comment', () => {
    const text = `x = 1\nf()  # assay: allow[a] ${GOOD}  \r\ny`;
    expect(only('dir/a.py', text).location).toEqual({
      path: 'dir/a.py',
      startLine: 2,
      startColumn: 6,
      endLine: 2,
      endColumn: 6 + `# assay: allow[a] ${GOOD}`.length,
    });
  });
});

describe('what is no suppression', () => {
  it.each([
    ['README.md', `# assay: allow[a] ${GOOD}`],
    ['a.py', `s = "# assay: allow[a] ${GOOD.replaceAll('"', "'")}"`],
    ['a.py', `"""Write:\n\n# assay: allow[a] ${GOOD}\n"""`],
    ['a.py', `x = '''\n f() # assay: allow[a] ${GOOD}\n'''`],
    ['a.py', `assay: allow[a] ${GOOD}`],
    ['a.py', `# see assay: allow[a] ${GOOD}`],
    ['a.py', `# assay: allow a ${GOOD}`],
    ['a.py', `# assay: allow[a\n# ] ${GOOD}`],
  ])('%s: %j', (path, text) => {
    expect(suppressionsIn(path, text)).toEqual([]);
  });

  it('is found after strings that end', () => {
    const text = `a = "it's" + r'\\\\' + '"'  # assay: allow[a] ${GOOD}`;
    expect(only('a.py', text).ruleIds).toEqual(['a']);
    expect(only('a.py', `x = "open\nf() # assay: allow[a] ${GOOD}`).coversFrom).toBe(2);
  });

  it('is not in the prose or the outputs of a notebook', () => {
    const comment = `# assay: allow[a] ${GOOD}`;
    const cells = [
      { cell_type: 'markdown', source: comment },
      { cell_type: 'code', source: 'f()', outputs: [{ output_type: 'stream', text: comment }] },
    ];
    expect(suppressionsIn('a.ipynb', JSON.stringify({ cells }))).toEqual([]);
  });
});

describe('what it covers', () => {
  const C = `# assay: allow[a] ${GOOD}`;
  const cover = (text: string, path = 'a.py') => suppressionsIn(path, text).map((s) => [s.coversFrom, s.coversTo]);

  it.each([
    ['its own line after code', `x\nf()  ${C}\ny`, [[2, 2]]],
    ['the next line', `x\n${C}\nf()\ny`, [[3, 3]]],
    ['the next line that is not blank', `${C}\n\n  \t\r\nf()`, [[4, 4]]],
    [
      'the code below several',
      `${C}\n  ${C}\n\n${C}\nf()\ny`,
      [
        [5, 5],
        [5, 5],
        [5, 5],
      ],
    ],
    ['an ordinary comment', `${C}\n# key = "x"\nf()`, [[2, 2]]],
    [
      'a line that has one of its own',
      `${C}\nf()  ${C}`,
      [
        [2, 2],
        [2, 2],
      ],
    ],
    ['itself at the end of the file', `f()\n${C}\n\n`, [[2, 2]]],
    [
      'its own line twice',
      `f()  ${C}  ${C}`,
      [
        [1, 1],
        [1, 1],
      ],
    ],
  ])('%s', (_, text, lines) => {
    expect(cover(text)).toEqual(lines);
    expect(cover(text, 'a.yaml')).toEqual(lines);
  });

  it('the next line, where Python shows that a whole line is comment', () => {
    expect(cover(`# ours  ${C}\nf()`)).toEqual([[2, 2]]);
    expect(cover(`# ours  ${C}\nf()`, 'a.yaml')).toEqual([[1, 1]]);
  });

  it('is in order of position', () => {
    const text = `f()  # assay: allow[a] ${GOOD} # assay: allow[b] ${GOOD}\n# assay: allow[c] ${GOOD}\ng()`;
    expect(suppressionsIn('a.py', text).map(({ ruleIds }) => ruleIds[0])).toEqual(['a', 'b', 'c']);
  });

  it('costs no more than its length, whatever a file repeats', () => {
    const many = `${C}\n`.repeat(20_000);
    expect(cover(`${many}f()`).at(0)).toEqual([20_001, 20_001]);
    expect(cover(`x ${'# assay: allow['.repeat(100_000)}`, 'a.txt')).toEqual([]);
    expect(cover(`x ${`# assay: allow[a] reason='`.repeat(50_000)}`, 'a.txt')).toHaveLength(50_000);
  });
});
