import { expect, it } from 'vitest';
import { renderJson } from '#publish/json.ts';
import { finding } from '#test/policy/judged.ts';
import { emptyVerdict, LINKS, richVerdict } from '#test/publish/verdicts.ts';

const meta = { version: '1.2.3', base: LINKS.mergeBase, head: LINKS.head };

it('has a shape that programs can rely on', async () => {
  await expect(renderJson(richVerdict(), meta)).toMatchFileSnapshot('fixtures/report.json');
});

it('of a scan has no commits', () => {
  const report = JSON.parse(renderJson(emptyVerdict(), { version: '1.2.3', base: null, head: null }));
  expect(report).toEqual({
    version: 1,
    tool: { name: 'assay', version: '1.2.3' },
    conclusion: 'success',
    incomplete: false,
    counts: {
      blocking: 0,
      advisory: 0,
      known: 0,
      fixed: 0,
      suppressed: 0,
      history: 0,
      analysed_files: 3,
      changed_files: 3,
      skipped: 0,
    },
    findings: [],
    suppressions: [],
    skipped: [],
    notes: [],
  });
});

it('keeps every character, and prints none that cannot be seen', () => {
  const path = 'a\u202E\u009B\n\ud800é.py';
  const text = renderJson(
    emptyVerdict({ advisory: [finding({ location: { path }, fix: 'torch.load(f, weights_only=True)' })] }),
    meta,
  );
  expect(JSON.parse(text).findings[0]).toMatchObject({ path, fix: 'torch.load(f, weights_only=True)' });
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
});
