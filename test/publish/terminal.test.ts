import { describe, expect, it } from 'vitest';
import { renderText } from '#publish/terminal.ts';
import { renderRule, renderRuleList, ruleProblemLine } from '#publish/words-rules.ts';
import { finding, rule, skipped, suppression } from '#test/policy/judged.ts';
import { emptyVerdict, richVerdict } from '#test/publish/verdicts.ts';

describe('a verdict on a terminal', () => {
  it('goes file by file and ends with the totals', async () => {
    await expect(renderText(richVerdict(), { color: false })).toMatchFileSnapshot('fixtures/terminal.txt');
  });

  it('is the same text in colour', () => {
    const colored = renderText(richVerdict(), { color: true });
    expect(colored).toContain('\u001B[31m✖\u001B[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI colours are control sequences.
    expect(colored.replace(/\u001B\[\d+m/g, '')).toBe(renderText(richVerdict(), { color: false }));
  });

  it('is short when there is nothing to say', () => {
    expect(renderText(emptyVerdict(), { color: false })).toBe('✔ no new findings\n  3 of 3 changed files analysed\n');
    const scan = emptyVerdict({ advisory: [finding()] });
    expect(renderText(scan, { color: false, compared: false })).toMatch(
      /\n✔ 1 finding does not block\n {2}3 of 3 files analysed\n$/,
    );
  });

  it('says when it is incomplete', () => {
    const verdict = emptyVerdict({
      conclusion: 'neutral',
      incomplete: true,
      coverage: { analysed: 1, changed: 2, skipped: [skipped('big.py', 'too-large', '9 MB')] },
    });
    expect(renderText(verdict, { color: false })).toBe(
      'Not analysed, or not in full\n  Too large: 1 file\n    big.py (9 MB)\n\n▲ no new findings\n  1 of 2 changed files analysed; the review is incomplete\n',
    );
  });

  it('wraps at the width of the terminal, within reason', () => {
    for (const width of [1, 60, 100, 10_000]) {
      const text = renderText(
        emptyVerdict({ advisory: [finding({ message: 'word '.repeat(100), excerpt: 'x'.repeat(500) })] }),
        { color: false, width },
      );
      const longest = Math.max(
        ...text
          .split('\n')
          .slice(2)
          .map((line) => line.length),
      );
      expect(longest).toBeLessThanOrEqual(Math.max(40, Math.min(width, 120)));
    }
  });

  it('shows the first lines of a long excerpt', () => {
    const text = renderText(emptyVerdict({ advisory: [finding({ excerpt: 'a(\n\tb,\n\n  c,\n  d)' })] }), {
      color: false,
    });
    expect(text).toContain('    │ a(\n    │     b,\n    │   c,\n    │ …\n');
  });

  it('lets nothing from the pull request reach the terminal as a command', () => {
    const evil = '\u001B]0;owned\u0007\u001B[2J\u009B31m\r\u202Ex\b';
    const place = { path: evil, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
    const all = finding({ ruleId: evil, message: evil, excerpt: `${evil}\n${evil}`, location: { path: evil } });
    const text = renderText(
      emptyVerdict({
        blocking: [all],
        fixed: [all],
        addedSuppressions: [suppression({ ruleIds: [evil], reason: evil, until: evil, location: place })],
        coverage: { analysed: 0, changed: 1, skipped: [skipped(evil, 'crashed', evil)] },
        notes: [evil],
      }),
      { color: false },
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(text).toContain('\\u{1B}[2J\\u{9B}31m \\u{202E}x\\u{8}:14:9');
  });
});

describe('the first sentence', () => {
  it.each([
    ['`torch.load` runs pickle. Pass `weights_only=True`.', '`torch.load` runs pickle.'],
    ['Uses numpy 1.16.3 or older, e.g. pinned. Next.', 'Uses numpy 1.16.3 or older, e.g. pinned.'],
    ['No full stop at all', 'No full stop at all'],
    ['Ends here!  `Then` more', 'Ends here!'],
  ])('of %j', (message, sentence) => {
    const text = renderText(emptyVerdict({ advisory: [finding({ message })] }), { color: false });
    expect(text.split('\n')[2]).toBe(`    ${sentence}`);
  });
});

describe('rules on a terminal', () => {
  it('as a list', () => {
    const rules = [rule('eval-dynamic'), rule('torch-load-untrusted', { severity: 'critical' })];
    expect(renderRuleList(rules)).toMatchInlineSnapshot(`
      "High      eval-dynamic          What \`eval-dynamic\` does is dangerous.
      Critical  torch-load-untrusted  What \`torch-load-untrusted\` does is dangerous.

      2 rules; assay rules ID says all about one.
      "
    `);
    expect(renderRuleList([])).toBe('\n0 rules; assay rules ID says all about one.\n');
  });

  it('one by one', () => {
    const message = `First.\nStill first.\n\nSecond \u001B[2J. ${'word '.repeat(30)}`;
    const one = rule('eval-dynamic', { references: ['https://a.example', 'https://b.example'], message });
    expect(renderRule(one)).toMatchInlineSnapshot(`
      "eval-dynamic

      First. Still first.

      Second \\u{1B}[2J. word word word word word word word word word word word word word word word word
      word word word word word word word word word word word word word word

      severity    High
      confidence  high
      weakness    CWE-502: Deserialization of Untrusted Data
      see         https://a.example
      see         https://b.example
      rule file   rules/python/eval-dynamic.yaml
      suppress    # assay: allow[eval-dynamic] reason="why this is safe" until=YYYY-MM-DD
      "
    `);
  });

  it('with what is wrong in their files', () => {
    const place = { path: 'rules/x.yaml', line: 3, column: 5 };
    const line = ruleProblemLine({ ...place, ruleId: 'x\u001B', kind: 'invalid', message: 'no `pattern`' });
    expect(line).toBe('rules/x.yaml:3:5: invalid: rule x\\u{1B}: no `pattern`');
    expect(ruleProblemLine({ ...place, ruleId: null, kind: 'unsupported', message: 'mode: taint' })).toBe(
      'rules/x.yaml:3:5: unsupported: mode: taint',
    );
  });
});
