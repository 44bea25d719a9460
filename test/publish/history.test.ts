import { describe, expect, it } from 'vitest';
import type { JudgedFinding } from '#domain/verdict.ts';
import { toAnnotations } from '#publish/annotations.ts';
import { concludedOutput } from '#publish/check-run.ts';
import { renderJson } from '#publish/json.ts';
import { renderSarif } from '#publish/sarif.ts';
import { renderText } from '#publish/terminal.ts';
import { finding, suppression } from '#test/policy/judged.ts';
import { emptyVerdict, LINKS } from './verdicts.ts';

const commit = 'abc1234'.padEnd(40, '0');
const secret: Partial<JudgedFinding> = {
  ruleId: 'huggingface-user-token',
  analyzer: 'secrets',
  message: 'A Hugging Face user access token.',
  excerpt: 'token = "hf_…(37)"',
  evidence: { entropy: 4.5, decoders: [], revoke: 'https://huggingface.co/settings/tokens' },
  blocking: true,
};
const past = finding({
  ...secret,
  state: 'history',
  fingerprint: 'a1'.repeat(16),
  location: { path: 'a.py', startLine: 7, commit },
  locations: [{ path: 'b.py', startLine: 1, startColumn: 1, endLine: 1, endColumn: 9, commit: 'f'.repeat(40) }],
});
const message = finding({
  ...secret,
  fingerprint: 'b2'.repeat(16),
  location: { path: '(the message of commit abc123400000)', startLine: 3, commit, text: 'message' },
});
const description = finding({
  ...secret,
  fingerprint: 'c3'.repeat(16),
  location: { path: '(the description)', startLine: 1, text: 'description' },
});
const verdict = emptyVerdict({
  conclusion: 'failure',
  blocking: [past, message, description, finding({ blocking: true })],
});
const meta = { version: '1.2.3', base: LINKS.mergeBase, head: LINKS.head };

describe('what is in no file of the head', () => {
  const { title, summary } = concludedOutput(verdict, LINKS);

  it('is told apart in the check run, with its place, what to do, and what to copy', () => {
    expect(title).toBe('4 new findings block this merge');
    const [, history = ''] = summary.split('### In earlier commits of this change');
    expect(history).toContain('they are in commits of this change');
    expect(history).toContain(`[\`a.py:7\`](${LINKS.repoUrl}/blob/${commit}/a.py#L7) · commit abc1234`);
    expect(history).toContain('The same secret also at');
    expect(history).toContain('https://huggingface.co/settings/tokens');
    expect(history).toContain(
      [
        'waivers:',
        `  - secret: "${past.fingerprint}" # huggingface-user-token, a.py in commit abc1234`,
        '    rotated: YYYY-MM-DD',
        '    reason: "who rotated it, and where"',
        `  - secret: "${message.fingerprint}" # huggingface-user-token, the message of commit abc1234`,
      ].join('\n'),
    );
    expect(summary).not.toContain(description.fingerprint);
    expect(summary).toContain(`[the message of commit abc1234](${LINKS.repoUrl}/commit/${commit})`);
    expect(summary).toMatch(
      /the description of the pull request[\s\S]*edit history and the notifications keep the old text/,
    );
  });

  it('alone has a title of its own', () => {
    const said = (one: Partial<Parameters<typeof emptyVerdict>[0]>) => concludedOutput(emptyVerdict(one), LINKS).title;
    expect(said({ blocking: [past] })).toBe('1 secret in earlier commits blocks this merge');
    expect(said({ advisory: [past, past] })).toBe('2 secrets in earlier commits, nothing that blocks');
  });

  it('marks no line of the diff', () => {
    expect(toAnnotations(verdict).map(({ path }) => path)).toEqual(['train.py']);
    const copied = finding({ ...secret, locations: [past.location, message.location] });
    const [annotation, ...others] = toAnnotations(emptyVerdict({ blocking: [copied] }));
    expect(others).toEqual([]);
    expect(annotation?.message).toContain(
      'The same secret also at: a.py:7 (commit abc1234), the message of commit abc1234',
    );
    expect(annotation?.message).toContain('It also stands in the message of commit abc1234.');
    expect(annotation?.message).toContain('rotate the secret, remove it from the files, then attest that');
  });

  it('is told on a terminal under a heading of its own', () => {
    const text = renderText(verdict, { color: false });
    expect(text).toContain(
      'In earlier commits of this change\n  ✖ high huggingface-user-token a.py:7:9 · commit abc1234\n',
    );
    expect(text).toContain('the description of the pull request\n  ✖ high huggingface-user-token line 1\n');
    expect(text).toContain('which its check shows.)\n  waivers:\n');
    expect(text).toContain(`    - secret: "${past.fingerprint}" # huggingface-user-token, a.py in commit abc1234\n`);
    expect(renderText(emptyVerdict({ advisory: [past] }), { color: false })).toContain(
      '1 secret in earlier commits does not block',
    );
  });

  it('has its commit, or its text, in JSON and in SARIF', () => {
    const report = JSON.parse(renderJson(verdict, meta));
    expect(report.counts.history).toBe(1);
    expect(report.findings[0]).toMatchObject({
      state: 'history',
      path: 'a.py',
      commit,
      locations: [{ commit: 'f'.repeat(40) }],
    });
    expect(report.findings[0].advice).toContain('is in commit abc1234 of this change');
    expect(report.findings[1]).toMatchObject({ state: 'new', text: 'message', commit });
    expect(report.findings[3].advice).toBeUndefined();

    const { results } = JSON.parse(renderSarif(verdict, meta)).runs[0];
    expect(results[0]).toMatchObject({ baselineState: 'new', properties: { commit } });
    expect(results[0].message.text).toContain('(commit abc1234) It is no longer in the files');
    expect(results[1].message.text).toContain('(the message of commit abc1234)');
  });
});

describe('what has been rotated', () => {
  const waiver = suppression({ marker: 'waivers', ruleIds: [], reason: 'rotated on 2026-01-02: by Ada', until: '' });
  const waived = emptyVerdict({ suppressed: [{ ...past, state: 'suppressed', blocking: false, suppression: waiver }] });

  it('is shown with its reason and its day, and blocks nothing', () => {
    const { title, summary } = concludedOutput(waived, LINKS);
    expect(title).toBe('No new findings');
    expect(summary.replaceAll('\\', '')).toContain('rotated on 2026-01-02: by Ada');
    expect(summary).not.toContain('waivers:');
    expect(renderText(waived, { color: false })).toContain(
      'huggingface-user-token at a.py:7:9 · commit abc1234: rotated on 2026-01-02: by Ada',
    );
    const [result] = JSON.parse(renderSarif(waived, meta)).runs[0].results;
    expect(result.suppressions).toMatchObject([{ kind: 'external', justification: 'rotated on 2026-01-02: by Ada' }]);
  });
});
