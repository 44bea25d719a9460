import { describe, expect, it } from 'vitest';
import type { JudgedFinding } from '#domain/verdict.ts';
import { concludedOutput, draftOutput, outcomeOutput, startedOutput } from '#publish/check-run.ts';
import { finding, skipped, suppression } from '#test/policy/judged.ts';
import { emptyVerdict, LINKS, manyFindings, richVerdict } from '#test/publish/verdicts.ts';

const LIMIT = 65_535;
const context = { ...LINKS, failOn: 'high' };

describe('the title says it all in one line', () => {
  const some = [finding()];
  const gap = { analysed: 1, changed: 3, skipped: [skipped('a.bin', 'too-large'), skipped('b.py', 'crashed')] };
  it.each([
    ['nothing found', {}, 'No new findings'],
    ['one that blocks', { blocking: some }, '1 new finding blocks this merge'],
    ['several that block', { blocking: manyFindings(1_234, 3) }, '1,234 new findings block this merge'],
    ['one that does not', { advisory: some }, '1 new finding, nothing that blocks'],
    ['gaps', { coverage: gap, incomplete: true }, 'No new findings · 2 files not analysed in full'],
    [
      'gaps and a finding',
      { coverage: gap, incomplete: true, blocking: some },
      '1 new finding blocks this merge · 2 files not analysed in full',
    ],
    ['a broken policy', { incomplete: true }, 'No new findings · the policy file cannot be used'],
    ['no change', { coverage: { analysed: 0, changed: 0, skipped: [] } }, 'Nothing to review'],
  ])('%s', (_name, change, title) => {
    expect(concludedOutput(emptyVerdict(change), context).title).toBe(title);
  });
});

describe('the summary', () => {
  it('is a review that a person likes to read', async () => {
    const { conclusion, title, summary } = concludedOutput(richVerdict(), context);
    expect({ conclusion, title }).toEqual({
      conclusion: 'failure',
      title: '3 new findings block this merge · 2 files not analysed in full',
    });
    await expect(summary).toMatchFileSnapshot('fixtures/summary.md');
  });

  it('is short when there is nothing to say', () => {
    expect(concludedOutput(emptyVerdict(), context).summary).toMatchInlineSnapshot(`
      "**No new findings.**

      | New, blocking | New, not blocking | Known before | Fixed | Suppressed |
      |:-:|:-:|:-:|:-:|:-:|
      | **0** | 0 | 0 | 0 | 0 |

      ### What was read

      Analysed 3 of 3 changed files."
    `);
    const nothing = emptyVerdict({ coverage: { analysed: 0, changed: 0, skipped: [] } });
    expect(concludedOutput(nothing, context).summary).toBe('**This change touches no files.**');
  });

  it.each([
    ['neutral', 'That is neither a pass nor a failure; `incomplete: failure` in the policy would block here.'],
    ['failure', 'The policy does not let an incomplete review pass.'],
    ['success', 'The policy lets an incomplete review pass.'],
  ] as const)('says what an incomplete review comes to: %s', (conclusion, sentence) => {
    const coverage = { analysed: 1, changed: 2, skipped: [skipped('big.py', 'too-large', '30.1 MB')] };
    const { summary } = concludedOutput(emptyVerdict({ conclusion, coverage, incomplete: true }), context);
    expect(summary).toContain(
      '**No new findings.** **The review is incomplete:** 1 file could not be read, or not in full',
    );
    expect(summary).toContain(sentence);
    expect(summary).toContain('| ⚠️ Too large | 1 | `big.py` (30\\.1 MB) |');
  });

  it('counts a file once that was skipped for one reason on both sides, or by two analyzers', () => {
    const twice = ['sast', 'secrets'].map((analyzer) =>
      skipped('a.py', 'time-budget', 'stopped after 10 s', { analyzer }),
    );
    const base = skipped('a.py', 'time-budget', '', { side: 'base' });
    const only = skipped('b.py', 'too-large', '9 MB', { side: 'base' });
    const verdict = emptyVerdict({
      coverage: { analysed: 1, changed: 2, skipped: [base, ...twice, only] },
      incomplete: true,
    });
    const { title, summary } = concludedOutput(verdict, context);
    expect(title).toBe('No new findings · 1 file not analysed in full');
    expect(summary).toContain('| ⚠️ Out of time | 1 | `a.py` (stopped after 10 s) |');
    expect(summary).toContain('| Too large | 1 | `b.py` (before the change, 9 MB) |');
  });

  it('names ten files of a reason and counts the others', () => {
    const images = Array.from({ length: 25 }, (_, index) =>
      skipped(`img/${String(index).padStart(2, '0')}.png`, 'binary'),
    );
    const { summary } = concludedOutput(
      emptyVerdict({ coverage: { analysed: 0, changed: 25, skipped: images } }),
      context,
    );
    expect(summary).toContain('| Binary | 25 | `img/00.png`<br>');
    expect(summary).toContain('`img/09.png`<br>and 15 more |');
    expect(summary).not.toContain('img/10.png');
  });

  it('links rendered files to their source, so that the line is there', () => {
    const places = ['a.py', 'b.ipynb', 'README.md', 'dir with (x)/#1.py'].map((path) =>
      finding({ location: { path } }),
    );
    const { summary } = concludedOutput(emptyVerdict({ advisory: places }), context);
    const blob = `${LINKS.repoUrl}/blob/${LINKS.head}`;
    expect(summary).toContain(`(${blob}/a.py#L14)`);
    expect(summary).toContain(`(${blob}/b.ipynb?plain=1#L14)`);
    expect(summary).toContain(`(${blob}/README.md?plain=1#L14)`);
    expect(summary).toContain(`(${blob}/dir%20with%20%28x%29/%231.py#L14)`);
  });

  it('says that a line is one of an output', () => {
    const cell = { number: 2, execution: null, line: 5, output: true } as const;
    const { summary } = concludedOutput(
      emptyVerdict({ advisory: [finding({ location: { path: 'a.ipynb', cell } })] }),
      context,
    );
    expect(summary).toContain('· cell 2, output line 5 ·');
  });

  it('shows an excerpt of several lines as a block', () => {
    const { summary } = concludedOutput(
      emptyVerdict({ advisory: [finding({ excerpt: 'torch.load(\n  path,\n)' })] }),
      context,
    );
    expect(summary).toContain('#L14)\n  ```\n  torch.load(\n    path,\n  )\n  ```');
  });
});

