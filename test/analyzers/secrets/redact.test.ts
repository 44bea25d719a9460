/** What is shown in a secret's place. */
import { expect, test } from 'vitest';
import { excerptOf } from '#analyzers/secrets/excerpt.ts';
import { redact } from '#analyzers/secrets/redact.ts';

test.each([
  ['hf_0123456789', 'hf_', 'hf_…(13)'],
  ['0123456789', '', '…(10)'],
  ['0123456789', 'hf_', '…(10)'],
  ['hf_ab', 'hf_', '…(5)'],
  ['', '', '…(0)'],
])('redact(%j, %j) is %s', (secret, prefix, shown) => {
  expect(redact(secret, prefix)).toBe(shown);
});

/** The secret is what stands between « and »; other secrets between ‹ and ›. */
function show(marked: string): string {
  const text = marked.replace(/[«»‹›]/g, '');
  const ranges: { start: number; end: number; own: boolean }[] = [];
  let offset = 0;
  for (const piece of marked.split(/([«»‹›])/)) {
    if (piece === '«' || piece === '‹') ranges.push({ start: offset, end: offset, own: piece === '«' });
    else if (piece === '»' || piece === '›') ranges.at(-1)!.end = offset;
    else offset += piece.length;
  }
  return excerptOf(text, ranges.find((range) => range.own)!, '…', ranges);
}

test.each([
  ['HF_TOKEN = "«abcd»"', 'HF_TOKEN = "…"'],
  ['os.environ["HF_TOKEN"] = "«abcd»"', 'os.environ["HF_TOKEN"] = "…"'],
  ['  "token": "«abcd»",', '"token": "…"'],
  ['wandb.login(key="«abcd»")', 'wandb.login(key="…"'],
  ['headers = {"Authorization": "Bearer «abcd»"}', '"Authorization": "Bearer …"'],
  ['export KEY=«abcd»', 'KEY=…'],
  ['«abcd»', '…'],
  ['"source": ["key = \\"«abcd»\\""]', '"key = \\"…'],
  ['first line\n«abcd»', '…'],
  // What stands further left may be a secret that no rule knows.
  ['login(user="u", password="hunter2", token="«abcd»")', 'token="…"'],
  ['connect("hunter2hunter2", "«abcd»")', '"…"'],
  ['https://user:«abcd»@host', 'user:…'],
  // Nor does another secret show, on either side.
  ['a = ‹wxyz›«abcd»', '…'],
  ['a = "‹wxyz›", b = "«abcd»"', 'b = "…"'],
  // The same secret once more, where no rule saw it.
  ['abcd.abcd = "«abcd»"', '….… = "…"'],
  ['x\u0000y\u0007 = "«abcd»"', '= "…"'],
  ['key\t=\t"«abcd»"', 'key = "…"'],
])('%j is shown as %j', (marked, shown) => {
  expect(show(marked)).toBe(shown);
});

test('an excerpt has no half of a surrogate pair and no line break', () => {
  expect(show(`${'😀'.repeat(39)}x\ud800_ = "«ab\ncd»"`).isWellFormed()).toBe(true);
  expect(show('k = «ab\ncd»')).not.toContain('\n');
});

test('takes no time on a long line without an end', () => {
  const started = performance.now();
  const text = `${'a["'.repeat(300_000)};«abcd»`;
  show(text);
  expect(performance.now() - started).toBeLessThan(2_000);
});
