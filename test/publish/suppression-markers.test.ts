import { describe, expect, it } from 'vitest';
import { suppressionItem } from '#publish/words.ts';
import { suppressionText } from '#publish/words-terminal.ts';
import { suppression } from '#test/policy/judged.ts';

const LINKS = { repoUrl: 'https://github.com/o/r', head: 'a'.repeat(40), mergeBase: 'b'.repeat(40) };

describe("a suppression in another syntax than Assay's own", () => {
  it('is told by its marker', () => {
    const trusted = suppression({ marker: 'trusted-pickle', ruleIds: [] });
    expect(suppressionItem(trusted, LINKS)).toContain('☑️ `# trusted-pickle` at ');
    expect(suppressionText(trusted)).toMatch(/^# trusted-pickle at train\.py:13/);
  });

  it('is told with the rules that it names, and why it does not count', () => {
    const bare = suppression({
      marker: 'nosemgrep',
      ruleIds: ['pickle-load', 'x'],
      reason: '',
      until: '',
      problem: 'no-reason',
    });
    expect(suppressionItem(bare, LINKS)).toContain('❌ `# nosemgrep: pickle-load, x` at ');
    expect(suppressionItem(bare, LINKS)).toContain('**Does not count:** it gives no reason.');
    expect(suppressionText(bare)).toBe(
      '# nosemgrep: pickle-load, x at train.py:13 (does not count: it gives no reason)',
    );
  });
});