describe('the summary within its limit', () => {
  const verdicts = {
    'many rules': emptyVerdict({ blocking: manyFindings(2_000, 700) }),
    'one rule': emptyVerdict({ blocking: manyFindings(2_000, 1) }),
    'long messages': emptyVerdict({
      blocking: manyFindings(300, 300, { message: 'é'.repeat(70_000), excerpt: '|'.repeat(5_000) }),
    }),
    'everything at once': emptyVerdict({
      blocking: manyFindings(500, 100, { message: `${'\u202E'.repeat(3_000)}` }),
      known: manyFindings(5_000, 2_000),
      fixed: manyFindings(900, 9, { state: 'fixed' }),
      addedSuppressions: Array.from({ length: 400 }, () =>
        suppression({ reason: '\u0007'.repeat(2_000), ruleIds: Array(50).fill('x'.repeat(300)) }),
      ),
      notes: Array.from({ length: 100 }, () => '`'.repeat(900)),
      coverage: {
        analysed: 1,
        changed: 9_000,
        skipped: Array.from({ length: 9_000 }, (_, index) =>
          skipped(`${'\u{E0041}'.repeat(2_000)}${index}`, index % 2 ? 'too-large' : 'crashed', '|'.repeat(500)),
        ),
      },
      incomplete: true,
    }),
  };

  it.each(Object.entries(verdicts))('%s', (_name, verdict) => {
    const { summary } = concludedOutput({ ...verdict, conclusion: 'failure' }, context);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(LIMIT);
    expect(summary).toMatch(/^\*\*[\d,]+ new findings block this merge\.\*\*/);
    expect(summary).toContain('\n| New, blocking |');
    expect(summary).toMatch(/Analysed \d+ of [\d,]+ changed files\.[\s\S]*How to accept a finding[\s\S]*<\/details>$/);
  });

  it('says what was cut, and counts it', () => {
    const { summary } = concludedOutput(verdicts['many rules'], context);
    const listed = summary.match(/^- \[/gm)!.length;
    const hidden = Number(/\*\*([\d,]+) more new findings are not listed here\*\*/.exec(summary)![1]!.replace(',', ''));
    const inGroups = [...summary.matchAll(/… and (\d+) more places? of this rule/g)].reduce(
      (sum, [, more]) => sum + Number(more),
      0,
    );
    expect(listed + inGroups + hidden).toBe(2_000);
    expect(summary).toContain(`\`npx assay review --base ${LINKS.mergeBase} --head ${LINKS.head}\` lists all of them.`);
  });

  it('names twenty places of a rule, and says how many are annotated', () => {
    const { summary } = concludedOutput(verdicts['one rule'], context);
    expect(summary.match(/^- \[/gm)).toHaveLength(20);
    expect(summary).toContain('- … and 1,980 more places of this rule');
    expect(summary).toContain('The first 500 of 2,000 new findings, the worst first, are annotated in the diff.');
  });
});

describe('text from the pull request', () => {
  const hostile = '</details>\n\n# APPROVED\n\n@octocat ![x](https://evil.example/x.png) <!-- --> `````` | \u202E #1';
  const everywhere: Partial<JudgedFinding> = { message: hostile, excerpt: hostile, ruleId: hostile };

  it('is harmless wherever it comes', () => {
    const location = { path: hostile };
    const place = { path: hostile, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
    const verdict = emptyVerdict({
      blocking: [finding({ ...everywhere, location })],
      known: [finding({ ...everywhere, location })],
      fixed: [finding({ ...everywhere, location })],
      addedSuppressions: [suppression({ ruleIds: [hostile], reason: hostile, until: hostile, location: place })],
      coverage: { analysed: 0, changed: 1, skipped: [skipped(hostile, 'too-large', hostile)] },
      notes: [hostile],
      incomplete: true,
    });
    const { summary, title } = concludedOutput(verdict, context);
    const outsideCode = summary
      .replace(/^ *(`{3,})\n[\s\S]*?\n *\1$/gm, '')
      .replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
      .replace(/\\[!-~]/g, '');
    expect(outsideCode).not.toMatch(/^# /m);
    expect(outsideCode).not.toContain('![');
    expect(outsideCode).not.toContain('<!--');
    expect(outsideCode.match(/<\/?\w+>?/g)!.toSorted()).toEqual(
      [
        '<code>',
        '</code>',
        '<details>',
        '<summary>',
        '</summary>',
        '</details>',
        '<details>',
        '<summary>',
        '</summary>',
        '</details>',
      ].toSorted(),
    );
    expect(summary).not.toMatch(/@octocat|\u202E/);
    expect(title).toBe('1 new finding blocks this merge · 1 file not analysed in full');
  });
});

describe('a check run without a verdict', () => {
  it('says that it has started', () => {
    expect(startedOutput()).toMatchInlineSnapshot(`
      {
        "summary": "Assay is reading what this change adds. The findings appear here and in the diff.",
        "title": "Reviewing…",
      }
    `);
  });

  it('says that drafts are left out', () => {
    expect(draftOutput()).toMatchObject({ conclusion: 'skipped', title: 'Drafts are not reviewed' });
  });

  it.each(['superseded', 'cancelled'] as const)('is cancelled when it is %s', (kind) => {
    expect(outcomeOutput({ kind }).conclusion).toBe('cancelled');
  });

  it.each([
    'github-unavailable',
    'github-rate-limited',
    'github-forbidden',
    'github-not-found',
    'git-too-large',
    'git-failed',
    'store-unavailable',
    'bug',
    'crashed',
  ] as const)('says what to do when it gave up: %s', (code) => {
    const open = outcomeOutput({ kind: 'gave-up', error: { code } });
    expect(open).toMatchObject({ conclusion: 'neutral', title: 'The review could not be finished' });
    expect(open.summary).toContain('**the change was not reviewed.**');
    expect(open.summary).toMatch(/\*\*What to do:\*\* \S/);
    const closed = outcomeOutput({ kind: 'gave-up', error: { code } }, true);
    expect(closed.conclusion).toBe('failure');
    expect(closed.summary).toContain('The policy does not let an incomplete review pass.');
  });
});
