import { describe, expect, it } from 'vitest';
import { compare } from '#baseline/compare.ts';
import { EMPTY, GOOD, inspectText } from './findings.ts';

/** Findings of a whole tree, as `line state`. Every answer is Semgrep's. */
function scan(text: string, analyzer = 'sast', path = 'a.py'): string[] {
  const head = inspectText(path, text, analyzer);
  const { judged } = compare([{ path, previousPath: null, base: EMPTY, head }], { refuseNew: false, wholeTree: true });
  return judged.map(({ location, state }) => `${location.startLine} ${state}`);
}

function review(base: string, text: string, refuseNew = false) {
  const file = { path: 'a.py', previousPath: null, base: inspectText('a.py', base), head: inspectText('a.py', text) };
  const { judged, addedSuppressions } = compare([file], { refuseNew });
  return {
    states: judged.map(({ excerpt, state }) => `${excerpt} ${state}`),
    added: addedSuppressions.map(({ marker, ruleIds, problem }) => ({ marker, ruleIds, problem })),
  };
}

describe("Semgrep's comments", () => {
  it.each([
    'bad(1)  # nosemgrep',
    'bad(1)  # nosem',
    'bad(1)  # NOSEMGREP',
    'bad(1)  # nosemgrep: bad',
    'bad(1)  # nosemgrep:bad',
    'bad(1)  # nosemgrep:  bad',
    'bad(1)  # nosemgrep: other, bad',
    'bad(1)  # nosemgrep: other,bad',
    'bad(1)  # nosemgrep: other , bad',
    'bad(1)  # nosemgrep: bad because it is ours',
    'bad(1)  # nosemgrep : bad',
    'bad(1)  # nosemgrep other words',
    'bad(1)  # see nosemgrep',
    'bad(1, " nosemgrep")',
    'bad(1)  # type: ignore # nosemgrep',
    'bad(1)  # nosemgrep: rules.python.bad',
  ])('silence what starts on their line: %s', (line) => {
    expect(scan(line)).toEqual(['1 suppressed']);
  });

  it.each([
    'bad(1)  #nosemgrep',
    'bad(1)  # nosemgrep: other',
    'bad(1)  # nosemgrep: other bad',
    'bad(1)  # nosemgrep: BAD',
    'bad(1)  # nosemgrep: bad.',
    'bad(1)  # nosemgrep: ad',
    'bad(1)  # nosem: bad-other',
    'bad(1,\n  2)  # nosemgrep',
    '# nosemgrep\n\nbad(1)',
    '# words nosemgrep\nbad(1)',
    '# nosemgrep: other\nbad(1)',
    'x = 1  # nosemgrep\nbad(1)',
    'nosemgrep = bad(1)'.replace('nosemgrep', 'ynosemgrep'),
  ])('do not silence %j', (text) => {
    expect(scan(text).map((line) => line.split(' ')[1])).toEqual(['new']);
  });

  it.each(['# nosemgrep\nbad(1)', '#nosemgrep\nbad(1)', '\t# nosem: bad\nbad(1)', '## -- nosemgrep\nbad(1)'])(
    'silence the line below: %j',
    (text) => {
      expect(scan(text)).toEqual(['2 suppressed']);
    },
  );

  it('count together, the one above and the one on the line', () => {
    expect(scan('# nosemgrep: other\nbad(1)  # nosemgrep: bad')).toEqual(['2 suppressed']);
    expect(scan('# nosemgrep: bad\nbad(1)  # nosemgrep: other')).toEqual(['2 suppressed']);
    expect(scan('# nosemgrep\n# nosemgrep\n# nosemgrep\nbad(1)\nbad(2)')).toEqual(['4 suppressed', '5 new']);
  });

  it('never silence a secret', () => {
    expect(scan('bad(1)  # nosemgrep', 'secrets')).toEqual(['1 new']);
    expect(scan('bad(1)  # nosemgrep: bad', 'secrets')).toEqual(['1 new']);
  });

  it('keep to their cell in a notebook, also where all of it is one line of the file', () => {
    const source = ['bad(1)  # nosemgrep', 'bad(2)\n# nosemgrep', 'bad(3)\n# nosemgrep\nbad(4)'];
    const cells = source.map((text) => ({ cell_type: 'code', source: text }));
    const states = scan(JSON.stringify({ cells }), 'sast', 'a.ipynb').map((line) => line.split(' ')[1]);
    expect(states).toEqual(['suppressed', 'new', 'new', 'suppressed']);
  });

  it('cost no more than their length', () => {
    expect(scan(`${'# nosemgrep\n'.repeat(20_000)}bad(1)`)).toEqual(['20001 suppressed']);
    expect(scan(`bad(1)  #${' nosemgrep: a,'.repeat(50_000)}`)).toEqual(['1 new']);
  });
});

describe("Semgrep's comments in a review", () => {
  it('count for what was there before', () => {
    const text = 'bad(1)  # nosemgrep';
    expect(review(text, `x = 1\n${text}`)).toEqual({ states: ['bad(1) suppressed'], added: [] });
  });

  it('do not count for what is new when they say neither why nor until when, and are named', () => {
    expect(review('', 'bad(1)  # nosemgrep: bad')).toEqual({
      states: ['bad(1) new'],
      added: [{ marker: 'nosemgrep', ruleIds: ['bad'], problem: 'no-reason' }],
    });
    expect(review('bad(1)  # nosemgrep', 'bad(2)  # nosemgrep').states).toEqual(['bad(2) new', 'bad(1) fixed']);
  });

  it('count for what is new when they say both, unless the policy refuses', () => {
    const text = `bad(1)  # nosemgrep: bad ${GOOD}`;
    const added = [{ marker: 'nosemgrep', ruleIds: ['bad'], problem: null }];
    expect(review('', text)).toEqual({ states: ['bad(1) suppressed'], added });
    expect(review('', text, true)).toEqual({ states: ['bad(1) new'], added });
  });

  it('need say nothing where nothing is found', () => {
    expect(review('', 'good(1)  # nosemgrep')).toEqual({ states: [], added: [] });
    expect(review('', 'bad(1)  # nosemgrep: python.lang.other').added).toEqual([]);
  });
});
